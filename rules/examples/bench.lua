-- 방향(direction)이 down 인 지표는 대칭, 나머지는 상향. 사업은 평균, 80 이하가 부진.
local methods = require("methods")

return ruleset {
  title    = "방향이 있는 자료",
  data     = "data/bench.csv",
  rate     = {
    { when = { direction = "down" }, methods.lower_mirror },
    { methods.higher },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
