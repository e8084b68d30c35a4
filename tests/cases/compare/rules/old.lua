return ruleset {
  title = "이전 규칙 <&>",
  data = "../data/old.csv",
  params = { cut = { 80, unit = "%" } },
  rate = {
    { name = "건수", when = { unit = "건" }, function(i) return i.actual / i.target * 100 end },
    { field.actual / field.target * 100 },
  },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = {
    { "부진", key = "sluggish", at_most = param.cut },
    { "정상", key = "normal" },
  },
}
