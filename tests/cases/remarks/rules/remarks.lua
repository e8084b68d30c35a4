return ruleset {
  title = "확인할 일",
  data = "../data/remarks.csv",
  rate = {
    { when = { unit = "점" }, function(i) local _ = i.actual / i.target end },
    { when = { unit = "건" }, field.actual / field.target * 100 },
  },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
  special = {
    { when = { project = "바 사업" }, because = "나눌 수 없음", rate = field.actual / (field.target - 10) },
  },
}
