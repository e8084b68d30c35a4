return ruleset {
  title = "t"
  data = "d"
}
