return ruleset { base = "c7.lua" }
