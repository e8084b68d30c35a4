-- 여부: 목표를 이루면 100, 아니면 0.
local methods = require("methods")

return ruleset {
  title    = "여부 지표",
  data     = "data/yes_no.csv",
  rate     = methods.yes_no,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
