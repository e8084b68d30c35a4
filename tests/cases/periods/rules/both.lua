-- 연말을 평가하고, 10월 말까지 변경한 목표를 씁니다.
return ruleset {
  title      = "2025년 평가",
  data       = "../data/both.csv",
  period     = "연말",
  targets    = "revised",
  revised_by = "2025-10-31",
  rate       = field.actual / field.target * 100,
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = mean, missing = "leave_out" },
  verdict    = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
