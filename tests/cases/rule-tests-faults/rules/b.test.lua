return tests {
  rules = "a.lua",
  { name = "verdict", rows = { { target = 1, actual = 1 } }, verdict = "slugish" },
  { name = "rate", rows = { { target = 1, actual = 1 } }, rate = "1/0" },
  { name = "date", at = "2019-02-30", rows = { { target = 1, actual = 1 } }, rate = 100 },
}
