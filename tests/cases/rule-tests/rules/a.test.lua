-- Each number by hand; the cases called "wrong" expect something else on purpose.
return tests {
  { name = "80 % is sluggish", rows = { { target = 2500, actual = 2000 } }, rate = 80, printed = "80.0", verdict = "sluggish" },
  { name = "wrong: everything", rows = { { target = 3, actual = 1 }, { target = 1, actual = 1, polarity = "lower" } },
    rate = 66.666667, printed = "66.6", verdict = "정상추진", reason = "blank" },
  { name = "another cut", set = { cut = "66.6" }, rows = { { target = 3, actual = 2 } }, rate = "200/3", verdict = "normal" },
  { name = "wrong: an indicator", rows = {
    { target = 10, actual = 10, expect = { rate = 100, verdict = "달성" } },
    { target = 10, actual = 9, expect = { rate = 100, printed = "90.0", verdict = "reached" } },
  }, rate = 95, reason = "none" },
  { name = "left out", rows = { { target = 10, actual = 1, indicator = "제외" }, { target = 10, actual = 9 } },
    rate = 90, reason = "평가 제외" },
  { name = "points", rows = { { ["목표"] = 100, ["실적"] = 79, ["성과지표"] = "가점" } }, rate = 81.5, verdict = "normal",
    reason = "우수 사례" },
  { name = "no rate", rows = { { target = 0, actual = 1 } }, rate = "none", printed = "none", verdict = "none", reason = "zero_target" },
  { name = "a function", rows = { { unit = "함수", actual = 55 } }, rate = 55, verdict = "sluggish" },
  { name = "wrong: a function that fails", rows = { { unit = "함수", actual = -5 } }, rate = -5, reason = "function_failed" },
  { name = "another project beside it", rows = { { target = 1, actual = 1 }, { project = "다른 사업", target = 1, actual = 0 } },
    rate = 100 },
}
