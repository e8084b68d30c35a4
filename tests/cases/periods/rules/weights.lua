return ruleset {
  base    = "both.lua",
  title   = "2026년 평가",
  period  = { missing = "leave_out", { "상반기", weight = 40 }, { "연말", weight = 60 } },
  targets = "original",
  special = { { when = { project = "다 사업" }, because = "시험", points = 1 } },
}
