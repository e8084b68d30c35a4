-- 빈 값: 자료가 없는 지표는 빼고 평균하고, 사업이 하나라도 없으면 부서도 없고, 국에서 없는 부서는 0으로 칩니다.
return ruleset {
  title    = "빈 값을 다루는 방법",
  data     = "data/missing.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  department = { rate = mean, missing = "missing" },
  bureau   = { rate = mean, missing = "zero" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
