return tests {
  { name = "a function", rows = { { unit = "함수", actual = 80 } }, verdict = "sluggish" },
  { name = "normal", rows = { { target = 100, actual = 95 } }, verdict = "normal" },
}
