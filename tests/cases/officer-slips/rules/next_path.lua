return ruleset { title = "2020년", base = "rules/2019.lua" }
