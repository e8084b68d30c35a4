-- What holds for any rules and any data, tried on the random ones of worlds.lua.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local fractions = require("fractions")
local worlds = require("worlds")

-- WORLDS=500 looks further.
local how_many = tonumber(os.getenv("WORLDS")) or 8
local folder = support.folder()
assert(os.execute("cp -r scripts " .. folder))

local ACTUAL <const>, TARGET <const> = { "field", "actual" }, { "field", "target" }
local HIGHER <const> = { "*", { "/", ACTUAL, TARGET }, { "number", "100" } }
local MIRROR <const> = { "*", { "-", { "number", "2" }, { "/", ACTUAL, TARGET } }, { "number", "100" } }

-- Runs the program over a world; `words` behind the rule file.
local function output(world, words, status_expected)
  support.write(folder .. "/r.lua", worlds.rules(world.rules, "d.csv"))
  support.write(folder .. "/d.csv", worlds.csv(world.rows))
  local out, err, status = support.run(("run %s/r.lua %s"):format(folder, words))
  unit.assertTrue(status == 0 or status == (status_expected or 1), worlds.rules(world.rules, "d.csv") .. err)
  return out
end

local function document(world) return support.json(output(world, "--format json")) end

local function count(value) return value and math.tointeger(value.number) or 0 end

-- each(document, function(project, department, bureau) … end)
local function each_project(doc, visit)
  for _, bureau in ipairs(doc.bureaus) do
    for _, department in ipairs(bureau.departments) do
      for _, project in ipairs(department.projects) do visit(project, department, bureau) end
    end
  end
end

local function each_world(visit)
  for seed = 1, how_many do visit(worlds.world(7000 + seed), worlds.chance(seed)) end
end

TestProperties = {}

