-- rules/2020.lua : 덧붙이는 규칙 파일의 예시 (실제 2020년 지침이 아님)
-- 2019년 규칙을 이어받아(base) 적은 것만 바꿉니다. 쓰는 법: rules/README.md 의 "덧붙이는 규칙 파일"
-- 이어받은 것까지 모두 보려면 `perfeval rules rules/2020.lua --effective`
local actual, target = field.actual, field.target -- 실적, 목표

return ruleset {
  base  = "2019.lua",
  title = "2020년 성과관리 주요사업 평가 현황 (예시)", -- 자료는 2019년 것을 그대로 씀

  params = {
    sluggish_at_most = { 75, source = "예시: 2020년 부진판정 기준" }, -- 단위와 범위는 2019년 규칙의 것
    rate_at_most = { 120, unit = "%", min = 100, max = 200, source = "예시: 달성률의 상한", new = true },
  },

  -- 2019년 산식보다 먼저 볼 줄: 120%를 넘는 달성률은 120%로 봄 (역지표는 제외)
  rate = {
    first = {
      { name = "달성률 상한",
        when = all { no { polarity = "lower" }, when(actual / target * 100):above(param.rate_at_most) },
        param.rate_at_most },
    },
  },

  -- 예외의 예시
  special = {
    { name = "마릿수 지표", when = { unit = "두" }, because = "예시: 마릿수로 재는 지표는 평가하지 않음",
      exclude = true },
  },
}
