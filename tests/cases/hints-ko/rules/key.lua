return ruleset { rate = { { when = { 부서 = "나과" }, 1 } } }
