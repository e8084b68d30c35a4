return ruleset {
  title = "낱말", data = "../data/absence.csv",
  rate = field.actual / field.target * 100,
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
  missing = { not_aplicable = { "-" }, new = { "신규", 3 }, withheld = { "신규", "비공개" } },
}
