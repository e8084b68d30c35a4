-- 신호등: 목표를 이루면 녹색, 허용 폭 10 %p 안이면 황색, 그 아래는 적색.
-- 작년보다 나아지면 황색: improved.lua
return ruleset {
  title    = "신호등 평가",
  data     = "data/traffic_light.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = min }, -- 가장 낮은 지표가 사업의 색
  verdict  = {
    { "녹", key = "green", at_least = 100 },
    { "황", key = "amber", at_least = 90 },
    { "적", key = "sluggish" },
  },
}
