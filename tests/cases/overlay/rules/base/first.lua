-- The path of the data is seen from this file. It has two functions.
return ruleset {
  title    = "first",
  data     = "../data/sample.csv",
  params   = { cut = { ["2019-01-01"] = 80, ["2020-01-01"] = 75, unit = "%", min = 0, max = 100, source = "s" } },
  rate     = {
    { name = "ten", when = function(i) return i.actual == 10 end, 10 },
    { name = "all", function(i) return i.actual / i.target * 100 end },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean },
  verdict  = { { "low", key = "low", at_most = param.cut }, { "ok", key = "ok" } },
}
