-- 정성: 등급을 점수로. 적지 않은 등급과 빈 등급은 달성률이 없습니다(no_case).
local methods = require("methods")

return ruleset {
  title    = "정성 지표",
  data     = "data/qualitative.csv",
  rate     = methods.qualitative { column = "grade", { "우수", 100 }, { "보통", 80 }, { "미흡", 60 } },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
