return ruleset {
  title    = "단계별 \"표\"",
  data     = "../data/levels.csv",
  rate     = { { field.actual / field.target * 100 } },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = {
    { "부진",     key = "sluggish", below = 60 },
    { "보통",     key = "fair",     at_most = 80 },
    { "+정상추진", key = "normal" },
  },
}
