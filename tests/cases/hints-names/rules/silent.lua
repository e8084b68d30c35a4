return ruleset {
  title = "말이 없는 예외", data = "../data/data.csv",
  rate = field.actual,
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
  special = {
    { when = {}, because = "달성률을 돌려주지 않음", rate = function(i) local rate = i.actual end },
  },
}
