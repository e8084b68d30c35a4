local expected = 7
return tests {
  { name = "number, text and fraction", rows = { { target = 3, actual = 1, expect = { rate = "100/3" } }, { target = 1, actual = 1 } }, rate = "200/3", printed = "66.7", verdict = "sluggish" },
  { name = "none", rows = { { target = 0, actual = 1 } }, rate = "none", reason = "zero_target" },
  { name = "not a literal", rows = { { target = 1, actual = 1 } }, rate = expected },
}
