return tests {
  rule = "a.lua",
  { name = "b", rows = { { target = 1, actual = 1, tarrget = {} } }, verdict = "slugish" },
  { name = "b", rows = {}, rate = "1/0" },
  { name = "c", rows = { { target = 1, actual = "viele" } } },
  { rows = { 5 }, verdict = "normal", verdct = "normal" },
  7,
}
