-- 목표부여: 20 + 80 x (실적 - 하한)/(상한 - 하한), 20점에서 100점 사이. 하한이 20점, 상한이 100점.
local methods = require("methods")

return ruleset {
  title    = "목표부여 지표",
  data     = "data/points.csv",
  rate     = methods.points_between,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
