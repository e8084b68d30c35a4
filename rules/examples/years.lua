-- 작년과 올해: 보고서 years가 국, 부서, 사업의 달성률을 나란히 적고, 두 해를 잇는 그림을 그린다.
return ruleset {
  title      = "작년과 올해의 달성률",
  data       = "data/years.csv",
  report     = "years",
  rate       = field.actual / field.target * 100,
  last_year  = { rate = field.previous_actual / field.previous_target * 100 },
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = mean, missing = "leave_out" },
  department = { rate = mean, missing = "leave_out" },
  bureau     = { rate = mean, missing = "leave_out" },
  verdict    = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
