return ruleset { base = "../../elsewhere.lua" }
