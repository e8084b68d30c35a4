return ruleset { base = "syntax_base.lua" }
