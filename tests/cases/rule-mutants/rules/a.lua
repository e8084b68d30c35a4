return ruleset {
  title = "가", data = "../data.csv",
  params = { cut = { 80, unit = "%", min = 60, max = 90 } },
  rate = {
    { name = "역지표", when = { polarity = "lower" }, (2 - field.actual / field.target) * 100 },
    { when = { unit = "점" }, field.actual }, -- 점수는 그대로
    { field.actual / field.target * 100 },
  },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = {
    { "부진", key = "sluggish", at_most = param.cut },
    { "주의", key = "watch", below = 90, any_indicator = { below = 50 } },
    { "정상추진", key = "normal" },
  },
  special = {
    { when = { indicator = "제외*" }, because = "평가 제외", exclude = true },
    { when = { indicator = "가점" }, because = "우수 사례", points = 2.5 },
  },
}
