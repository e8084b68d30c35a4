return ruleset {
  title      = "기간의 잘못",
  data       = "../data/faults.csv",
  period     = { missing = "skip", { "상반기", weight = 40 }, { "상반기", weight = -1 }, { "연말" } },
  targets    = "revized",
  revised_by = "2025-11-31",
  rate       = at_period("연말", field.actual),
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = pooled, missing = "leave_out" },
  verdict    = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
