-- Five faults: a date, a name that the base lacks, a parameter in a condition, shares, a special case.
return ruleset {
  base = "base.lua",
  params = { cut = { ["2020-02-30"] = 75 } },
  rate = {
    replace = { ["보틍"] = { field.actual } },
    first = { { when = when(field.actual):below(param.cot), 0 } },
  },
  verdict = { ties = "better", { "상", key = "high", share = 30 }, { "하", key = "low", share = 60 } },
  special = { { when = { project = "다 사업" }, exclude = true } },
}
