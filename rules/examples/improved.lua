-- 신호등: 목표를 이루면 녹색, 90 % 이상이거나 70 % 이상이면서 작년보다 나아지면 황색, 그 밖은 적색.
return ruleset {
  title     = "작년보다 나아졌는가",
  data      = "data/improved.csv",
  rate      = field.actual / field.target * 100,
  last_year = { rate = field.previous_actual / field.previous_target * 100 },
  rounding  = { digits = 1, mode = "half_up" },
  project   = { rate = mean, missing = "leave_out" },
  verdict   = {
    { "녹", key = "green", at_least = 100 },
    { "황", key = "amber", at_least = 90, improved = { at_least = 70 } },
    { "적", key = "sluggish" },
  },
}
