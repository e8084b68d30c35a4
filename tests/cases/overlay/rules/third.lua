return ruleset {
  base = "second.lua",
  title = "third",
  date = "2019-12-31",
  rate = { replace = { ten = { when = { actual = 10 }, function(i) return i.actual + param.cut end } },
           last = { 1 } },
  special = { { when = { indicator = "i5" }, because = "why", rate = function() return 5 end } },
}
