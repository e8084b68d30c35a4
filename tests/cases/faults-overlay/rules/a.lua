return ruleset { base = "b.lua" }
