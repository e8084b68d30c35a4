return ruleset { base = "nowhere.lua" }
