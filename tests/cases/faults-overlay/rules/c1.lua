return ruleset { base = "c2.lua" }
