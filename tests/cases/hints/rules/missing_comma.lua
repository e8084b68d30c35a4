return ruleset {
  title = "쉼표 없음" -- 여기

  -- 다음 항목
  data = "../data/small.csv",
}
