-- 합산: 실적의 합 / 목표의 합 x 100. 사업의 지표는 단위가 같아야 합니다. 평균(mean)과는 다른 값입니다.
return ruleset {
  title    = "합산 달성률",
  data     = "data/pooled.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = pooled },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
