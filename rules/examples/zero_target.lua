-- 목표 0: 민원 0건처럼 목표가 0인 하향 지표는 이루었는지만 봅니다(100 또는 0).
local methods = require("methods")

return ruleset {
  title    = "목표가 0인 지표",
  data     = "data/zero_target.csv",
  rate     = methods.zero_target.criterion(methods.lower_mirror, "lower"),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
