-- 부서와 국의 판정: 부서는 95 이상이면 우수부서, 국은 순위로 상위 50 %.
return ruleset {
  title      = "부서와 국까지 보는 평가",
  data       = "data/levels.csv",
  rate       = field.actual / field.target * 100,
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = mean, missing = "leave_out" },
  department = {
    rate    = mean, missing = "leave_out",
    verdict = {
      { "우수부서", key = "best", at_least = 95 },
      { "일반부서", key = "plain" },
    },
  },
  bureau     = {
    rate    = mean, missing = "leave_out",
    verdict = {
      ties = "worse",
      { "상위국", key = "upper", share = 50 },
      { "하위국", key = "lower", share = 50 },
    },
  },
  verdict    = {
    { "부진",     key = "sluggish", at_most = 80 },
    { "정상추진", key = "normal" },
  },
}
