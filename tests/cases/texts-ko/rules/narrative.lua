return ruleset {
  title = "narrative", data = "../data/good.csv", narrative = "../data/narrative.json",
  rate = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", below = 80 }, { "정상", key = "normal" } },
}
