-- 하향(대칭): (2 - 실적/목표) x 100. 목표의 2배를 넘어도 0 아래로는 내리지 않습니다.
local methods = require("methods")

return ruleset {
  title    = "하향 지표 (대칭)",
  data     = "data/lower.csv",
  rate     = methods.floored(methods.lower_mirror, 0),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
