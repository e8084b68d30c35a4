-- 유지: 목표에서 벗어난 만큼 뺍니다. 목표의 5 %까지는 벗어나도 100입니다.
local methods = require("methods")

return ruleset {
  title    = "유지 지표",
  data     = "data/on_target.csv",
  rate     = methods.on_target(5),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
