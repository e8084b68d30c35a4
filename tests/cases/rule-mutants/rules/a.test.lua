return tests {
  { name = "points as they are", rows = { { unit = "점", actual = 80 } }, verdict = "sluggish" },
  { name = "normal", rows = { { target = 100, actual = 95 } }, verdict = "normal" },
}
