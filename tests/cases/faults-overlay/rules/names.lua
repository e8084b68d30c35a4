return ruleset {
  base = "base.lua",
  params = { cutt = 75, cut = { 75, new = true } },
  rate = { before = { lowr = { 2 } }, replace = { lower = { 3 } }, remove = { "lower", "other" }, frist = { 4 } },
  verdict = { replace = { y = { "y" } } },
}
