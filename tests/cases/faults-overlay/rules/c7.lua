return ruleset { base = "c8.lua" }
