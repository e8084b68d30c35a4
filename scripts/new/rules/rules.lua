-- 평가 규칙. 숫자를 고치고, 저장하고, 다시 실행합니다: perfeval run rules/rules.lua
return ruleset {
  title  = "우리 기관 성과평가",
  data   = "../data/sample.csv",  -- 이 파일에서 본 자료의 위치
  report = "status",              -- 보고서의 이름

  -- 해마다 바뀌는 숫자는 여기에 모읍니다. 아래에서 param.이름 으로 씁니다.
  params = {
    sluggish_at_most = { 80, unit = "%", min = 0, max = 200, source = "평가지침의 부진판정 기준" },
  },

  -- 지표의 달성률. 위에서부터 처음 맞는 줄 하나만 적용됩니다.
  rate = {
    { when = { polarity = "lower" }, (2 - field.actual / field.target) * 100 },  -- 낮을수록 좋은 지표
    { field.actual / field.target * 100 },                                       -- 나머지
  },

  -- 인쇄할 때의 반올림. 판정은 반올림하기 전의 값으로 합니다.
  rounding = { digits = 1, mode = "half_up" },

  -- 사업의 달성률은 지표 달성률의 평균입니다.
  project = { rate = mean, missing = "leave_out" },

  -- 판정. 위에서부터 처음 맞는 줄이 판정입니다.
  verdict = {
    { "부진",     key = "sluggish", at_most = param.sluggish_at_most },
    { "정상추진", key = "normal" },
  },

  -- 예외가 있으면 여기에 까닭과 함께 적습니다.
  special = {
    -- { when = { project = "사업 이름" }, because = "예외로 하는 까닭", exclude = true },
  },
}
