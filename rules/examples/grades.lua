-- 등급: S 95 이상, A 90 이상, B 85 이상, C 85 미만. 위에서부터 처음 맞는 줄이 등급입니다.
return ruleset {
  title    = "등급 평가",
  data     = "data/grades.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = {
    { "S", key = "s", at_least = 95 },
    { "A", key = "a", at_least = 90 },
    { "B", key = "b", at_least = 85 },
    { "C", key = "c" },
  },
}
