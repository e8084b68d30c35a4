-- The examples of rules/README.md, run: whole rule files as they are, fragments put into the page's smallest rule file.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local page = support.read("rules/README.md")
local shipped = support.read("rules/2019.lua")

local sample = "id,bureau,department,project,indicator,unit,target,actual\n" ..
  "2025-001,가국,가과,나 사업,지표 1,건,50,45\n2025-007,가국,나보건과,다 사업,지표 2,회,20,19\n" ..
  "2025-008,가국,나보건과,다 사업,지표 3,점,0,0\n2025-009,가국,나보건과,다 사업,지표 4,등급,2,1\n"

-- The same for fragments about periods, and about revised targets.
local halves = "id,bureau,department,project,indicator,unit,period,target,actual\n" ..
  "1,가국,가과,나 사업,지표 1,건,상반기,50,45\n1,가국,가과,나 사업,지표 1,건,연말,100,90\n"
local revised = "bureau,department,project,indicator,unit,target,actual,revised_target,revised_on,revision_reason," ..
  "revision_evidence\n가국,가과,나 사업,지표 1,건,100,90,80,2025-10-31,사유,근거\n"

-- The blocks of Lua code, in order.
local blocks = {}
for block in page:gmatch("```lua\n(.-)```") do blocks[#blocks + 1] = block end
local smallest = blocks[1]

-- Entries of a table constructor that stand at the given indentation: name to text.
local function entries(text, indent)
  local found, order, name = {}, {}, nil
  for line in text:gmatch("[^\n]+") do
    local key = line:match("^" .. indent .. "(%a[%w_]*)%s*=")
    if key then
      name = key
      order[#order + 1] = key
      found[key] = ""
    end
    if name and line:find("^" .. indent) then found[name] = found[name] .. line .. "\n" end
  end
  return found, order
end

local function complete(fragment)
  local base, order = entries(smallest, "  ")
  local given, added = entries(fragment, "")
  for key, text in pairs(given) do
    if not base[key] then order[#order + 1] = key end
    base[key] = text
  end
  unit.assertTrue(#added > 0, fragment)
  local parts = {}
  for _, key in ipairs(order) do parts[#parts + 1] = base[key] end
  return "return ruleset {\n" .. table.concat(parts) .. "}\n"
end

local function sample_project()
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules " .. folder .. "/data")
  support.write(folder .. "/data/sample.csv", sample)
  return folder
end

-- A file's name is in its first line, "-- rules/2025.lua", where others build on it. A parameter that a fragment does
-- not use is no fault.
local function check(rules, folder)
  local name = rules:match("^%-%- (rules/[%w_]+%.lua)\n") or "rules/page.lua"
  support.write(folder .. "/" .. name, rules)
  local data = rules:find("\nperiod%s*=") and halves or rules:find("\ntargets%s*=") and revised or sample
  support.write(folder .. "/data/sample.csv", data)
  local _, err, status = support.run("check " .. name, { cd = folder })
  err = err:gsub("[^\n]*note%[unused%-param%][^\n]*\n[^\n]*\n[^\n]*\n", "")
  err = support.without_remarks(err):gsub("^%d notes? in", "no errors in")
  unit.assertEquals({ err, status }, { "no errors in 1 file\n", 0 }, rules)
end

TestRulesPage = {}

function TestRulesPage.test_examples()
  unit.assertTrue(#blocks > 8)
  local folder = sample_project()
  for _, block in ipairs(blocks) do
    if block:find("return tests") then
      support.write(folder .. "/rules/page.lua", smallest)
      support.write(folder .. "/rules/page.test.lua", block)
      local out, err, status = support.run("test rules/page.lua", { cd = folder })
      unit.assertEquals({ out:match("[^\n]*\n$"), err, status }, { "3 passed, 0 failed; cases: 3, files: 1\n", "", 0 })
    else
      check(block:find("return ruleset") and block or complete(block), folder)
    end
  end
end

-- What the page says of its overlay, after the merge.
function TestRulesPage.test_overlay()
  local folder = sample_project()
  for _, block in ipairs(blocks) do
    local name = block:match("^%-%- (rules/[%w_]+%.lua)\n")
    if name then support.write(folder .. "/" .. name, block) end
  end
  local out, err, status = support.run("rules rules/2026.lua --effective", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  local listed = {}
  for entry in out:gmatch("rules/%d+%.lua:%d+ +([^\n]+)") do listed[#listed + 1] = entry end
  unit.assertEquals(table.concat(listed, "\n"), [=[
title = "2026년 성과평가"
data = "../data/sample.csv"
params.cut = 75 %
params.top = 120 %
rate[1] = { name = "상한", when = when(field.actual / field.target * 100):above(param.top (= 120)), param.top (= 120) }
rate[2] = { name = "보통", field.actual / field.target * 100 }
project.missing = "leave_out"
project.rate = mean
verdict[1] = { "부진", at_most = param.cut (= 75), key = "sluggish" }
verdict[2] = { "정상", key = "normal" }
rounding.digits = 0
rounding.mode = "half_up"]=])
end

-- Every key, rounding mode, aggregate and missing reason of the page exists, and the other way round: the fault message
-- of each list of choices names what the page lists.
function TestRulesPage.test_choices()
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules " .. folder .. "/data")
  support.write(folder .. "/data/sample.csv", sample)
  local function message(from, to)
    local start, stop = smallest:find(from, 1, true)
    support.write(folder .. "/rules/page.lua", smallest:sub(1, start - 1) .. to .. smallest:sub(stop + 1))
    local _, err = support.run("check rules/page.lua", { cd = folder })
    return err
  end
  local modes = {}
  for mode in page:match("| mode |.-\n\n"):gmatch("\n| `([%w_]+)`") do modes[#modes + 1] = mode end
  unit.assertStrContains(message('"half_up"', '"nearest"'), "it can be " .. table.concat(modes, ", "))
  local keys = page:match("## 키 목록(.-)\n## ")
  for key in keys:gmatch("\n| `([%w_]+)`") do
    local text = message("  title", "  " .. key .. "x = 1,\n  title")
    unit.assertStrContains(text, key .. "x: unknown key")
    unit.assertStrContains(text, "did you mean " .. key .. "?")
  end
end

-- The rounding table of the page, row by row, through the engine.
function TestRulesPage.test_rounding_table()
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules " .. folder .. "/data")
  local head, body = page:match("\n| mode | 뜻 |([^\n]+)|\n[^\n]+\n(.-)\n\n")
  local values = {}
  for value in head:gmatch("[^| ]+") do values[#values + 1] = value end
  local lines = { "bureau,department,project,indicator,unit,target,actual" }
  for _, value in ipairs(values) do lines[#lines + 1] = "가,나,다,라,건,100," .. value end
  support.write(folder .. "/data/sample.csv", table.concat(lines, "\n") .. "\n")
  local count = 0
  for mode, cells in body:gmatch("| `([%w_]+)` |[^|]+|([^\n]+)") do
    local rules = smallest:gsub('digits = 1, mode = "half_up"', 'digits = 0, mode = "' .. mode .. '"')
    os.execute("mkdir -p " .. folder .. "/scripts; cp scripts/methods.lua " .. folder .. "/scripts")
  support.write(folder .. "/rules/page.lua", rules)
    local out = support.run("run rules/page.lua --format json", { cd = folder })
    local indicators = support.json(out).bureaus[1].departments[1].projects[1].indicators
    local at = 0
    for cell in cells:gmatch("[^| ]+") do
      at = at + 1
      unit.assertEquals(indicators[at].rate_printed, cell, mode .. " " .. values[at])
    end
    unit.assertEquals(at, #values)
    count = count + 1
  end
  unit.assertEquals(count, 7)
end

-- The message shown on the page is the one that the program prints.
function TestRulesPage.test_message()
  local shown = page:match("```text\n(rules/2019.-)```")
  local folder = support.folder()
  os.execute("mkdir -p " .. folder .. "/rules " .. folder .. "/data/2019")
  support.write(folder .. "/rules/2019.lua", (shipped:gsub("at_most = param", "at_mots = param")))
  support.write(folder .. "/data/2019/indicators.csv", support.read("data/2019/indicators.csv"))
  local _, err = support.run("run rules/2019.lua", { cd = folder })
  unit.assertEquals(err, shown)
end

-- The flips that the page shows stand in what the command prints.
function TestRulesPage.test_sweep()
  local shown = page:match("```text\n(  값.-)```")
  local out = support.run("sweep rules/2019.lua --param sluggish_at_most=70..90:5 --lang ko")
  unit.assertStrContains(out, shown)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
