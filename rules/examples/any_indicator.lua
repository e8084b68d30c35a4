-- 지표 하나라도: 사업의 달성률이 80 이하이거나, 달성률이 50 미만인 지표가 하나라도 있으면 부진입니다.
return ruleset {
  title    = "지표까지 보는 평가",
  data     = "data/any_indicator.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = {
    { "부진",     key = "sluggish", at_most = 80, any_indicator = { below = 50 } },
    { "정상추진", key = "normal" },
  },
}
