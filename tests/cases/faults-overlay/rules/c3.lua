return ruleset { base = "c4.lua" }
