return ruleset {
  title = "missing", data = "../data/없음.csv",
  rate = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", below = 80 }, { "정상", key = "normal" } },
}
