-- The benchmark of functions: none. What the other two are timed against.
local methods = require("methods")

return ruleset {
  title    = "모든 지표를 산식으로",
  data     = "bench.csv", -- --data names another
  rate     = {
    { when = { direction = "down", unit = "건" }, methods.lower_mirror },
    { when = { direction = "down" }, methods.lower_mirror },
    { methods.higher },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
