-- A second way to evaluate the worlds of worlds.lua: written from rules/README.md, in exact fractions, row by row; it
-- shares no line with the engine.
local support = require("support")
local fractions = require("fractions")
local add, multiply, divide, compare = fractions.add, fractions.multiply, fractions.divide, fractions.compare
local whole, fraction = fractions.whole, support.fraction
local naive = {}

-- ---- formulas

local COMPARISONS <const> = {
  at_most = function(order) return order <= 0 end,
  below = function(order) return order < 0 end,
  at_least = function(order) return order >= 0 end,
  above = function(order) return order > 0 end,
  equals = function(order) return order == 0 end,
}


-- The value of a formula for a row, or nil and why there is none. Conditions are true or false.
local value_of

local OPERATORS = {
  ["+"] = add,
  ["-"] = fractions.subtract,
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
  if op == "round" then return fractions.round(a, tree[3], tree[4]) end
  if COMPARISONS[op] then return COMPARISONS[op](compare(a, b)) end
  if op ~= "/" then return OPERATORS[op](table.unpack(operands)) end
  if is_zero(b) then return nil, tree[3][2] == "target" and "zero_target" or "division_by_zero" end
  return divide(a, b)
end

-- ---- which rows

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
  return fractions.exchange(rate) .. " " .. fractions.print(rate, rules.places, rules.mode)
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
