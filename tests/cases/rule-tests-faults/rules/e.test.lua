return tests { rules = "../../outside.lua", { name = "x", rows = { {} }, rate = "none" } }
