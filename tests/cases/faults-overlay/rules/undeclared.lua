return ruleset {
  title = "t", data = "d.csv", params = { cut = { ["2019-01-01"] = 80 } },
  rate = { { name = "lower", when = { unit = "n" }, 1 }, { param.cut } },
  rounding = { digits = 0, mode = "up" }, project = { rate = mean },
  verdict = { { "x", key = "x" } },
}
