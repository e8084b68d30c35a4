local expected = 7
return tests {
  { name = "number, text and fraction", rows = { { target = 3, actual = 1, expect = { rate = 50 } }, { target = 1, actual = 1 } }, rate = 66, printed = '가', verdict = "정상추진" },
  { name = "none", rows = { { target = 0, actual = 1 } }, rate = 66, reason = "blank" },
  { name = "not a literal", rows = { { target = 1, actual = 1 } }, rate = expected },
}
