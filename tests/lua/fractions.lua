-- Fractions { n, d } that never overflow without a word, and how they are rounded and printed.
local support = require("support")
local fractions = {}

local LARGE <const> = 2.0 ^ 62

local fraction = support.fraction

local function times(a, b)
  if math.abs(a * 1.0 * b) > LARGE then error("too large for this test") end
  return a * b
end

local function add(a, b)
  local n = times(a[1], b[2])
  local m = times(b[1], a[2])
  if math.abs(n * 1.0 + m) > LARGE then error("too large for this test") end
  return fraction(n + m, times(a[2], b[2]))
end
local function negate(a) return { -a[1], a[2] } end
local function subtract(a, b) return add(a, negate(b)) end
local function multiply(a, b) -- crosswise first, so that the products stay small
  local x, y = fraction(a[1], b[2]), fraction(b[1], a[2])
  return { times(x[1], y[1]), times(x[2], y[2]) }
end
local function divide(a, b)
  return multiply(a, b[1] < 0 and { -b[2], -b[1] } or { b[2], b[1] })
end
local function compare(a, b)
  local n, m = times(a[1], b[2]), times(b[1], a[2])
  return n < m and -1 or n > m and 1 or 0
end
local function whole(n) return { n, 1 } end
fractions.add, fractions.subtract, fractions.multiply, fractions.divide = add, subtract, multiply, divide
fractions.compare, fractions.whole = compare, whole

-- What rounding adds to the whole number below, by how the rest lies to one half.
local UNITS = {
  half_up = function(half, negative) return (half > 0 or half == 0 and not negative) and 1 or 0 end,
  half_down = function(half, negative) return (half > 0 or half == 0 and negative) and 1 or 0 end,
  half_even = function(half, _, odd) return (half > 0 or half == 0 and odd) and 1 or 0 end,
  up = function(_, negative) return negative and 0 or 1 end,
  down = function(_, negative) return negative and 1 or 0 end,
  ceiling = function() return 1 end,
  floor = function() return 0 end,
}

fractions.MODES = { "half_up", "half_even", "half_down", "up", "down", "ceiling", "floor" }

-- In units of the last place.
local function units(value, places, mode)
  local top = times(value[1], math.tointeger(10 ^ places))
  local floor, rest = top // value[2], top % value[2]
  if rest == 0 then return floor end
  local half = compare({ rest, value[2] }, { 1, 2 })
  return floor + UNITS[mode](half, top < 0, floor % 2 == 1)
end

function fractions.round(value, places, mode)
  return fraction(units(value, places, mode), math.tointeger(10 ^ places))
end

local function print_units(count, places)
  local scale = math.tointeger(10 ^ places)
  local sign = count < 0 and "-" or ""
  count = math.abs(count)
  if places == 0 then return sign .. count end
  return sign .. ("%d.%0" .. places .. "d"):format(count // scale, count % scale)
end

function fractions.print(value, places, mode) return print_units(units(value, places, mode), places) end

-- As rates are exchanged: at most six places, no zeros at the end.
function fractions.exchange(value)
  return (fractions.print(value, 6, "half_up"):gsub("0+$", ""):gsub("%.$", ""))
end

return fractions
