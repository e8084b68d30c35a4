return ruleset {
  title = "경계", data = "../data/exact.csv",
  rate = field.actual / field.target * 100,
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = {
    { "부진", key = "sluggish", at_most = 77.6 },
    { "주의", key = "caution", below = 80 },
    { "정상", key = "normal" },
  },
}
