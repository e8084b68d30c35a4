return ruleset {
  title = "다른 폴더의 자료",
  data = "../../other/d.csv",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
