return ruleset {
  title    = "t",
  data     = "../data/2052.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = {
    { "부진",     key = "sluggish", at_most = 80 },
    { "정상추진", key = "normal" },
  },
}
