-- 순위: 상위 20 %는 S, 다음 30 %는 A, 다음 40 %는 B, 하위 10 %는 C. 경계에 걸린 같은 달성률은 모두 좋은 쪽입니다.
return ruleset {
  title    = "순위 평가",
  data     = "data/shares.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = {
    ties = "better",
    { "S", key = "s", share = 20 },
    { "A", key = "a", share = 30 },
    { "B", key = "b", share = 40 },
    { "C", key = "c", share = 10 },
  },
}
