return ruleset {
  base = "old.lua",
  params = { cut = 85 },
  rate = {
    replace = { ["건수"] = { name = "건수", when = { unit = "건" }, function(i) return i.actual / i.target * 100 - 10 end } },
  },
  verdict = { replace = { normal = { "우수", key = "normal", above = param.cut } } },
  special = { { when = { project = "예외 사업" }, because = "천재지변", rate = 100 } },
}
