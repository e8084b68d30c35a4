-- 상향: 실적/목표 x 100. 목표가 0이면 달성률이 없습니다(zero_target).
local methods = require("methods")

return ruleset {
  title    = "상향 지표",
  data     = "data/counts.csv",
  rate     = methods.higher,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
