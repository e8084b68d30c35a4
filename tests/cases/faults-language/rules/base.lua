return ruleset {
  title = "바탕", data = "../data/data.csv", date = "2020-07-01",
  params = { cut = { ["2019-01-01"] = 80 } },
  rate = { { name = "보통", field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = param.cut }, { "정상", key = "normal" } },
}
