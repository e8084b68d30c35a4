return ruleset { base = "c9.lua" }
