return ruleset { base = "c3.lua" }
