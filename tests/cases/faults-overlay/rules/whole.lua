return ruleset {
  base = "base.lua",
  titel = "t",
  params = { cut = "75" },
  rate = { last = { { name = "lower", 5 } } },
}
