return ruleset {
  title = "따옴표", data = "../data/small.csv",
  params = { cut = { "80", max = "100" } },
  rate = field.actual / field.target * 100,
  rounding = { digits = "1", mode = "half_up" },
  project = { rate = "mean" },
  verdict = { { "부진", key = "부진", at_most = "80" }, { "정상", key = "normal" } },
}
