return { rules = "a.lua" }
