return ruleset {
  base = 2019,
}
