-- 절사평균: 가장 낮은 20 %와 가장 높은 20 %의 지표를 빼고 평균합니다.
return ruleset {
  title    = "절사평균",
  data     = "data/trimmed.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = trimmed(0.2) },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
