-- A gap from 80 (not included) to 85, a band that can never decide, one with its bounds exchanged.
return ruleset {
  title = "구간", data = "../data/exact.csv",
  rate = field.actual / field.target * 100,
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = {
    { "부진", key = "sluggish", at_most = 80 },
    { "심각", key = "severe", below = 50 },
    { "거꾸로", key = "inverted", at_least = 90, at_most = 85 },
    { "정상", key = "normal", at_least = 85 },
  },
}
