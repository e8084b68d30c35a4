return ruleset { title = "2020년", base = "2019.lua", params = { top = 120 } }
