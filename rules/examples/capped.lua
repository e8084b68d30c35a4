-- 상한을 둔 달성률: 120을 넘으면 120으로 봅니다. 넘친 지표 하나가 사업을 살리지 못하게 합니다.
local methods = require("methods")

return ruleset {
  title    = "상한을 둔 달성률",
  data     = "data/counts.csv",
  rate     = methods.capped(methods.higher, 120),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
