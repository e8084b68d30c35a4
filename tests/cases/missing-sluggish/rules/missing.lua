return ruleset {
  title = "빈 값", data = "../data/missing.csv",
  rate = {
    { when = { unit = "점" }, exclude = true },
    { when = { unit = "등급" }, function() return nil end },
    { when = { unit = { "건", "%" } }, field.actual / field.target * 100 },
  },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = {
    { "부진", key = "sluggish", at_most = 77.6 },
    { "주의", key = "caution", below = 80 },
    { "정상", key = "normal" },
  },
}
