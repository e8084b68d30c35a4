-- 연말의 행만 평가합니다. 연말 실적이 빈 지표는 상반기 실적으로 봅니다. 다른 기간의 행은 따로 둡니다.
return ruleset {
  title    = "연말 평가",
  data     = "data/periods.csv",
  period   = "연말",
  rate     = if_missing(field.actual, at_period("상반기", field.actual)) / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
