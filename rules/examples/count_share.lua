-- 개수 비율: 사업은 목표를 이룬 지표의 비율, 부서는 '정상' 판정을 받은 사업의 비율, 국은 사업에서 바로 구합니다.
return ruleset {
  title      = "목표를 이룬 비율로 하는 평가",
  data       = "data/count_share.csv",
  rate       = field.actual / field.target * 100,
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = count_share { at_least = 100 }, missing = "zero" },
  department = { rate = count_share { verdict = "normal" }, missing = "missing" },
  bureau     = { rate = count_share { verdict = "normal" }, from = "projects", missing = "missing" },
  verdict    = { { "부진", key = "sluggish", at_most = 60 }, { "정상추진", key = "normal" } },
}
