-- rules/2019.lua : 2019년 성과관리 주요사업 평가 규칙
-- 숫자를 고치고 저장한 뒤 `perfeval run rules/2019.lua` 를 다시 실행하세요. 쓰는 법: rules/README.md
local actual, target = field.actual, field.target -- 실적, 목표

return ruleset {
  title     = "2019년 성과관리 주요사업 평가 현황",
  data      = "../data/2019/indicators.csv",      -- 자료 (경로는 이 파일의 폴더 기준)
  narrative = "../data/2019/achievements.json",   -- Ⅱ. 국별 추진 성과 (글)
  published = "../data/2019/published.json",      -- 인쇄된 Ⅰ 의 수치 (검산용. 계산에는 쓰지 않음)
  report    = "status",                           -- scripts/reports/status.lua

  -- 해마다 바뀌는 숫자. 한 번만 바꿔 보려면 --set sluggish_at_most=85
  params = {
    sluggish_at_most = { 80, unit = "%", min = 0, max = 200,
                         source = "2019년 성과관리 평가지침, 부진판정 기준" },
  },

  -- 지표별 달성률(%). 위에서부터 처음 맞는 줄이 적용됨. name 은 다음 해의 규칙 파일이 그 줄을 가리키는 이름
  rate = {
    { name = "역지표", when = { polarity = "lower" }, (2 - actual / target) * 100 }, -- 낮을수록 좋은 지표
    { name = "보통", actual / target * 100 },                                        -- 그 밖의 모든 지표
  },

  -- 달성률을 인쇄하는 자릿수와 반올림(사사오입). 판정은 반올림하기 전의 정확한 값으로 함
  rounding = { digits = 0, mode = "half_up" },

  -- 주요사업의 달성률 = 그 사업에 속한 지표 달성률의 평균
  project = { rate = mean },

  -- 판정. 위에서부터 처음 맞는 줄이 적용됨. at_most 는 이하(그 수를 포함), below 는 미만
  verdict = {
    { "부진",     key = "sluggish", at_most = param.sluggish_at_most },
    { "정상추진", key = "normal" },
  },

  -- 예외. 반드시 사유(because)를 적으며, 사유는 보고서에 인쇄됨. 2019년에는 없음
  special = {},
}
