return tests {
  rules = "a.lua",
  { name = "no number", rows = { { target = 1, actual = "viele" } }, rate = 100 },
}
