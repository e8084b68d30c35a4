-- 범위: 하한과 상한 사이면 100, 벗어나면 벗어난 만큼 뺍니다. 한쪽 경계는 비워 둘 수 있습니다.
local methods = require("methods")

return ruleset {
  title    = "범위 지표",
  data     = "data/range.csv",
  rate     = methods.range,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