function TestProperties.test_totals_add_up()
  each_world(function(world)
    local doc = document(world)
    local found, without, rows = { projects = 0, none = 0 }, {}, 0
    for _, band in ipairs(world.rules.bands) do found[band.key] = 0 end
    each_project(doc, function(project)
      local key = project.verdict == support.null and "none" or project.verdict
      found.projects, found[key] = found.projects + 1, found[key] + 1
      for _, indicator in ipairs(project.indicators) do
        rows = rows + 1
        local why = indicator.missing
        if why then without[why] = (without[why] or 0) + 1 end
        unit.assertEquals(why == nil, indicator.rate ~= support.null)
      end
    end)
    unit.assertEquals({ rows, count(doc.totals.indicators) }, { #world.rows, #world.rows })
    for key, number in pairs(found) do
      local sum = 0
      for _, bureau in ipairs(doc.bureaus) do sum = sum + count(bureau[key]) end
      unit.assertEquals({ count(doc.totals[key]), sum }, { number, number }, key)
    end
    local reasons = {}
    for why, number in pairs(doc.missing) do reasons[why] = count(number) end
    unit.assertEquals(reasons, without)
  end)
end

-- What a document says of its units, by their names; the rows' places left out.
local function sayings(doc)
  local said = {}
  local function say(item, ...)
    local path = table.concat({ ... }, "/")
    unit.assertNil(said[path], path .. " twice")
    said[path] = ("%s %s %s %s"):format(item.rate and (item.rate.number or tostring(item.rate)),
      tostring(item.rate_printed), tostring(item.verdict), tostring(item.missing))
  end
  each_project(doc, function(project, department, bureau)
    if not said[bureau.name] then say(bureau, bureau.name) end
    if not said[bureau.name .. "/" .. department.name] then say(department, bureau.name, department.name) end
    say(project, bureau.name, department.name, project.name)
    for _, indicator in ipairs(project.indicators) do
      say(indicator, bureau.name, department.name, project.name, indicator.name)
    end
  end)
  return said
end

function TestProperties.test_order_of_rows_changes_nothing()
  each_world(function(world, chance)
    local before = sayings(document(world))
    for i = #world.rows, 2, -1 do
      local other = 1 + chance:below(i)
      world.rows[i], world.rows[other] = world.rows[other], world.rows[i]
    end
    unit.assertEquals(sayings(document(world)), before)
  end)
end

function TestProperties.test_overlay_of_nothing_changes_nothing()
  support.write(folder .. "/over.lua", 'return ruleset { base = "r.lua" }')
  each_world(function(world)
    local before = output(world, "--format json")
    unit.assertEquals((support.run(("run %s/over.lua --format json"):format(folder))), before)
  end)
end

function TestProperties.test_explain_agrees_with_run()
  each_world(function(world)
    local doc = document(world)
    local explained = support.json((support.run(("explain %s/r.lua --all --format json"):format(folder))))
    local found, wanted = {}, {}
    local function add(list, name, item)
      list[name] = { item.rate.number or "none", item.rate_printed ~= support.null and item.rate_printed or nil,
        item.verdict ~= support.null and item.verdict or nil, item.missing }
    end
    each_project(doc, function(project, department, bureau)
      add(wanted, bureau.name .. department.name .. project.name, project)
      for _, indicator in ipairs(project.indicators) do add(wanted, count(indicator.row), indicator) end
    end)
    for _, project in ipairs(explained.projects) do
      add(found, project.bureau .. project.department .. project.project, project)
      for _, indicator in ipairs(project.indicators) do add(found, count(indicator.row), indicator) end
    end
    unit.assertEquals(found, wanted)
  end)
end

-- The text of a decimal times a whole number.
local function scaled(text, factor)
  if not text:match("%d") then return text end
  local value = support.multiply(support.decimal(text), { factor, 1 })
  return fractions.print(value, 3, "down")
end

function TestProperties.test_the_same_factor_changes_nothing()
  each_world(function(world, chance)
    world.rules.cases = { { when = { columns = { polarity = "lower" } }, rate = MIRROR }, { rate = HIGHER } }
    local before = sayings(document(world))
    for _, row in ipairs(world.rows) do
      local factor = 2 + chance:below(500)
      row.target, row.actual = scaled(row.target, factor), scaled(row.actual, factor)
    end
    unit.assertEquals(sayings(document(world)), before)
  end)
end

-- Of one row; its project, department and bureau do not fall either, whatever their rates are made of.
function TestProperties.test_a_higher_actual_never_lowers_a_rate()
  each_world(function(world, chance)
    world.rules.cases = { { rate = HIGHER } }
    local rates = {}
    local function compare(item, ...)
      local path = table.concat({ ... }, "/")
      if not item.rate or item.rate == support.null then return end
      local rate, before = support.decimal(item.rate.number), rates[path]
      if before then unit.assertTrue(fractions.compare(before, rate) <= 0, path .. worlds.csv(world.rows)) end
      rates[path] = rate
    end
    local function visit(project, department, bureau)
      compare(bureau, bureau.name)
      compare(department, bureau.name, department.name)
      compare(project, bureau.name, department.name, project.name)
      for _, indicator in ipairs(project.indicators) do compare(indicator, count(indicator.row)) end
    end
    for _ = 1, 3 do
      each_project(document(world), visit)
      local row = chance:pick(world.rows)
      if row.actual:match("%d") then
        row.actual = fractions.print(support.add(support.decimal(row.actual), { 1 + chance:below(50), 10 }), 3, "down")
      end
    end
  end)
end

-- Written again in the order of the document: the same bytes.
local function again(text)
  local at, parts = 1, {}
  while at <= #text do
    local stop = text:find('"', at, true)
    parts[#parts + 1] = text:sub(at, (stop or #text + 1) - 1):gsub("%-?%d[%d.]*", function(digits)
      local value = support.decimal(digits)
      local places = #(digits:match("%.(%d+)$") or "")
      return fractions.print(value, places, "down")
    end)
    if not stop then break end
    local close = stop
    repeat close = text:find('"', close + 1, true) until text:sub(close - 1, close - 1) ~= "\\"
    local words = support.json(text:sub(stop, close))
    parts[#parts + 1] = '"' .. words:gsub('[\\"]', "\\%0") .. '"'
    at = close + 1
  end
  return table.concat(parts)
end

function TestProperties.test_json_out_and_in_again_is_the_same()
  each_world(function(world)
    local text = output(world, "--format json")
    support.json(text)
    unit.assertEquals(again(text), text)
  end)
end

function TestProperties.test_no_output_holds_a_strange_number()
  each_world(function(world)
    for _, format in ipairs({ "text", "markdown", "csv", "json" }) do
      local out = output(world, "--format " .. format):lower()
      for _, bad in ipairs({ "%f[%w]inf%f[%W]", "%f[%w]nan%f[%W]", "%f[%d-]%-0%f[^%d.]", "%f[%d-]%-0%.0+%f[^%d]",
        "%de[+-]?%d" }) do
        unit.assertNil(out:match(bad), format .. "\n" .. out)
      end
    end
  end)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
