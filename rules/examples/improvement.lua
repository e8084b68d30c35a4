-- 개선도: (실적 - 기준연도실적)/(목표 - 기준연도실적) x 100. 줄여야 하는 지표에도 그대로 씁니다.
local methods = require("methods")

return ruleset {
  title    = "개선도 지표",
  data     = "data/improvement.csv",
  rate     = methods.improvement,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
