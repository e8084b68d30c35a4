-- Five seeded faults: exactly those five are reported.
return ruleset {
  title = 2019,
  data = "../data/exact.csv",
  params = { cut = { 80, min = 0, max = 70 } },
  rate = {
    { when = { polarity = "lower" }, (2 - field.actual / field.target) * 100, weihgt = 3 },
    { field.actual / field.target * param.hundred },
  },
  rounding = { digits = 0, mode = "half-up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
