-- 점수표: 달성률의 구간마다 점수. 100 이상 5점, 90 이상 4점, 80 이상 3점, 그 아래 0점.
local methods = require("methods")
return ruleset {
  title    = "점수표",
  data     = "data/point_table.csv",
  rate     = methods.point_table(methods.higher, { { at_least = 100, points = 5 }, { at_least = 90, points = 4 },
                                                   { at_least = 80, points = 3 }, { points = 0 } }),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", below = 3 }, { "정상추진", key = "normal" } },
}
