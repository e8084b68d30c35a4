local methods = require("methods")
return ruleset {
  title = "이름", data = "../data/data.csv",
  params = { sluggish = { 80 } },
  rate = { { when = function(i) local yes = i.actual > 0 end, 0 }, { when = { ["주요사엄"] = "다 사업" }, 0 }, { methods.higher } },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = param.sluggish }, { "정상", key = "normal" } },
  special = {
    { when = { project = "다사업" }, because = "이름이 틀린 예외", rate = 100 },
    { when = { depratment = "나과" }, because = "열 이름이 틀린 예외", rate = 100 },
  },
}
