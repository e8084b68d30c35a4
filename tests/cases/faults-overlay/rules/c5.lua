return ruleset { base = "c6.lua" }
