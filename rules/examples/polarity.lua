-- 지표방향이 섞인 자료: 방향마다 다른 방법. 위에서부터 처음 맞는 줄이 적용됩니다.
local methods = require("methods")

return ruleset {
  title    = "지표방향별 평가",
  data     = "data/polarity.csv",
  rate     = {
    { when = { polarity = "하향" }, methods.lower_mirror },
    { when = { polarity = "유지" }, methods.on_target(5) },
    { when = { polarity = "범위" }, methods.range },
    { when = { polarity = { "상향", "" } }, methods.higher }, -- 모르는 방향은 달성률 없음(no_case)
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
