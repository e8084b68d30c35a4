-- 상반기 40 %, 하반기 60 %. first_half 와 second_half 는 자료에만 있는 열이고, 목표는 반기마다의 목표입니다.
return ruleset {
  title    = "반기별 평가",
  data     = "data/halves.csv",
  rate     = (0.4 * field.first_half + 0.6 * field.second_half) / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
