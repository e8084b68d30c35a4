-- The benchmark of functions: for 1 % of the rows.
local methods = require("methods")

local function lower_mirror(indicator)
  local target, actual = indicator.target, indicator.actual
  if target == nil or actual == nil or target == 0 then return nil end
  return (2 - actual / target) * 100
end

return ruleset {
  title    = "지표 1 % 를 함수로",
  data     = "bench.csv", -- --data names another
  rate     = {
    { when = { direction = "down", unit = "건" }, lower_mirror },
    { when = { direction = "down" }, methods.lower_mirror },
    { methods.higher },
  },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
