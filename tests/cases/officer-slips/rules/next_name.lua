return ruleset { title = "2020년", base = "2019.lua", rate = { replace = { ["하향"] = { 100 } } } }
