-- Functions of rows in the fast way through a data file: the same bytes, messages and exit code for every number of
-- threads, and as the general way gives, also where a function fails, keeps something, or asks for more than cells;
-- translated or not.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local bench = (os.getenv("BUILD") or os.getenv("PWD") .. "/build") .. "/bench/"
local threads = { 1, 2, 8 }

local rules = [[
local methods = require("methods")
%s
return ruleset {
  title    = "t",
  data     = "data.csv",
  params   = { most = 120, half = 0.5 },
  rate     = { %s },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = mean, missing = "leave_out" },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]]

local share = "row.target and row.actual and row.target > 0 and row.actual / row.target * 100 or nil"

-- What stands before the rule table, and its cases.
local cases = {
  all_rows = { "", "{ function(row) return " .. share .. " end }" },
  some_rows = { "", '{ when = { unit = "톤" }, function(row) return ' .. share .. " end }, { methods.higher }" },
  two_functions = { "", '{ when = { unit = "톤" }, function(row) return row.target end },'
    .. '{ when = { direction = "down" }, function(row) return row.actual end }, { methods.higher }' },
  whole_numbers = { "", "{ function(row) return (math.tointeger(row.target) or 1) * 90071992547409931 end }" },
  texts = { "", '{ function(row) return row.unit == "톤" and #row.indicator or #row["사업"] end }' },
  texts_of_all_columns = { "",
    "{ function(row) return #row.bureau + #row.department + #row.project + #row.name end }" },
  own_columns = { "", '{ function(row) return row.direction == "down" and 70 or row["direction"] and 90 end }' },
  columns_that_few_rows_read = { "",
    "{ function(row) if row.target == 77 then return #row.unit end return row.actual end }" },
  a_column_that_is_not_there = { "", "{ function(row) return row.weight or 81 end }" },
  a_function_that_chooses = { "", '{ when = function(row) return row.unit == "톤" end, 85 }, { methods.higher }' },
  functions_that_choose_and_rate = { "local cut = 80", '{ when = all { function(row) return row.target ~= nil end,'
    .. ' { direction = "down" } }, function(row) return (2 - row.actual / row.target) * 100 end },'
    .. "{ when = function(row) return (row.actual or 0) > cut end,"
    .. "  function(row) return math.min(row.actual, 120) end },"
    .. "{ function(row) return row.target and math.floor(row.target / 3) % 7 * 15 end }" },
  chooses_by_numbers = { "", "{ when = function(row) return row.target end, 85 }, { methods.higher }" },
  chooses_and_fails = { "", "{ when = function(row) return row.target / 2 > 40 end, 85 }, { methods.higher }" },
  parameters = { "", "{ function(row) if not row.actual then return nil end"
    .. " return row.actual >= param.most and param.most or row.actual * param.half end }" },
  integers_and_floats = { "", "{ function(row) local a, t = row.actual or 0, row.target or 0"
    .. " if t == 0 then return 0 * -5 end"
    .. " return (a // t + a % t - (t - a)) * 0.25 end }" },
  fails_in_a_branch = { "", "{ function(row) if row.direction == 'down' then return row.unit + 1 end"
    .. " return row.actual and row.actual / 7 end }" },
  siblings = { "", "{ function(row) return #row.siblings * 40 end }" },
  raw = { "", '{ function(row) return #row:raw("target") * 20 end }' },
  record = { "", "{ function(row) return row.row % 100 end }" },
  as_printed = { "", '{ function(row) return #(row.actual_printed or "") * 20 end }' },
  nothing = { "", "{ function() return nil end }" },
  counting = { "local count = 0", "{ function() count = count + 1 return count % 100 end }" },
  keeping_a_row = { "local first", "{ function(row) first = first or row return first.actual end }" },
  keeping_before_an_error = { "local seen",
    "{ function(row) if not seen then seen = true return row.target + 1 end return 50 end }" },
  a_table = { "local seen = {}", "{ function(row) seen[row.unit] = true return #row.unit * 10 end }" },
  going_on_until_there_is_a_text = { "", "{ function(row) while not row.unit do end return #row.unit * 20 end }" },
  hiding_an_error = { "", "{ function(row) local good, rate = pcall(function() return row.target + 1 end)"
    .. " return good and rate or 12 end }" },
  failing = { "", "{ function(row) if row.target == 77 then error('77') end return row.actual end }" },
  failing_always = { "", "{ function(row) return row.target .. nil end }" },
  unknown_field = { "", "{ function(row) return row.targett end }" },
  a_text = { "", '{ function() return "80" end }' },
  a_flag = { "", "{ function(row) return row.target == 77 end }" },
  infinite = { "", "{ function(row) return row.actual and 1 / 0 end }" },
}

-- A line end behind the header makes a file that only the general way reads.
local function for_general_way(text)
  return (text:gsub("\n", "\n\n", 1))
end

local folder, data, general, shuffled

local function prepare()
  if folder then return end
  folder = support.folder()
  data, general, shuffled = folder .. "/data.csv", folder .. "/general.csv", folder .. "/shuffled.csv"
  os.execute(("mkdir %s/rules && %sgenerate 16000 --order grouped --missing 10 >%s"):format(folder, bench, data))
  support.write(general, for_general_way(support.read(data)))
  os.execute(("%sgenerate 6000 --order shuffled --missing 10 >%s"):format(bench, shuffled))
