return ruleset {
　title = "전각 빈칸",
}
