return ruleset { rate = function(i) return i.실적값 end }
