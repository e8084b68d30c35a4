local actual, target = field.actual, field.target

return ruleset {
  title = "chain",
  data = "../data/chain.csv",
  params = {
    cut = { 80, unit = "%", min = 0, max = 100, source = "guideline 3" },
  },
  rate = {
    { name = "lower", when = { polarity = "lower" }, (2 - actual / target) * 100 },
    { when = when(target):at_most(0), 100 },
    { when = any { { unit = "점" }, when(actual):above(500) }, function(i) return i.actual end },
    { when = all { { unit = "명" }, no(when(actual):below(0)) }, actual / target * 100 },
    { when = { unit = { "회", "개" }, target = { at_least = 1 } }, actual / target * 100 },
  },
  rounding = { digits = 1, mode = "half_even" },
  project = { rate = weighted_mean("weight"), weights = "normalised", missing = "leave_out" },
  verdict = {
    { "미흡", key = "poor", below = param.cut, any_indicator = { below = 30 } },
    { "보통", key = "fair", at_most = 95 },
    { "우수", key = "fine" },
  },
  special = {
    { when = { project = "다리", indicator = "공사*" }, because = "8월 집중호우", rate = actual / target * 100 + 10 },
    { when = { indicator = "폐지*" }, because = "지표 폐지", exclude = true },
    { when = { project = "축제" }, because = "수상", points = 3 },
    { when = { project = "축제" }, because = "자료 지연", points = -1.5 },
    { when = { project = "휴관" }, because = "위원회 의결", verdict = "fine" },
  },
}
