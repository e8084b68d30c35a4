-- 두 낱말을 모두 찾음: (2 - 130 / 100) x 100 = 70, 평균 (70 + 90) / 2 = 80
return ruleset {
  title    = "지표방향",
  data     = "../data/a.csv",
  rate     = {
    { when = { polarity = { "lower", "하향" } }, (2 - field.actual / field.target) * 100 },
    { field.actual / field.target * 100 },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
