-- 상반기 40 %, 연말 60 %. 지표마다 기간별로 한 행이고, 한 기간이라도 달성률이 없으면 지표의 달성률도 없습니다.
return ruleset {
  title    = "기간의 비중",
  data     = "data/periods.csv",
  period   = { missing = "missing", { "상반기", weight = 40 }, { "연말", weight = 60 } },
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
