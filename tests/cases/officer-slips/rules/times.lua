local actual, target = field.actual, field.target -- 실적, 목표

return ruleset {
  title = "2019년 성과평가",
  data  = "../data/indicators.csv",

  params = {
    sluggish_at_most = { 80, unit = "%", min = 0, max = 200, source = "2019년 평가지침" },
  },

  rate = {
    { name = "역지표", when = { polarity = "lower" }, (2 - actual / target) * 100 },
    { name = "보통", actual / target x 100 },
  },

  rounding = { digits = 0, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },

  verdict = {
    { "부진",     key = "sluggish", at_most = param.sluggish_at_most },
    { "정상추진", key = "normal" },
  },

  special = {},
}
