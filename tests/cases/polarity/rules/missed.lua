-- 자료는 하향이라고 적고 규칙은 lower 를 찾음: 130건이 130%로 계산됨. 평균 (130 + 90) / 2 = 110
return ruleset {
  title    = "지표방향",
  data     = "../data/a.csv",
  rate     = {
    { when = { polarity = "lower" }, (2 - field.actual / field.target) * 100 },
    { field.actual / field.target * 100 },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
