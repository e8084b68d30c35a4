return ruleset {
  title = "“따옴표”",
  data = “../data/small.csv”,
}
