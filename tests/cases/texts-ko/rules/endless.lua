return ruleset {
  title = "endless", data = "../data/good.csv",
  rate = (function() while true do end end)(),
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", below = 80 }, { "정상", key = "normal" } },
}
