-- Random rules and data. A world is { rules, rows }: plain tables, from which the rule file and the CSV text are
-- written, and which naive.evaluate reads.
local support = require("support")
local fractions = require("fractions")
local worlds = {}

-- ---- chance: the same numbers on every machine

local Chance = {}
Chance.__index = Chance

function worlds.chance(seed) return setmetatable({ state = seed }, Chance) end

function Chance:below(count)
  self.state = self.state * 6364136223846793005 + 1442695040888963407
  return (self.state >> 33) % count
end

function Chance:one_in(count) return self:below(count) == 0 end
function Chance:pick(list) return list[1 + self:below(#list)] end

-- ---- formulas: { "+", a, b }, { "field", "target" }, { "number", "80" }

local function field(name) return { "field", name } end
local function number(text) return { "number", text } end
local TARGET <const>, ACTUAL <const> = field("target"), field("actual")
local HIGHER <const> = { "*", { "/", ACTUAL, TARGET }, number("100") }
local MIRROR <const> = { "*", { "-", number("2"), { "/", ACTUAL, TARGET } }, number("100") }

local BOUND_WORDS <const> = { "at_most", "below", "at_least", "above", "equals" }

-- The condition, and the formula, of a depth.
local random_formula

local function random_condition(chance, depth)
  local kind = chance:below(depth > 0 and 8 or 6)
  if kind == 0 then return { "missing", random_formula(chance, 0) } end
  if kind == 6 then return { "no", random_condition(chance, depth - 1) } end
  if kind == 7 then
    return { chance:pick({ "all", "any" }), random_condition(chance, depth - 1), random_condition(chance, depth - 1) }
  end
  return { chance:pick(BOUND_WORDS), random_formula(chance, 0),
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
  if kind == 9 then return { "round", inner, chance:below(3), chance:pick(fractions.MODES) } end
  if kind == 10 then return { "if_missing", inner, number(chance:pick({ "0", "55.5" })) } end
  if kind == 11 then
    return { "choose", random_condition(chance, 1), inner, number(chance:pick({ "100", "80", "0.5" })) }
  end
  if kind == 12 then return { chance:pick({ "+", "-" }), inner, number(chance:pick({ "1", "0.1", "20" })) } end
  return { "abs", inner }
end

local SIGNS <const> = { ["+"] = true, ["-"] = true, ["*"] = true, ["/"] = true }
local BOUNDS <const> = {}
for _, word in ipairs(BOUND_WORDS) do BOUNDS[word] = true end

local function spell(tree)
  local op, a, b, c = tree[1], tree[2], tree[3], tree[4]
  if op == "field" then return "field." .. a end
  if op == "number" then return a end
  if SIGNS[op] then return "(" .. spell(a) .. " " .. op .. " " .. spell(b) .. ")" end
  if op == "round" then return ("round(%s, %d, %q)"):format(spell(a), b, c) end
  if op == "missing" then return "when(" .. spell(a) .. "):missing()" end
  if BOUNDS[op] then return ("when(%s):%s(%s)"):format(spell(a), op, spell(b)) end
  local words = {}
  for i = 2, #tree do words[#words + 1] = spell(tree[i]) end
  return op .. "(" .. table.concat(words, ", ") .. ")"
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

-- ---- worlds

local NAMES <const> = { "mean", "mean", "min", "max", "median", "trimmed(0.25)", "count_share { at_least = 80 }" }
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
    local on_cut = fractions.multiply(target, rate)
    return fractions.print(on_cut, 3, "down")
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

function worlds.world(seed)
  local chance = worlds.chance(seed)
  chance:below(2) -- the first one is poor
  local rules = {
    cases = random_cases(chance), specials = random_specials(chance), bands = random_bands(chance),
    project = random_rollup(chance, "project"),
    places = chance:below(4), mode = chance:pick(fractions.MODES),
  }
  if chance:one_in(2) then rules.department = random_rollup(chance) end
  if rules.department and chance:one_in(2) then rules.bureau = random_rollup(chance) end
  return { rules = rules, rows = random_rows(chance) }
end

-- ---- as files

local COLUMNS <const> = {
  "bureau", "department", "project", "indicator", "unit", "polarity", "target", "actual", "weight",
}

function worlds.csv(rows)
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

function worlds.rules(rules, data)
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

return worlds
