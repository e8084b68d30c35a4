return ruleset {
  title = "두 매개변수 <표>",
  data = "../data/two.csv",
  params = { cut = { 80, unit = "%", min = 0, max = 100 }, high = 95, cap = 120 },
  rate = min(field.actual / field.target * 100, param.cap),
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = {
    { "부진", key = "sluggish", at_most = param.cut },
    { "보통", key = "fair", at_most = param.high },
    { "우수", key = "good" },
  },
  special = {
    { when = { project = "라 사업" }, because = "정함", verdict = "good" },
  },
}
