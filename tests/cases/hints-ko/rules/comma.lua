return ruleset {
  title = "쉼표"， data = "../data/small.csv",
}
