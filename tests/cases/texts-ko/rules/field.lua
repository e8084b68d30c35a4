return ruleset {
  title = "field", data = "../data/good.csv",
  rate = function(i) return i.actual / i.taget * 100 end,
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", below = 80 }, { "정상", key = "normal" } },
}
