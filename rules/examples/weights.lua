-- 가중평균: 사업에 속한 지표의 가중치는 합이 100이어야 합니다. 아니면 오류로 알려 줍니다.
return ruleset {
  title    = "가중치를 둔 평가",
  data     = "data/weights.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = weighted_mean("weight"), weights = 100 },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
