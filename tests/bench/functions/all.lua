-- The benchmark of functions: for all rows.
local function rate(indicator)
  local target, actual = indicator.target, indicator.actual
  if target == nil or actual == nil or target == 0 then return nil end
  local share = actual / target
  if indicator.direction == "down" then return (2 - share) * 100 end
  return share * 100
end

return ruleset {
  title    = "모든 지표를 함수로",
  data     = "bench.csv", -- --data names another
  rate     = { { rate } },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
