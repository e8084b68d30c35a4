return ruleset {
  title = "global", data = "../data/good.csv",
  rate = functoin(i),
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", below = 80 }, { "정상", key = "normal" } },
}
