return ruleset {
  title    = "자료의 잘못",
  data     = "../data/names.csv",
  period   = "년말",
  rate     = at_period("상반가", field.actual),
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
