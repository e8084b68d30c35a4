return ruleset {
  title = "나", data = "../data.csv",
  params = { cut = { 80, unit = "%" } },
  rate = {
    { name = "역지표", when = { polarity = "lower" }, (2 - field.actual / field.target) * 100 },
    { when = { unit = "함수" }, function(i) if i.actual < 0 then error("음수") end return i.actual end },
    { field.actual / field.target * 100 },
  },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  indicator = { verdict = { { "달성", key = "reached", at_least = 100 }, { "미달", key = "missed" } } },
  verdict = {
    { "부진", key = "sluggish", at_most = param.cut },
    { "정상추진", key = "normal" },
  },
  special = {
    { when = { indicator = "제외" }, because = "평가 제외", exclude = true },
    { when = { indicator = "가점" }, because = "우수 사례", points = 2.5 },
  },
}
