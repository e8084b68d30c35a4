-- 하향(비율): 목표/실적 x 100. 실적 0은 가장 좋은 경우로 보아 100점으로 합니다.
local methods = require("methods")

return ruleset {
  title    = "하향 지표 (비율)",
  data     = "data/lower.csv",
  rate     = methods.lower_ratio(100),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
