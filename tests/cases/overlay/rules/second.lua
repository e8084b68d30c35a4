-- A function of this file's own, and one case less.
return ruleset {
  base = "base/first.lua",
  title = "second",
  rate = { before = { ten = { name = "twenty", function(i) return i.actual == 20 and 20.5 or nil end,
                              when = function(i) return i.actual == 20 end } } },
  rounding = { digits = 2 },
}
