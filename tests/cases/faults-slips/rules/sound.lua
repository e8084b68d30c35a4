-- field.actual == 0 and 100: in a comment, in texts, in functions and of plain values nothing is wrong with it
local actual, target = field.actual, field.target
local strict = true
local function full(i) return i.actual == i.target and 100 or nil end
local digits = not strict and 1 or 0

return ruleset {
  title = "field.actual == 0 and 100", data = "../data/data.csv",
  params = { cut = { 80, min = 0 }, low = { 10, min = 0 } },
  rate = {
    { when = { target = 0, actual = 0 }, 100 },
    { when = function(i) return i.actual == 0 and i.target ~= 0 end, full },
    { when = { unit = "건 and 회" }, function(i) if not i.target then return nil end return full(i) or param.cut == 1 and 1 or 2 end },
    { actual / target * 100 },
  },
  rounding = { digits = digits, mode = strict == true and "half_up" or "down" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = param.cut }, { "정상", key = "normal" } },
}
