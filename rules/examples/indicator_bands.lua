-- 지표의 판정: 사업의 판정과 따로 지표마다 달성과 미달을 가립니다.
return ruleset {
  title     = "지표의 판정",
  data      = "data/indicator_bands.csv",
  rate      = field.actual / field.target * 100,
  rounding  = { digits = 1, mode = "half_up" },
  indicator = { verdict = { { "달성", key = "met", at_least = 100 }, { "미달", key = "unmet" } } },
  project   = { rate = mean, missing = "leave_out" },
  verdict   = {
    { "부진",     key = "sluggish", at_most = 80 },
    { "정상추진", key = "normal" },
  },
}
