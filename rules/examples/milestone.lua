-- 단계형: 실적은 이른 단계의 수. 설계 20, 착공 30, 준공 50. 합이 100이 아니면 오류입니다.
local methods = require("methods")

return ruleset {
  title    = "단계형 지표",
  data     = "data/milestone.csv",
  rate     = methods.milestone { 20, 30, 50 },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
