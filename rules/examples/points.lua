-- 가점과 감점, 정해진 판정: 사업의 달성률을 구한 뒤에 더하거나 빼고, 위원회가 정한 판정은 그대로 씁니다.
return ruleset {
  title    = "가점과 감점이 있는 평가",
  data     = "data/bonus.csv",
  params   = {
    award = { 3, unit = "점", min = 0, max = 5, source = "평가지침 제7조" },
  },
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = {
    { "부진",     key = "sluggish", at_most = 80 },
    { "정상추진", key = "normal" },
  },
  special  = {
    { when = { project = "축제" }, because = "문화체육부 장관상 수상", points = param.award },
    { when = { project = { "축제", "공연" } }, because = "자료 제출 지연", points = -1.5 },
    { when = { project = "전시" }, because = "휴관 공사, 평가위원회 의결", verdict = "normal" },
  },
}
