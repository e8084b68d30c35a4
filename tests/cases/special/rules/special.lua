return ruleset {
  title = "예외가 있는 평가", data = "../data/special.csv",
  params = { cut = { 80, unit = "%" } },
  rate = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_even" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", below = param.cut }, { "정상", key = "normal" } },
  special = {
    { when = { project = "나무 심기" }, because = "산불로 9월 이후 작업 중지",
      rate = function(i) return i["실적"] >= 40 and 100 or 0 end },
    { when = { indicator = "폐지 *" }, because = "지표 폐지", exclude = true },
    { when = { project = "없는 사업" }, because = "쓰이지 않는 예외", rate = 100 },
  },
}
