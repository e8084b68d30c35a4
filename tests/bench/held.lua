-- 시간 재기용(tests/bench/held.sh): rules/examples/bench.lua 와 같은 규칙에, 기준값과 산식의 수를 파라미터로.
local actual, target = field.actual, field.target

return ruleset {
  title    = "방향이 있는 자료",
  data     = "bench.csv",
  params   = {
    cut    = { 80, unit = "%", min = 0, max = 200, source = "시간 재기용" },
    mirror = { 2, unit = "배", min = 0, max = 10, source = "시간 재기용" },
  },
  rate     = {
    { when = { direction = "down" }, (param.mirror - actual / target) * 100 },
    { actual / target * 100 },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = param.cut }, { "정상추진", key = "normal" } },
}
