local actual, target = field.actual, field.target
local strict = true
local low = param.cut == 80 and 10 or 20 -- decided once

return ruleset {
  title = "말없이 지나가는 실수",
  data = "../data/data.csv",
  params = { cut = { 80, min = 0, max = 100, min = 10 } },
  rate = {
    { when = { target = 0 } and { actual = 0 }, 100 },
    { when = { target = 10 }, function(i) return i.actual == 0 and 100 or i.actual end },
    { actual == 0 and 100 or actual / target * 100 },
  },
  rate = { { not actual or 0 } },
  rounding = { digits = strict and 0 or 1, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = param.cut or low }, { "정상", key = "normal" } },
}
