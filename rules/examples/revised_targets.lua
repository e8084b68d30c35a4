-- 10월 말까지 변경한 목표로 평가합니다. 그 뒤에 변경한 목표는 쓰지 않고, 당초 목표는 보고서에 함께 남습니다.
return ruleset {
  title      = "변경한 목표",
  data       = "data/revised_targets.csv",
  targets    = "revised",
  revised_by = "2019-10-31",
  rate       = field.actual / field.target * 100,
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = mean, missing = "leave_out" },
  verdict    = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
