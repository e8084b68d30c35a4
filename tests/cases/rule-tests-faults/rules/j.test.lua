return tests {
  rules = "a.lua",
  { name = "no parameter", set = { cutt = 1 }, rows = { { target = 1, actual = 1 } }, rate = 100 },
}
