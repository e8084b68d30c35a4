local methods = require("methods")
return ruleset {
  title = "이름", data = "../data/data.csv",
  params = { sluggish = { 80 } },
  rate = methods.higer,
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = param.sluggish }, { "정상", key = "normal" } },
}
