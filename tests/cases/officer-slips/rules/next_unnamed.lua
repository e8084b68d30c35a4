return ruleset { title = "2020년", base = "unnamed.lua", rate = { replace = { ["역지표"] = { 100 } } } }
