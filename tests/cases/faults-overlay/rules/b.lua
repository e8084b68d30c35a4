return ruleset { base = "../rules/a.lua" }
