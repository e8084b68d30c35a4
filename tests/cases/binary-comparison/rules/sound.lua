-- The same cut in a condition, which is exact, and in whole numbers.
return ruleset {
  title = "정확하게 견준 값", data = "../data/data.csv",
  params = { share = { 77.6, unit = "%" } },
  rate = {
    { when = when(field.actual / field.target * 100):at_most(param.share), 0 },
    { when = function(i) return i.actual * 1000 <= i.target * 776 and i.actual <= 388.5 end, 50 },
    { 100 },
  },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