end

-- With plenty of time, unless the words say otherwise.
local function run(rule_file, words, path)
  local plenty = "--load-limit 600 --call-limit 600 --cpu-limit 600"
  local out, messages, status = support.run(("run %s --format csv %s %s --data %s"):format(rule_file, plenty, words,
    path))
  return { out, (messages:gsub(general:gsub("%p", "%%%0"), data)), status }
end

-- Lines of the rule file, which stand below messages.
local function without_excerpts(result)
  return { result[1], (result[2]:gsub("[^\n]*|[^\n]*\n", "")), result[3] }
end

TestFastFunctions = {}

for name, parts in pairs(cases) do
  TestFastFunctions["test_" .. name] = function()
    prepare()
    local rule_file = folder .. "/rules/" .. name .. ".lua"
    support.write(rule_file, rules:format(parts[1], parts[2]))
    local words = "--level " .. (name < "n" and "bureau" or "department")
    local wanted = run(rule_file, words .. " --no-translate", general)
    unit.assertEquals(run(rule_file, words, general), wanted)
    for _, count in ipairs({ 1, 8 }) do
      unit.assertEquals(run(rule_file, words .. " --threads " .. count, data), wanted, words .. " " .. count)
    end
    unit.assertEquals(run(rule_file, words .. " --threads 1 --no-translate", data), wanted)
    -- A function that does anything else with its row than look up fields gets an object, not a table of them.
    support.write(rule_file, rules:format(parts[1], (parts[2]:gsub("function%(row%)", "%0 local _ = row"))))
    local found = run(rule_file, words .. " --threads 1 --no-translate", data)
    unit.assertEquals(without_excerpts(found), without_excerpts(wanted))
  end
end

-- Which way rows go, and that rows which do not stand together go it too.
function TestFastFunctions.test_ways()
  prepare()
  local function stats(name, words, path)
    local rule_file = folder .. "/rules/" .. name .. ".lua"
    support.write(rule_file, rules:format(cases[name][1], cases[name][2]))
    local out, messages = support.run(("run %s --format csv --level bureau --stats %s --data %s")
      :format(rule_file, words, path))
    local lua, functions, translated = messages:match("Lua calls +(%d+)\ntranslated +(%d+) %(rows: (%d+)%)")
    return { tonumber(functions), tonumber(lua) + tonumber(translated) }, tonumber(translated), out
  end
  local one, rows = stats("all_rows", "--threads 1", data)
  unit.assertEquals({ one, rows }, { { 1, 16000 }, 16000 })
  local way, translated = stats("counting", "", data)
  unit.assertEquals({ way, translated }, { { 0, 16000 }, 0 })
  way, translated = stats("texts", "", data)
  unit.assertEquals({ way[2], translated < 16000 }, { 16000, true })
  local _, many, out = stats("functions_that_choose_and_rate", "--threads 1", shuffled)
  local _, none, plain = stats("functions_that_choose_and_rate", "--threads 1 --no-translate", shuffled)
  unit.assertEquals({ none, out, many > 0 }, { 0, plain, true })
  local _, slow, same = stats("functions_that_choose_and_rate", "--threads 1 --cpu plain", shuffled)
  unit.assertEquals({ slow, same }, { many, plain })
end

-- Worked by hand: rates 80 and 80.1 are as exact as the function gives them, and 0.1 + 0.2 is not 0.3.
function TestFastFunctions.test_cuts()
  prepare()
  local rule_file, path = folder .. "/rules/cuts.lua", folder .. "/cuts.csv"
  local function rows(project, actuals)
    local text = ""
    for _, actual in ipairs(actuals) do text = text .. ("b,d,%s,i,u,1,%s\n"):format(project, actual) end
    return text
  end
  support.write(rule_file, rules:format("", "{ function(row) return row.actual end }"))
  support.write(path, "bureau,department,project,indicator,unit,target,actual\n" .. rows("p", { 80 })
    .. rows("q", { 80.1, 79.9 }) .. rows("r", { 80.1, 80, 80 }) .. rows("s", { 79.3, 80.3, 80.4 })
    .. rows("t", { "", 81 }) .. rows("u", { "" }))
  for _, count in ipairs(threads) do
    unit.assertEquals(run(rule_file, "--level bureau --threads " .. count, path)[1],
      "bureau,projects,normal,sluggish,percent_normal\nb,6,2,3,33.33\n")
  end
end

-- A limit: what one function that never ends says does not depend on the way.
function TestFastFunctions.test_limit()
  prepare()
  local rule_file = folder .. "/rules/limit.lua"
  support.write(rule_file, rules:format("", "{ function(row) while row.target == 77 do end return 1 end }"))
  local little = "--level bureau --call-limit 0.1"
  local wanted = run(rule_file, little, general)
  unit.assertEquals({ wanted[1], wanted[3] }, { "", 4 })
  unit.assertStrContains(wanted[2], "error[cpu-limit]: the script used more than 0.1 s of computing time (--call-")
  for _, count in ipairs({ 1, 2 }) do
    unit.assertEquals(run(rule_file, little .. " --threads " .. count, data), wanted)
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
