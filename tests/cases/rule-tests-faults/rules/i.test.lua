local cut = 80
return tests { rules = "nothing.lua", { name = "x", rows = { {} }, rate = cut } }