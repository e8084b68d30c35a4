return ruleset {
  title = "적용될 수 없는 줄",
  data = "../data/remarks.csv",
  rate = {
    { when = { unit = "점" }, 100 },
    { field.actual },
    { when = { unit = "건" }, 90 },
    { 80 },
  },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
