-- Random rules and data, and a second way to evaluate them: written from rules/README.md, in exact fractions, row by
-- row; it shares no line with the engine. A world is { rules, rows }: plain tables, from which the rule file and the
-- CSV text are written and which naive.evaluate reads.
local support = require("support")
local naive = {}

-- ---- chance: the same numbers on every machine

local Chance = {}
Chance.__index = Chance

function naive.chance(seed) return setmetatable({ state = seed }, Chance) end

function Chance:below(count)
  self.state = self.state * 6364136223846793005 + 1442695040888963407
  return (self.state >> 33) % count
end

function Chance:one_in(count) return self:below(count) == 0 end
function Chance:pick(list) return list[1 + self:below(#list)] end

-- ---- fractions that never overflow without a word

local LARGE <const> = 2.0 ^ 62

local function fraction(n, d)
  return support.fraction(n, d)
end

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
naive.compare = compare

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
local MODES <const> = { "half_up", "half_even", "half_down", "up", "down", "ceiling", "floor" }

local function units(value, places, mode)
  local top = times(value[1], math.tointeger(10 ^ places))
  local floor, rest = top // value[2], top % value[2]
  if rest == 0 then return floor end
  local half = compare({ rest, value[2] }, { 1, 2 })
  return floor + UNITS[mode](half, top < 0, floor % 2 == 1)
end

local function print_units(count, places)
  local scale = math.tointeger(10 ^ places)
  local sign = count < 0 and "-" or ""
  count = math.abs(count)
  if places == 0 then return sign .. count end
  return sign .. ("%d.%0" .. places .. "d"):format(count // scale, count % scale)
end

function naive.print(value, places, mode) return print_units(units(value, places, mode), places) end

-- As rates are exchanged: at most six places, no zeros at the end.
function naive.exchange(value)
  return (naive.print(value, 6, "half_up"):gsub("0+$", ""):gsub("%.$", ""))
end

-- ---- formulas: { "+", a, b }, { "field", "target" }, { "number", "80" }

local function field(name) return { "field", name } end
local function number(text) return { "number", text } end
local TARGET <const>, ACTUAL <const> = field("target"), field("actual")
local HIGHER <const> = { "*", { "/", ACTUAL, TARGET }, number("100") }
local MIRROR <const> = { "*", { "-", number("2"), { "/", ACTUAL, TARGET } }, number("100") }

-- The condition, and the formula, of a depth.
local random_formula

local function random_condition(chance, depth)
  local kind = chance:below(depth > 0 and 8 or 6)
  if kind == 0 then return { "missing", random_formula(chance, 0) } end
  if kind == 6 then return { "no", random_condition(chance, depth - 1) } end
  if kind == 7 then
    return { chance:pick({ "all", "any" }), random_condition(chance, depth - 1), random_condition(chance, depth - 1) }
  end
  return { chance:pick({ "at_most", "below", "at_least", "above", "equals" }), random_formula(chance, 0),
    number(chance:pick({ "0", "1", "20", "50", "80", "100" })) }
end

function random_formula(chance, depth)
  if depth <= 0 then return chance:pick({ TARGET, ACTUAL, ACTUAL, field("weight") }) end
  local kind = chance:below(14)
  if kind < 4 then return HIGHER end
  if kind < 6 then return MIRROR end
  local inner = random_formula(chance, depth - 1)
  if kind == 6 then return { "*", { "/", TARGET, ACTUAL }, number("100") } end
  if kind == 7 then return { "clamp", inner, number("0"), number("120") } end
  if kind == 8 then return { chance:pick({ "min", "max" }), inner, number(chance:pick({ "0", "77.6", "130" })) } end
  if kind == 9 then return { "round", inner, chance:below(3), chance:pick(MODES) } end
  if kind == 10 then return { "if_missing", inner, number(chance:pick({ "0", "55.5" })) } end
  if kind == 11 then
    return { "choose", random_condition(chance, 1), inner, number(chance:pick({ "100", "80", "0.5" })) }
  end
  if kind == 12 then return { chance:pick({ "+", "-" }), inner, number(chance:pick({ "1", "0.1", "20" })) } end
  return { "abs", inner }
end

local SIGNS <const> = { ["+"] = true, ["-"] = true, ["*"] = true, ["/"] = true }
local COMPARISONS <const> = {
  at_most = function(order) return order <= 0 end,
  below = function(order) return order < 0 end,
  at_least = function(order) return order >= 0 end,
  above = function(order) return order > 0 end,
  equals = function(order) return order == 0 end,
}

local function spell(tree)
  local op, a, b, c = tree[1], tree[2], tree[3], tree[4]
  if op == "field" then return "field." .. a end
  if op == "number" then return a end
  if SIGNS[op] then return "(" .. spell(a) .. " " .. op .. " " .. spell(b) .. ")" end
  if op == "round" then return ("round(%s, %d, %q)"):format(spell(a), b, c) end
  if op == "missing" then return "when(" .. spell(a) .. "):missing()" end
  if COMPARISONS[op] then return ("when(%s):%s(%s)"):format(spell(a), op, spell(b)) end
  local words = {}
  for i = 2, #tree do words[#words + 1] = spell(tree[i]) end
  return op .. "(" .. table.concat(words, ", ") .. ")"
end

-- The value of a formula for a row, or nil and why there is none. Conditions are true or false.
local value_of

local OPERATORS = {
  ["+"] = add,
  ["-"] = subtract,
  ["*"] = multiply,
  abs = function(a) return { math.abs(a[1]), a[2] } end,
  clamp = function(a, low, high)
    if compare(a, low) < 0 then a = low end
    return compare(a, high) > 0 and high or a
  end,
  min = function(a, b) return compare(b, a) < 0 and b or a end,
  max = function(a, b) return compare(b, a) > 0 and b or a end,
}

-- all, any: what decides wins over what is missing.
local function list_of(tree, row, decides)
  local reason
  for i = 2, #tree do
    local part, why = value_of(tree[i], row)
    if part == decides then return decides end
    if part == nil and not reason then reason = why end
  end
  if reason then return nil, reason end
  return not decides
end

local LENIENT = {
  if_missing = function(tree, row)
    local a, why = value_of(tree[2], row)
    if a then return a, why end
    return value_of(tree[3], row)
  end,
  choose = function(tree, row)
    local holds, why = value_of(tree[2], row)
    if holds == nil then return nil, why end
    return value_of(tree[holds and 3 or 4], row)
  end,
  missing = function(tree, row) return value_of(tree[2], row) == nil end,
  all = function(tree, row) return list_of(tree, row, false) end,
  any = function(tree, row) return list_of(tree, row, true) end,
  no = function(tree, row)
    local holds, why = value_of(tree[2], row)
    if holds == nil then return nil, why end
    return not holds
  end,
}

local function cell(row, name)
  local text = row[name]
  if text == "" then return nil, "blank" end
  if text == "-" then return nil, "not_applicable" end
  return support.decimal(text)
end

local function is_zero(value) return value[1] == 0 end

function value_of(tree, row)
  local op = tree[1]
  if op == "field" then return cell(row, tree[2]) end
  if op == "number" then return support.decimal(tree[2]) end
  if LENIENT[op] then return LENIENT[op](tree, row) end
  local operands = {}
  for i = 2, op == "round" and 2 or #tree do
    local value, why = value_of(tree[i], row)
    if value == nil then return nil, why end
    operands[#operands + 1] = value
  end
  local a, b = operands[1], operands[2]
  if op == "round" then return fraction(units(a, tree[3], tree[4]), math.tointeger(10 ^ tree[3])) end
  if COMPARISONS[op] then return COMPARISONS[op](compare(a, b)) end
  if op ~= "/" then return OPERATORS[op](table.unpack(operands)) end
  if is_zero(b) then return nil, tree[3] == TARGET and "zero_target" or "division_by_zero" end
  return divide(a, b)
end

-- ---- which rows: { columns = { unit = "u1" } }, { formula = … }, { "all", … }, { "any", … }, { "no", … }, nil: all

local function random_selector(chance, depth)
  local kind = chance:below(depth > 0 and 7 or 4)
  if kind < 2 then return { columns = { polarity = chance:pick({ "lower", "higher" }) } } end
  if kind == 2 then return { columns = { unit = chance:pick({ "u1", "u2" }) } } end
  if kind == 3 then return { formula = random_condition(chance, 1) } end
  if kind == 4 then return { "no", random_selector(chance, depth - 1) } end
  return { kind == 5 and "all" or "any", random_selector(chance, depth - 1), random_selector(chance, depth - 1) }
end

local function spell_selector(selector)
  if selector.formula then return spell(selector.formula) end
  if selector[1] then
    local words = {}
    for i = 2, #selector do words[#words + 1] = spell_selector(selector[i]) end
    return selector[1] .. " { " .. table.concat(words, ", ") .. " }"
  end
  local column, wanted = next(selector.columns)
  return ("{ %s = %q }"):format(column, wanted)
end

-- all, any and no of conditions are the same words for rows: a condition with a missing value takes no row, so that
-- `no` of it takes the row.
local function part_of(selector, i)
  return selector.formula and { formula = selector.formula[i] } or selector[i]
end

local function takes(selector, row)
  if not selector then return true end
  local parts = selector.formula or selector
  local word = parts[1]
  if selector.formula and word ~= "all" and word ~= "any" and word ~= "no" then
    return value_of(selector.formula, row) == true
  end
  if selector.columns then
    local column, wanted = next(selector.columns)
    return row[column] == wanted
  end
  if word == "no" then return not takes(part_of(selector, 2), row) end
  for i = 2, #parts do
    if takes(part_of(selector, i), row) == (word == "any") then return word == "any" end
  end
  return word == "all"
end

-- ---- rollups

local function by_size(values)
  local sorted = { table.unpack(values) }
  table.sort(sorted, function(a, b) return compare(a, b) < 0 end)
  return sorted
end

local function mean_of(values, from, to)
  local sum = whole(0)
  for i = from, to do sum = add(sum, values[i]) end
  return divide(sum, whole(to - from + 1))
end

-- Of numbers that are all there, at least one.
local ROLLUPS = {
  mean = function(values) return mean_of(values, 1, #values) end,
  min = function(values) return by_size(values)[1] end,
  max = function(values) return by_size(values)[#values] end,
  median = function(values)
    local sorted, count = by_size(values), #values
    return mean_of({ sorted[(count + 1) // 2], sorted[count // 2 + 1] }, 1, 2)
  end,
  ["trimmed(0.25)"] = function(values)
    local cut = #values // 4
    return mean_of(by_size(values), cut + 1, #values - cut)
  end,
  ["count_share { at_least = 80 }"] = function(values)
    local count = 0
    for _, value in ipairs(values) do
      if compare(value, whole(80)) >= 0 then count = count + 1 end
    end
    return fraction(100 * count, #values)
  end,
  ['weighted_mean("weight")'] = function(values, weights)
    local sum, weight = whole(0), whole(0)
    for i, value in ipairs(values) do
      sum, weight = add(sum, multiply(value, weights[i])), add(weight, weights[i])
    end
    if is_zero(weight) then return nil, "no_weight" end
    return divide(sum, weight)
  end,
}
local NAMES <const> = { "mean", "mean", "min", "max", "median", "trimmed(0.25)", "count_share { at_least = 80 }" }

-- `parts`: { rate, missing, weight }
local function roll_up(rule, parts)
  local values, weights, none = {}, {}, false
  -- of a share, nothing is no number: it is part of the whole, and not counted, whatever the bound
  local zero = rule.rate:find("count_share", 1, true) and whole(-1000000) or whole(0)
  local excluded = 0
  for _, part in ipairs(parts) do
    if part.missing == "excluded" then
      excluded = excluded + 1
    elseif part.rate or rule.missing == "zero" then
      values[#values + 1] = part.rate or zero
      weights[#weights + 1] = part.weight
    else
      none = true
    end
  end
  if excluded == #parts then return nil, "excluded" end
  if none and rule.missing == "missing" then return nil, "missing_below" end
  if #values == 0 then return nil, "no_values" end
  return ROLLUPS[rule.rate](values, weights)
end

-- ---- worlds

local function random_rollup(chance, level)
  local names = { table.unpack(NAMES) }
  if level == "project" then names[#names + 1] = 'weighted_mean("weight")' end
  return { rate = chance:pick(names), missing = chance:pick({ "leave_out", "zero", "missing" }) }
end

local function random_bands(chance)
  local bands, cuts = {}, { "50", "77.6", "80", "100" }
  for i = 1 + chance:below(3), 4 do
    if i == 4 or chance:one_in(2) then
      bands[#bands + 1] = { key = "k" .. i, bound = chance:pick({ "at_most", "below" }), cut = cuts[i] }
    end
  end
  bands[#bands + 1] = { key = "rest" }
  return bands
end

local function random_cases(chance)
  local cases = {}
  for _ = 1, chance:below(4) do
    local case = { when = random_selector(chance, 2) }
    if chance:one_in(6) then
      case.exclude = true
    else
      case.rate = random_formula(chance, 2)
    end
    cases[#cases + 1] = case
  end
  if #cases == 0 or not chance:one_in(4) then cases[#cases + 1] = { rate = random_formula(chance, 2) } end
  return cases
end

-- Exceptions name a project by its name.
local function random_specials(chance)
  local specials = {}
  for _ = 1, chance:below(3) do
    local special = { when = { columns = { project = "p" .. chance:below(4) } } }
    local kind = chance:below(4)
    if kind == 0 then special.exclude = true end
    if kind == 1 then special.rate = number(chance:pick({ "100", "79.9" })) end
    if kind == 2 then special.points = chance:pick({ "3", "-5", "0.4" }) end
    if kind == 3 then special.verdict = "rest" end
    specials[#specials + 1] = special
  end
  return specials
end

-- Values whose quotients have small denominators, and often lie on a cut.
local TARGETS <const> = {
  "1", "2", "4", "5", "8", "10", "16", "20", "25", "40", "50", "100", "0.5", "2.5", "3", "1000",
}
local function random_number(chance, row)
  if chance:one_in(12) then return chance:pick({ "", "-", "0", "0.0" }) end
  if chance:one_in(4) then
    local target = support.decimal(row.target:match("%d") and row.target or "1")
    local rate = chance:pick({ { 4, 5 }, { 1, 2 }, { 1, 1 }, { 6, 5 } })
    local on_cut = multiply(target, rate)
    return naive.print(on_cut, 3, "down")
  end
  if chance:one_in(3) then return ("%d.%d"):format(chance:below(140), chance:below(10)) end
  return tostring(chance:below(150))
end

local function random_rows(chance)
  local rows = {}
  for _ = 1, 1 + chance:below(14) do
    local row = {
      bureau = "b" .. chance:below(3), department = "d" .. chance:below(2), project = "p" .. chance:below(4),
      indicator = "i" .. #rows, unit = chance:pick({ "u1", "u2", "u3" }),
      polarity = chance:pick({ "lower", "higher", "higher", "" }), weight = tostring(chance:below(4)),
      target = chance:one_in(15) and chance:pick({ "0", "", "-" }) or chance:pick(TARGETS),
    }
    row.actual = random_number(chance, row)
    rows[#rows + 1] = row
  end
  return rows
end

function naive.world(seed)
  local chance = naive.chance(seed)
  chance:below(2) -- the first one is poor
  local rules = {
    cases = random_cases(chance), specials = random_specials(chance), bands = random_bands(chance),
    project = random_rollup(chance, "project"),
    places = chance:below(4), mode = chance:pick(MODES),
  }
  if chance:one_in(2) then rules.department = random_rollup(chance) end
  if rules.department and chance:one_in(2) then rules.bureau = random_rollup(chance) end
  return { rules = rules, rows = random_rows(chance) }
end

-- ---- as files

local COLUMNS <const> = {
  "bureau", "department", "project", "indicator", "unit", "polarity", "target", "actual", "weight",
}

function naive.csv(rows)
  local lines = { table.concat(COLUMNS, ",") }
  for _, row in ipairs(rows) do
    local cells = {}
    for i, name in ipairs(COLUMNS) do cells[i] = row[name] end
    lines[#lines + 1] = table.concat(cells, ",")
  end
  return table.concat(lines, "\n") .. "\n"
end

local function spell_case(case)
  local parts = {}
  if case.when then parts[#parts + 1] = "when = " .. spell_selector(case.when) end
  if case.because then parts[#parts + 1] = ("because = %q"):format(case.because) end
  if case.exclude then parts[#parts + 1] = "exclude = true" end
  if case.points then parts[#parts + 1] = "points = " .. case.points end
  if case.verdict then parts[#parts + 1] = ("verdict = %q"):format(case.verdict) end
  if case.rate then parts[#parts + 1] = (case.special and "rate = " or "") .. spell(case.rate) end
  return "    { " .. table.concat(parts, ", ") .. " },\n"
end

local function spell_rollup(level, rule)
  if not rule then return "" end
  local weights = rule.rate:find("weighted", 1, true) and ', weights = "normalised"' or ""
  return ("  %s = { rate = %s, missing = %q%s },\n"):format(level, rule.rate, rule.missing, weights)
end

function naive.rules(rules, data)
  local out = { ('return ruleset {\n  title = "t", data = %q,\n  rate = {\n'):format(data) }
  for _, case in ipairs(rules.cases) do out[#out + 1] = spell_case(case) end
  out[#out + 1] = "  },\n  special = {\n"
  for _, special in ipairs(rules.specials) do
    out[#out + 1] = spell_case({ when = special.when, because = "b", exclude = special.exclude, rate = special.rate,
      points = special.points, verdict = special.verdict, special = true })
  end
  out[#out + 1] = "  },\n"
  for _, level in ipairs({ "project", "department", "bureau" }) do
    out[#out + 1] = spell_rollup(level, rules[level])
  end
  out[#out + 1] = ('  rounding = { digits = %d, mode = %q },\n  verdict = {\n'):format(rules.places, rules.mode)
  for _, band in ipairs(rules.bands) do
    local bound = band.cut and (", %s = %s"):format(band.bound, band.cut) or ""
    out[#out + 1] = ('    { "%s", key = "%s"%s },\n'):format(band.key:upper(), band.key, bound)
  end
  out[#out + 1] = "  },\n}\n"
  return table.concat(out)
end

-- ---- evaluated

local function rate_row(rules, row)
  for _, special in ipairs(rules.specials) do
    if (special.rate or special.exclude) and takes(special.when, row) then
      if special.exclude then return nil, "excluded" end
      return value_of(special.rate, row)
    end
  end
  for _, case in ipairs(rules.cases) do
    if takes(case.when, row) then
      if case.exclude then return nil, "excluded" end
      return value_of(case.rate, row)
    end
  end
  return nil, "no_case"
end

local function band_of(rules, rate)
  if not rate then return nil end
  for _, band in ipairs(rules.bands) do
    local order = band.cut and compare(rate, support.decimal(band.cut))
    if not band.cut or order < 0 or order == 0 and band.bound == "at_most" then return band.key end
  end
end

-- The unit of that name in a list that keeps the order of first occurrence.
local function unit_in(list, name)
  for _, unit in ipairs(list) do
    if unit.name == name then return unit end
  end
  list[#list + 1] = { name = name, parts = {} }
  return list[#list]
end

local function judge_project(rules, project)
  project.rate, project.missing = roll_up(rules.project, project.parts)
  local forced
  for _, special in ipairs(rules.specials) do
    if special.when.columns.project == project.name then
      if special.points and project.rate then project.rate = add(project.rate, support.decimal(special.points)) end
      forced = forced or special.verdict
    end
  end
  project.verdict = forced or band_of(rules, project.rate)
end

-- { bureaus = { { name, rate, missing, parts = { departments … } } }, counts = { key = n, none = n }, missing = { … } }
function naive.evaluate(world)
  local rules, result = world.rules, { bureaus = {}, counts = { none = 0, projects = 0 }, missing = {} }
  for number_of, row in ipairs(world.rows) do
    local part = { row = number_of, weight = support.decimal(row.weight) }
    part.rate, part.missing = rate_row(rules, row)
    if part.rate then part.missing = nil end
    if part.missing then result.missing[part.missing] = (result.missing[part.missing] or 0) + 1 end
    local department = unit_in(unit_in(result.bureaus, row.bureau).parts, row.department)
    local project = unit_in(department.parts, row.project)
    project.parts[#project.parts + 1] = part
  end
  for _, bureau in ipairs(result.bureaus) do
    for _, department in ipairs(bureau.parts) do
      for _, project in ipairs(department.parts) do
        judge_project(rules, project)
        local key = project.verdict or "none"
        result.counts[key] = (result.counts[key] or 0) + 1
        result.counts.projects = result.counts.projects + 1
      end
      if rules.department then department.rate, department.missing = roll_up(rules.department, department.parts) end
    end
    if rules.bureau then bureau.rate, bureau.missing = roll_up(rules.bureau, bureau.parts) end
  end
  return result
end

-- The result as lines of text, to compare: what the engine's JSON document says is written in the same way.
local function rate_words(rules, rate, missing)
  if not rate then return "- (" .. tostring(missing) .. ")" end
  return naive.exchange(rate) .. " " .. naive.print(rate, rules.places, rules.mode)
end

function naive.lines(world)
  local rules, result, lines = world.rules, naive.evaluate(world), {}
  local function line(...) lines[#lines + 1] = (...) end
  line("projects " .. result.counts.projects .. " none " .. result.counts.none)
  for _, band in ipairs(rules.bands) do line(band.key .. " " .. (result.counts[band.key] or 0)) end
  for _, bureau in ipairs(result.bureaus) do
    line(bureau.name .. (rules.bureau and " " .. rate_words(rules, bureau.rate, bureau.missing) or ""))
    for _, department in ipairs(bureau.parts) do
      line(" " .. department.name
        .. (rules.department and " " .. rate_words(rules, department.rate, department.missing) or ""))
      for _, project in ipairs(department.parts) do
        line("  " .. project.name .. " " .. rate_words(rules, project.rate, project.missing) .. " "
          .. (project.verdict or "-"))
        for _, part in ipairs(project.parts) do
          line("   " .. part.row .. " " .. rate_words(rules, part.rate, part.missing))
        end
      end
    end
  end
  return lines
end

-- The same lines from a document perfeval.result/1.
function naive.document_lines(world, document)
  local rules, lines = world.rules, {}
  local function line(...) lines[#lines + 1] = (...) end
  local function words(item)
    if item.rate == support.null then return "- (" .. tostring(item.missing) .. ")" end
    return item.rate.number .. " " .. item.rate_printed
  end
  local totals = document.totals
  line("projects " .. totals.projects.number .. " none " .. (totals.none and totals.none.number or 0))
  for _, band in ipairs(rules.bands) do line(band.key .. " " .. totals[band.key].number) end
  for _, bureau in ipairs(document.bureaus) do
    line(bureau.name .. (rules.bureau and " " .. words(bureau) or ""))
    for _, department in ipairs(bureau.departments) do
      line(" " .. department.name .. (rules.department and " " .. words(department) or ""))
      for _, project in ipairs(department.projects) do
        line("  " .. project.name .. " " .. words(project) .. " "
          .. (project.verdict == support.null and "-" or project.verdict))
        for _, indicator in ipairs(project.indicators) do
          line("   " .. indicator.row.number .. " " .. words(indicator))
        end
      end
    end
  end
  return lines
end

return naive
