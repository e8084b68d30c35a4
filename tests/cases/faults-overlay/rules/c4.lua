return ruleset { base = "c5.lua" }
