return ruleset {
  title = "compare", data = "../data/good.csv",
  rate = field.target > 0,
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", below = 80 }, { "정상", key = "normal" } },
}
