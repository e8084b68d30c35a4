-- Tables of cases for rule files: the methods of scripts/methods.lua, operators, conditions, rollups at every level,
-- the examples. Each expected value was worked out by hand; the calculation stands beside it.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local LABELS = "bureau,department,project,indicator,unit"
local FRAME = [[
local methods = require("methods")
return ruleset {
  title = "t", data = "../data/none.csv",
  %s
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
]]
local BASE = { rate = "field.actual", rounding = '{ digits = 1, mode = "half_up" }',
  project = '{ rate = mean, missing = "leave_out" }' }

-- A rule file whose entries are those of BASE, with `changes` in their place.
local function rule_file(changes)
  local names, lines = {}, {}
  for name in pairs(BASE) do names[name] = true end
  for name in pairs(changes) do names[name] = true end
  for name in pairs(names) do lines[#lines + 1] = name .. " = " .. (changes[name] or BASE[name]) .. "," end
  table.sort(lines)
  return FRAME:format(table.concat(lines, "\n  "))
end

-- Runs rules over rows of CSV text through standard input; answers what the program printed.
local function run(changes, header, rows, format)
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules " .. folder .. "/scripts; cp scripts/methods.lua " .. folder .. "/scripts")
  support.write(folder .. "/rules/t.lua", rule_file(changes))
  support.write(folder .. "/in.csv", LABELS .. "," .. header .. "\n" .. table.concat(rows, "\n") .. "\n")
  local out, err, status = support.run("run rules/t.lua --format " .. (format or "csv") .. " --data -",
    { cd = folder, stdin = folder .. "/in.csv" })
  os.execute("rm -rf " .. folder)
  return out, err, status
end

-- Each row is a project of its own. Answers "rate" or its missing reason, row by row, and the records.
local function rates(changes, header, cells, unclean)
  local rows = {}
  for i, cell in ipairs(cells) do rows[i] = ("b,d,p%d,i,u,%s"):format(i, cell) end
  local out, err, status = run(changes, header, rows)
  if not unclean then unit.assertEquals({ err, status }, { "", 0 }, tostring(changes.rate)) end
  local found, records = {}, support.records(out)
  for i, record in ipairs(records) do found[i] = record.rate ~= "" and record.rate or record.missing end
  return found, records
end

-- One run for each formula: name = { columns, { cells, expected }, … }.
local function check_formulas(tables)
  for _, entry in ipairs(tables) do
    local formula, header = entry[1], entry[2]
    local cells = {}
    for i = 3, #entry do cells[#cells + 1] = entry[i][1] end
    local found = rates({ rate = formula }, header, cells)
    for i = 3, #entry do
      unit.assertEquals(found[i - 2], entry[i][2], formula .. " of " .. header .. " = " .. entry[i][1])
    end
  end
end

local T, TB, TR = "target,actual", "target,actual,base", "target,actual,lower_bound,upper_bound"

TestMethods = {}

-- formula, columns, then { cells, expected rate or reason } with the calculation
local methods = {
  { "methods.higher", T,
    { "752,231", "30.718085" },   -- 231/752 = 0.30718085…
    { "2500,2000", "80" },        -- 0.8
    { "100,0", "0" },
    { "100,-5", "-5" },
    { "-231,-31", "13.419913" },  -- 31/231 = 0.13419913…: printed in 2019, though without sense
    { "0,5", "zero_target" },
    { "0,0", "zero_target" },
    { ",5", "blank" },
    { "100,", "blank" },
    { "100,-", "not_applicable" } },
  { "methods.lower_ratio(100)", T,
    { "100,80", "125" },          -- 100/80
    { "100,100", "100" },
    { "100,125", "80" },          -- 100/125
    { "100,300", "33.333333" },
    { "100,0", "100" },           -- the choice
    { "0,0", "100" },
    { "0,5", "0" },               -- 0/5
    { "100,-50", "-200" },
    { ",0", "blank" },            -- no target: the choice does not hide it
    { "100,", "blank" },
    { ",", "blank" } },
  { 'methods.lower_ratio("missing")', T,
    { "100,0", "division_by_zero" },
    { "100,125", "80" } },
  { "methods.lower_ratio(200)", T, { "7,0", "200" } },
  { "methods.lower_mirror", T,
    { "100,80", "120" },          -- 2 - 0.8
    { "100,100", "100" },
    { "100,120", "80" },          -- 2 - 1.2
    { "100,0", "200" },
    { "100,200", "0" },
    { "100,250", "-50" },         -- 2 - 2.5
    { "0,5", "zero_target" },
    { "100,", "blank" },
    { "-,5", "not_applicable" } },
  { "methods.on_target(0)", T,
    { "200,230", "85" },          -- 30/200 = 15 %
    { "200,170", "85" },
    { "200,200", "100" },
    { "200,500", "-50" },         -- 300/200 = 150 %
    { "-200,-230", "85" },        -- (-230)/(-200) - 1 = 0.15
    { "0,5", "zero_target" },
    { "200,", "blank" } },
  { "methods.on_target(5)", T,
    { "90,94.5", "100" },         -- 4.5/90 = 5 %: within
    { "90,85.5", "100" },
    { "90,94.6", "94.888889" },   -- 4.6/90 = 5.1111… %
    { "90,94.500000000000000001", "95" }, -- 94.99999…, printed to six places: 95
    { "90,85.4", "94.888889" } },
  { "methods.range", TR,
    { "1,5,5,10", "100" },        -- both ends belong to the range
    { "1,10,5,10", "100" },
    { "1,7,5,10", "100" },
    { "1,4,5,10", "80" },         -- 4/5
    { "1,12,5,10", "80" },        -- 2 - 12/10
    { "1,30,5,10", "-100" },      -- 2 - 30/10
    { "1,12,5,", "100" },         -- no upper bound
    { "1,4,5,", "80" },
    { "1,1,,10", "100" },         -- no lower bound
    { "1,11,,10", "90" },
    { "1,7,,", "blank" },         -- no range at all
    { "1,,5,10", "blank" },
    { "1,,,10", "blank" },
    { "1,,5,", "blank" },
    { "1,,,", "blank" },
    { "1,-1,0,10", "division_by_zero" }, -- below a bound of 0: no share of it
    { "1,0,0,10", "100" },
    { "1,-12,-10,10", "80" },     -- (-12)/(-10) - 1 = 0.2
    { ",7,5,10", "100" } },       -- the target takes no part
  { "methods.improvement", TB,
    { "80,85,100", "75" },        -- (85-100)/(80-100) = 15/20: less is better
    { "60,58,50", "80" },         -- 8/10: more is better
    { "60,50,50", "0" },
    { "60,45,50", "-50" },        -- -5/10
    { "60,65,50", "150" },
    { "50,58,50", "division_by_zero" },
    { "0,5,20", "75" },           -- (5-20)/(0-20): a target of zero is one like others
    { "60,58,", "blank" },
    { ",58,50", "blank" } },
  { "methods.points_between", TR,
    { "1,85,70,90", "80" },       -- 20 + 80 x 15/20
    { "1,70,70,90", "20" },
    { "1,90,70,90", "100" },
    { "1,60,70,90", "20" },       -- 20 - 40, kept at 20
    { "1,99,70,90", "100" },
    { "1,4,8,3", "84" },          -- 20 + 80 x (-4)/(-5)
    { "1,9,8,3", "20" },
    { "1,85,90,90", "division_by_zero" },
    { "1,85,,90", "blank" },
    { "1,85,70,", "blank" } },
  { "methods.milestone { 20, 30, 50 }", T,
    { "3,0", "0" }, { "3,1", "20" }, { "3,2", "50" }, { "3,3", "100" },
    { "3,2.9", "50" },            -- two stages are reached
    { "3,4", "100" }, { "3,-1", "0" }, { "3,", "blank" }, { ",2", "50" } },
  { "methods.milestone { 33.3, 33.3, 33.4 }", T, { "3,2", "66.6" }, { "3,3", "100" } },
  { "methods.milestone { 100 }", T, { "1,1", "100" } },
  -- 2/3 is below 66.67 and above 66.66; a row of two bounds; the first that holds
  { "methods.point_table(methods.higher, { { at_least = 100, points = 5 },\z
     { above = 66.66, below = 66.67, points = 3.5 },\z
     { at_most = -10, points = -1 }, { points = 0 } })", T,
    { "100,130", "5" }, { "100,100", "5" }, { "100,99.9", "0" }, { "3,2", "3.5" }, { "100,66.67", "0" },
    { "100,66.66", "0" },
    { "100,0", "0" }, { "100,-10", "-1" }, { "100,-9.9", "0" }, { "0,5", "zero_target" }, { "100,", "blank" } },
  { "methods.yes_no", T,
    { "1,1", "100" }, { "1,0", "0" }, { "0,0", "100" }, { "1,2", "100" }, { "1,", "blank" }, { ",1", "blank" } },
  { 'methods.qualitative { column = "grade", { "우수", 100 }, { "보통", 80 }, { "미흡", 60 } }', T .. ",grade",
    { ",,우수", "100" }, { ",,보통", "80" }, { "1,9,미흡", "60" }, { "1,9,탁월", "no_case" }, { "1,9,", "no_case" } },
  { 'methods.cases { methods.qualitative { column = "등급", { "우수", 100 } }, { methods.higher } }', T .. ",grade",
    { ",,우수", "100" }, { "10,9,", "90" } },
  { "methods.capped(methods.higher, 120)", T,
    { "100,119", "119" }, { "100,120", "120" }, { "100,121", "120" }, { "100,", "blank" }, { "0,1", "zero_target" } },
  { "methods.floored(methods.lower_mirror, 0)", T,
    { "100,200", "0" }, { "100,201", "0" }, { "100,199", "1" }, { "100,", "blank" } },
  { "methods.zero_target.null(methods.lower_ratio(100))", T,
    { "0,0", "zero_target" }, { "0,5", "zero_target" }, { "100,125", "80" }, { "0,", "blank" } },
  { "methods.zero_target.zero(methods.higher)", T,
    { "0,5", "0" }, { "0,0", "0" }, { "10,9", "90" }, { "0,", "blank" }, { ",5", "blank" } },
  { "methods.zero_target.full(methods.higher)", T,
    { "0,5", "100" }, { "0.00,0", "100" }, { "10,9", "90" }, { "0,", "blank" }, { ",", "blank" },
    { "0,-", "not_applicable" } },
  { 'methods.zero_target.criterion(methods.higher, "higher")', T,
    { "0,5", "100" }, { "0,0", "100" }, { "0,-1", "0" }, { "10,9", "90" }, { "0,", "blank" } },
  { 'methods.zero_target.criterion(methods.lower_mirror, "lower")', T,
    { "0,0", "100" }, { "0,1", "0" }, { "0,-1", "100" }, { "20,22", "90" }, { "0,", "blank" } },
}

function TestMethods.test_methods() check_formulas(methods) end

-- Ratio and mirror differ: at target 100 and '80 or less', every actual from 120 on is sluggish by mirror, from 125 on
-- by ratio. 2 - 1.2 = 0.8 and 1/1.25 = 0.8 exactly: both ends belong to the sluggish side.
function TestMethods.test_ratio_and_mirror()
  local actuals = { "119.9999999999999999999", "120", "120.0000000000000000001", "122", "124.9999999999999999999",
    "125", "125.0000000000000000001" }
  local cells = {}
  for i, actual in ipairs(actuals) do cells[i] = "100," .. actual end
  local function verdicts(rate)
    local _, records = rates({ rate = rate }, T, cells)
    local found = {}
    for i, record in ipairs(records) do found[i] = record.verdict == "sluggish" and "s" or "n" end
    return table.concat(found)
  end
  unit.assertEquals(verdicts("methods.lower_mirror"), "nssssss")
  unit.assertEquals(verdicts("methods.lower_ratio(100)"), "nnnnnss")
end

-- What a wrong call says: at load, with the line of the rule file.
function TestMethods.test_wrong_calls()
  local wrong = {
    { "methods.milestone { 20, 30, 51 }", "101" },
    { "methods.milestone { 33, 33, 33 }", "99" },
    { "methods.milestone { }", "milestone { 20, 30, 50 }" },
    { 'methods.milestone { "100" }', "수여야" },
    { "methods.point_table(methods.higher)", "point_table(산식" },
    { "methods.point_table(methods.higher, { { points = 5 } })", "point_table(산식" },
    { "methods.point_table(methods.higher, { { at_least = 9 }, { points = 5 } })", "1째 줄" },
    { "methods.point_table(methods.higher, { { points = 9 }, { points = 5 } })", "뒷줄" },
    { "methods.point_table(methods.higher, { { at_least = 9, points = 9 }, { above = 1, points = 5 } })", "마지막 줄" },
    { "methods.point_table(methods.higher, { { at_mots = 9, points = 9 }, { points = 5 } })", "at_mots" },
    { "methods.lower_ratio()", "lower_ratio(100)" },
    { "methods.on_target()", "on_target(5)" },
    { "methods.capped(methods.higher)", "capped(산식, 120)" },
    { "methods.floored(methods.higher)", "floored(산식, 0)" },
    { "methods.zero_target.criterion(methods.higher)", "criterion(산식" },
    { 'methods.qualitative { { "우수", 100 } }', "qualitative {" },
    { 'methods.qualitative { column = "grade", { "우수" } }', "qualitative {" },
    { "methods.highest", "has no field 'highest', did you mean 'higher'?" },
    { "methods.none_of_these", "rate is missing" },
  }
  for _, case in ipairs(wrong) do
    local out, err, status = run({ rate = case[1] }, T, { "b,d,p,i,u,1,1" })
    unit.assertEquals({ out, status }, { "", 2 }, case[1])
    unit.assertStrContains(err, "rules/t.lua:", case[1])
    unit.assertStrContains(err, case[2])
  end
end

TestOperators = {}

local operators = {
  { "min(field.actual, field.target, 50)", T,
    { "70,60", "50" }, { "40,60", "40" }, { "70,30", "30" }, { "-1,-2", "-2" }, { ",60", "blank" },
    { "70,-", "not_applicable" } },
  { "max(field.actual, field.target, 50)", T, { "70,60", "70" }, { "40,45", "50" }, { "-1,", "blank" } },
  { "min(field.actual)", T, { "1,7", "7" } },
  { "max(1 / 3, field.actual) * 3", T, { "1,0", "1" }, { "1,0.34", "1.02" } }, -- 1/3 stays exact
  { "abs(field.actual)", T, { "1,-3.5", "3.5" }, { "1,3.5", "3.5" }, { "1,0", "0" }, { "1,", "blank" } },
  { "clamp(field.actual, 20, 100)", T,
    { "1,19.99", "20" }, { "1,20", "20" }, { "1,60", "60" }, { "1,100", "100" }, { "1,100.01", "100" },
    { "1,", "blank" } },
  { "clamp(field.actual, 100, 20)", T, { "1,60", "20" } }, -- the highest counts last
  { "field.actual ^ 0", T, { "1,5", "1" }, { "1,0", "1" }, { "1,", "blank" } },
  { "field.actual ^ 3", T, { "1,-2", "-8" }, { "1,0.1", "0.001" } },
  -- 2^64 = 18446744073709551616
  { "field.actual ^ 64", T, { "1,2", "18446744073709551616" }, { "1,-1", "1" } },
  { "field.actual ^ 62 - 4611686018427387903", T, { "1,2", "1" } },
  { "(field.actual / 3) ^ 2 * 9", T, { "1,2", "4" } },
  { "-field.actual", T, { "1,2", "-2" }, { "1,", "blank" } },
  { "if_missing(field.actual, 7)", T, { "1,3", "3" }, { "1,", "7" }, { "1,-", "7" }, { "1,0", "0" } },
  { "if_missing(field.actual / field.target, 0.5) * 100", T, { "0,3", "50" }, { "4,3", "75" } },
  { "if_missing(field.actual, field.target)", T, { ",", "blank" }, { "-,", "not_applicable" } }, -- the second reason
  { "if_missing(field.nobody, 5)", T .. ",nobody", { "1,1,", "5" }, { "1,1,6", "6" } },
  { "choose(when(field.actual):missing(), 1, 0)", T, { "1,", "1" }, { "1,-", "1" }, { "1,0", "0" } },
  { "choose(when(field.actual / field.target):missing(), 1, 0)", T, { "0,1", "1" }, { "1,1", "0" } },
  -- a choice takes over the reason of its condition; the value not chosen does not matter
  { "choose(when(field.actual):above(0), 1 / field.target, 9)", T,
    { "0,1", "zero_target" }, { "0,0", "9" }, { "0,", "blank" } },
  { "choose(when(field.actual):above(0), field.target, 9)", T, { ",1", "blank" }, { ",0", "9" } },
}

for name, holds in pairs({ at_most = "110", below = "100", at_least = "011", above = "001", equals = "010" }) do
  local entry = { ("choose(when(field.actual):%s(field.target), 1, 0)"):format(name), T }
  for i, actual in ipairs({ "79.9999999999999999999", "80.0", "80.0000000000000000001" }) do
    entry[#entry + 1] = { "80," .. actual, holds:sub(i, i) }
  end
  entry[#entry + 1] = { "80,", "blank" } -- a missing operand: the comparison is missing too
  entry[#entry + 1] = { ",80", "blank" }
  entry[#entry + 1] = { "-,", "blank" } -- actual is read first
  operators[#operators + 1] = entry
  -- 1/3 x 3 is exactly 1
  operators[#operators + 1] = { ("choose(when(field.actual / field.target * 3):%s(1), 1, 0)"):format(name), T,
    { "3,1", holds:sub(2, 2) } }
end

function TestOperators.test_operators() check_formulas(operators) end

-- Three answers: yes, no, missing. `?` stands for a comparison with a blank cell.
function TestOperators.test_conditions()
  local yes, no, open = "when(1):equals(1)", "when(1):equals(2)", "when(field.actual):equals(1)"
  local words = { y = yes, n = no, ["?"] = open }
  local truth = {
    { "all", "y", "1" }, { "all", "n", "0" }, { "all", "?", "blank" }, { "all", "yy", "1" }, { "all", "yn", "0" },
    { "all", "y?", "blank" }, { "all", "?y", "blank" }, { "all", "?n", "0" }, { "all", "n?", "0" },
    { "all", "??", "blank" },
    { "any", "y", "1" }, { "any", "n", "0" }, { "any", "?", "blank" }, { "any", "nn", "0" }, { "any", "ny", "1" },
    { "any", "n?", "blank" }, { "any", "?n", "blank" }, { "any", "?y", "1" }, { "any", "y?", "1" },
    { "any", "??", "blank" },
    { "no", "y", "0" }, { "no", "n", "1" }, { "no", "?", "blank" },
  }
  for _, case in ipairs(truth) do
    local parts = {}
    for letter in case[2]:gmatch(".") do parts[#parts + 1] = words[letter] end
    local formula = ("choose(%s(%s), 1, 0)"):format(case[1], table.concat(parts, ", "))
    unit.assertEquals(rates({ rate = formula }, T, { "1," }), { case[3] }, formula)
  end
  -- a list in braces is the same
  unit.assertEquals(rates({ rate = ("choose(all { %s, %s }, 1, 0)"):format(yes, no) }, T, { "1," }), { "0" })
end

-- Every mode of rounding, at ties and beside them; the digits of each mode are those of rules/README.md.
function TestOperators.test_round()
  local values = { "2.5", "-2.5", "3.5", "2.4", "2.6", "-2.4", "-2.6", "2", "2.49999999999999999999",
    "2.50000000000000000001" }
  local modes = {
    half_up = { "3", "-3", "4", "2", "3", "-2", "-3", "2", "2", "3" },
    half_even = { "2", "-2", "4", "2", "3", "-2", "-3", "2", "2", "3" },
    half_down = { "2", "-2", "3", "2", "3", "-2", "-3", "2", "2", "3" },
    up = { "3", "-3", "4", "3", "3", "-3", "-3", "2", "3", "3" },
    down = { "2", "-2", "3", "2", "2", "-2", "-2", "2", "2", "2" },
    ceiling = { "3", "-2", "4", "3", "3", "-2", "-2", "2", "3", "3" },
    floor = { "2", "-3", "3", "2", "2", "-3", "-3", "2", "2", "2" },
  }
  local cells = {}
  for i, value in ipairs(values) do cells[i] = "1," .. value end
  for mode, wanted in pairs(modes) do
    unit.assertEquals(rates({ rate = ('round(field.actual, 0, "%s")'):format(mode) }, T, cells), wanted, mode)
  end
  -- 66.6666… to two places; 0.125 is a tie at two places; a rounded rate is what the verdict sees
  unit.assertEquals(rates({ rate = 'round(field.actual / field.target * 100, 2, "half_up")' }, T,
    { "3,2", "1000,1.25", "1,", "100,80.004", "100,80.005" }), { "66.67", "0.13", "blank", "80", "80.01" })
  unit.assertEquals(rates({ rate = 'round(field.actual, 12, "half_up")' }, T, { "1,5" }), { "5" })
  local _, records = rates({ rate = 'round(field.actual, 0, "half_up")' }, T, { "1,80.4", "1,80.5" })
  unit.assertEquals({ records[1].verdict, records[2].verdict }, { "sluggish", "normal" })
end

-- Decisions next to a cut are exact: verdicts at 80 of values that doubles cannot tell apart.
function TestOperators.test_exact_at_the_cut()
  local tiny = "0.00000000000000000000000000000000000001"
  local cases = {
    { "field.actual / 3 * 3", "80", "s" }, { "field.actual / 3 * 3", "80" .. tiny:sub(2), "n" },
    { "max(field.actual, 0)", "80" .. tiny:sub(2), "n" }, { "min(field.actual, 80)", "81", "s" },
    { "abs(80 - field.actual) + 80", tiny, "n" }, { "abs(80 - field.actual)", "160", "s" },
    { "(1 + field.actual) ^ 10 + 79", tiny, "n" }, { "(1 + field.actual) ^ 10 + 79", "0", "s" },
    { "clamp(field.actual, 0, 80)", "99", "s" },
    { "choose(when(field.actual):above(1), 81, 80)", "1" .. tiny:sub(2), "n" },
    { "choose(when(field.actual):above(1), 81, 80)", "1", "s" },
    { 'round(field.actual, 0, "ceiling")', "80" .. tiny:sub(2), "n" },
  }
  for _, case in ipairs(cases) do
    local _, records = rates({ rate = case[1] }, T, { "1," .. case[2] })
    unit.assertEquals(records[1].verdict:sub(1, 1), case[3], case[1] .. " at " .. case[2])
  end
end

-- What a formula does not take.
function TestOperators.test_refused()
  local refused = {
    { "choose(1, 2, 3)", "choose begins with a condition" },
    { "when(field.actual)", "" },
    { "when(field.actual):at_most(80)", "" },
    { "when(field.actual):at_most(80) + 1", "a condition is no number" },
    { "all(when(1):equals(1))", "" },
    { "min()", "min takes 1 to 32 numbers" },
    { "mean(1, 2)", "mean is a word" },
    { "min(field.actual, \"1\")", "not with text" },
    { "abs(1, 2)", "abs(number)" },
    { "clamp(1, 2)", "clamp(number, lowest, highest)" },
    { "round(field.actual, 13, \"half_up\")", "0 to 12 digits" },
    { "round(field.actual, 1.5, \"half_up\")", "0 to 12 digits" },
    { "round(field.actual, 1, \"nearest\")", "round takes a mode" },
    { "round(field.actual, 1)", "round(number, digits" },
    { "if_missing(field.actual)", "if_missing(number, instead)" },
    { "field.actual ^ 65", "" },
    { "field.actual ^ -1", "" },
    { "field.actual ^ 0.5", "" },
    { "field.actual ^ field.target", "" },
    { "((field.actual ^ 64) ^ 64)", "formula-too-large", 4 },
    { "choose(all { unit = \"u\" }, 1, 2)", "" },
    { "when(field.actual).at_most(80)", "with a colon" },
  }
  for _, case in ipairs(refused) do
    local out, err, status = run({ rate = case[1] }, T, { "b,d,p,i,u,1,1" })
    unit.assertEquals({ out, status }, { "", case[3] or 2 }, case[1] .. "\n" .. err)
    unit.assertStrContains(err, case[2])
  end
end

TestRollups = {}

-- Messages without those about rules that do not say what a child without a rate does.
local function declared(messages)
  return (messages:gsub("[^\n]*warning%[missing%-undeclared%][^\n]*\n[^\n]*\n[^\n]*\n", ""))
end

-- Rates of the projects of one run: { name = rate or "" }.
local function project_rates(changes, header, rows)
  local out, err, status = run(changes, header, rows)
  unit.assertEquals({ declared(err), status }, { "", 0 }, changes.project)
  local found = {}
  for _, record in ipairs(support.records(out)) do found[record.project] = record.project_rate end
  return found
end

local ONE = "target,actual,weight" -- the rate is actual

-- project entry, then { rows "actual/weight", expected project rate }
local rollups = {
  { "{ rate = mean }", { "70 80 90", "80" }, { "70 . 90", "80" }, { ". .", "" }, { "66 67", "66.5" } },
  { "{ rate = min }", { "70 80 90", "70" }, { "-5 . 3", "-5" } },
  { "{ rate = max }", { "70 80 90", "90" } },
  { "{ rate = median }", { "10 90 30", "30" }, { "10 90 30 40", "35" }, { "7", "7" }, { "10 . 30", "20" } },
  -- a share of n values, rounded down, goes at each end
  { "{ rate = trimmed(0.2) }",
    { "10 90 95 100 400", "95" },         -- 1 of 5 at each end: (90 + 95 + 100)/3
    { "10 20 30 40", "25" },              -- 0.8 of 4: none
    { "400 1 2 3 4 5 6 7 8 0", "4.5" } }, -- 2 of 10: 2 to 7, 27/6
  { "{ rate = trimmed(0) }", { "1 2 6", "3" } },
  { "{ rate = trimmed(0.49) }", { "1 2 9", "2" }, { "1 2", "1.5" }, { "5", "5" } },
  { "{ rate = trimmed(0.1) }", { "0 10 20 30 40 50 60 70 80 900", "45" } }, -- 1 of 10: (10 + … + 80)/8
  { '{ rate = weighted_mean("weight"), weights = "normalised" }',
    { "70/3 90/1", "75" },                -- (210 + 90)/4
    { "70/0 90/1", "90" }, { "70/0.5 90/0.25", "76.666667" }, -- 57.5/0.75
    { "./3 90/1", "90" },                 -- left out, its weight too
    { "./. 90/1", "90" },
    { "70/. 90/1", "" }, { "70/0 90/0", "" } },
  { '{ rate = weighted_mean("가중치"), weights = 100 }',
    { "70/60 88/40", "77.2" },            -- 42 + 35.2
    { "./60 88/40", "88" } },             -- the sum is that of all rows; the mean that of those there are
  { '{ rate = weighted_mean("weight"), weights = "normalised", missing = "zero" }',
    { "./3 80/1", "20" }, { "./. 80/1", "" } },
  { '{ rate = mean, missing = "zero" }', { "90 .", "45" }, { ". .", "0" } },
  { '{ rate = mean, missing = "missing" }', { "90 .", "" }, { "90 70", "80" } },
  { '{ rate = min, missing = "zero" }', { "90 .", "0" } },
  { '{ rate = median, missing = "missing" }', { ". 90", "" } },
  { '{ rate = mean, missing = "leave_out" }', { "90 .", "90" } },
}

function TestRollups.test_projects()
  for _, entry in ipairs(rollups) do
    local rows, wanted = {}, {}
    for i = 2, #entry do
      for cell in entry[i][1]:gmatch("%S+") do
        local actual, weight = cell:match("^([^/]*)/?(.*)$")
        rows[#rows + 1] = ("b,d,p%d,i,u,1,%s,%s"):format(i, (actual:gsub("^%.$", "")), (weight:gsub("^%.$", "")))
      end
      wanted["p" .. i] = entry[i][2]
    end
    unit.assertEquals(project_rates({ project = entry[1] }, ONE, rows), wanted, entry[1])
  end
end

-- Sum of actuals / sum of targets: (810 + 10)/(900 + 100) = 82, the mean of 90 and 10 is 50.
function TestRollups.test_pooled()
  local pooled = { rate = "methods.higher", project = "{ rate = pooled }" }
  local rows = { "b,d,p,i,면,900,810", "b,d,p,j,면,100,10", "b,d,q,i,명,10,", "b,d,q,j,명,10,5", "b,d,r,i,회,0,3" }
  -- q: the row without a rate is left out, 5/10; r: no rate at all
  unit.assertEquals(project_rates(pooled, T, rows), { p = "82", q = "50", r = "" })
  pooled.project = '{ rate = pooled, missing = "zero" }'
  -- q: its target counts, its actual is 0: 5/20; r: 3/0
  unit.assertEquals(project_rates(pooled, T, rows), { p = "82", q = "25", r = "" })
  pooled.project = '{ rate = pooled, missing = "missing" }'
  unit.assertEquals(project_rates(pooled, T, rows), { p = "82", q = "", r = "" })
  local _, err, status = run(pooled, T, { "b,d,p,i,면,900,810", "b,d,p,j,대,100,10" })
  unit.assertEquals(status, 2, err)
  unit.assertStrContains(err, "error[pooled-units]: a pooled rate of p would add up 면 and 대")
end

function TestRollups.test_wrong_weights()
  local hundred = { project = '{ rate = weighted_mean("weight"), weights = 100 }' }
  local wrong = {
    { { "b,d,p,i,u,1,5,60", "b,d,p,j,u,1,5,30" }, "of p add up to 90, not 100" },
    { { "b,d,p,i,u,1,5,60", "b,d,p,j,u,1,5,40.000000001" }, "not 100" },
    { { "b,d,p,i,u,1,5,100", "b,d,q,j,u,1,5," }, "of q add up to 0, not 100" },
  }
  for _, case in ipairs(wrong) do
    local _, err, status = run(hundred, ONE, case[1])
    unit.assertEquals(status, 3, err)
    unit.assertStrContains(err, "error[weight-sum]: the weights of ")
    unit.assertStrContains(err, case[2])
  end
end

-- Faults of the entries of a level.
function TestRollups.test_refused()
  local refused = {
    { { project = "{ rate = weighted_mean(\"weight\") }" }, "project.weights" },
    { { project = "{ rate = weighted_mean(\"weight\"), weights = \"any\" }" }, "\"normalised\", 100" },
    { { project = "{ rate = weighted_mean(weight) }" }, "" },
    { { project = "{ rate = weighted_mean }" }, "" },
    { { project = "{ rate = weighted_mean(\"unit\"), weights = 100 }" }, "text-field" },
    { { project = "{ rate = trimmed(0.5) }" }, "at least 0 and below 0.5" },
    { { project = "{ rate = trimmed(-0.1) }" }, "at least 0 and below 0.5" },
    { { project = "{ rate = trimmed }" }, "" },
    { { project = "{ rate = field.actual }" }, "project.rate" },
    { { project = "{ rate = mean, missing = \"skip\" }" }, "leave_out, zero, missing" },
    { { department = "{ rate = pooled }" }, "department.rate" },
    { { bureau = "{ rate = weighted_mean(\"weight\"), weights = 100 }" }, "bureau.rate" },
    { { bureau = "{ missing = \"zero\" }" }, "bureau.rate" },
  }
  for _, case in ipairs(refused) do
    local out, err, status = run(case[1], ONE, { "b,d,p,i,u,1,1,100" })
    unit.assertEquals({ out, status }, { "", 2 }, err)
    unit.assertStrContains(err, case[2])
  end
end

-- Bureau 가: department 나 with projects 40, 60 and one without a rate, department 다 with one project without a rate,
-- department 라 with a project of 90. Policies of department and bureau, rates of 나, 다, 라 and 가.
local LEVELS = { "가,나,p1,i,u,1,40", "가,나,p2,i,u,1,60", "가,나,p3,i,u,1,", "가,다,p4,i,u,1,", "가,라,p5,i,u,1,90" }
local levels = {
  { "{ rate = mean }", "{ rate = mean }", "50 no_values 90", "70" },                          -- (50 + 90)/2
  { '{ rate = mean, missing = "zero" }', "{ rate = mean }", "33.333333 0 90", "41.111111" },  -- (100/3 + 0 + 90)/3
  { '{ rate = mean, missing = "missing" }', "{ rate = mean }", "missing_below missing_below 90", "90" },
  { '{ rate = mean, missing = "missing" }', '{ rate = mean, missing = "zero" }', "missing_below missing_below 90",
    "30" },
  { "{ rate = max }", '{ rate = min, missing = "missing" }', "60 no_values 90", "missing_below" },
  { "{ rate = min }", '{ rate = max, missing = "zero" }', "40 no_values 90", "90" },
  { "{ rate = mean }", '{ rate = median, missing = "zero" }', "50 no_values 90", "50" },      -- 0 50 90
  { "{ rate = mean }", "{ rate = trimmed(0.4) }", "50 no_values 90", "70" },                  -- 0.8 of 2: none
}

local function level_rate(object)
  if object.rate == support.null then return object.missing end
  return object.rate.number
end

function TestRollups.test_levels()
  for _, case in ipairs(levels) do
    local out, err, status = run({ department = case[1], bureau = case[2] }, T, LEVELS, "json")
    unit.assertEquals({ declared(err), status }, { "", 0 })
    local bureau = support.json(out).bureaus[1]
    local found = {}
    for i, department in ipairs(bureau.departments) do found[i] = level_rate(department) end
    unit.assertEquals({ table.concat(found, " "), level_rate(bureau) }, { case[3], case[4] }, case[1] .. case[2])
  end
end

-- Without entries for them, departments and bureaus have no rate; a bureau alone needs rates of departments.
function TestRollups.test_levels_that_have_none()
  local out = run({}, T, LEVELS, "json")
  local bureau = support.json(out).bureaus[1]
  unit.assertNil(bureau.rate)
  unit.assertNil(bureau.departments[1].rate)
  out = run({ department = "{ rate = mean }" }, T, LEVELS, "json")
  bureau = support.json(out).bureaus[1]
  unit.assertNil(bureau.rate)
  unit.assertEquals(bureau.departments[1].rate.number, "50")
end

-- Functions: department 나 has projects 40, 60 and one without a rate, 다 one without, 라 one of 90.
local functions = {
  { "function(children) return #children end", "3 1 1", "" },
  -- the best and the worst; nil where there is none: (40 + 60)/2, nil, (90 + 90)/2
  { "function(children) local low, high for _, c in ipairs(children) do if c.rate then " ..
    "low = math.min(low or c.rate, c.rate) high = math.max(high or c.rate, c.rate) end end " ..
    "return low and (low + high) / 2 end", "50 declared 90", "" },
  { "function(children) return children[1].rate + 0.1 end", "40.1 function_failed 90.1",
    "department 다 (from data row 4)" },
  { "function(children) local sum = 0 for _, c in ipairs(children) do " ..
    "sum = sum + (c.verdict == \"normal\" and 1 or 0) end return sum end", "0 0 1", "" },
  { "function(children) return children[#children].missing == \"no_values\" and 7 or 8 end", "7 7 8", "" },
  { "function(children) children[1] = nil end", "function_failed function_failed function_failed", "read-only" },
  { "function(children) return children[1].indicators[1].rate end", "40 declared 90", "" },
  { "function(children) return children[1].rates end", "function_failed function_failed function_failed", "rate'" },
  { "function(children) return true end", "function_failed function_failed function_failed", "true or false" },
}

function TestRollups.test_functions()
  for _, case in ipairs(functions) do
    local out, err, status = run({ department = "{ rate = " .. case[1] .. " }" }, T, LEVELS, "json")
    local found = {}
    for i, department in ipairs(support.json(out).bureaus[1].departments) do found[i] = level_rate(department) end
    unit.assertEquals({ table.concat(found, " "), status }, { case[2], case[3] == "" and 0 or 1 }, case[1] .. err)
    unit.assertStrContains(err, case[3])
  end
end

-- A project's function sees its indicators with their rates; the error names the line of the function.
function TestRollups.test_function_of_a_project()
  local rows = { "b,d,p,i,u,4,1", "b,d,p,j,u,4,", "b,d,q,i,u,4,3" }
  local out, err, status = run({ rate = "methods.higher", project = "{ rate = function(children)\n" ..
    "if children[2] and children[2].missing == 'blank' then error('no ' .. children[2].indicator) end\n" ..
    "return children[1].rate * 0.1 end }" }, T, rows)
  local records = support.records(out)
  unit.assertEquals({ records[1].project_rate, records[3].project_rate, status }, { "", "7.5", 1 })
  unit.assertStrContains(err, "rules/t.lua:5:1: error[unit-failed]: project p (from data row 1): no j")
end

-- What the rules leave open is said, and what becomes of it.
function TestRollups.test_undeclared()
  local _, err, status = run({ project = "{ rate = mean }" }, T, { "b,d,p,i,u,1,1", "b,d,p,j,u,1,", "b,d,q,j,u,1,-" })
  unit.assertEquals(status, 0)
  unit.assertStrContains(err, "project: indicators without a rate: 2; they are left out")
  unit.assertStrContains(err, 'declare missing = "leave_out", "zero" or "missing"')
end

-- Weights by name: the nearest spelling of a name that nothing has.
function TestRollups.test_names_of_weights()
  local rows = { "b,d,도로 정비,i,u,1,50", "b,d,공원 조성,i,u,1,90" }
  local out = run({ department = '{ rate = weighted_mean { ["도로 정비"] = 75, ["공원 조성"] = 25 }, weights = 100 }' }, T,
    rows, "json")
  unit.assertEquals(level_rate(support.json(out).bureaus[1].departments[1]), "60") -- (50 x 75 + 90 x 25)/100
  local _, err, status = run({ department = '{ rate = weighted_mean { ["도로 정비"] = 75, ["공원조성"] = 25 }, ' ..
    'weights = "normalised" }' }, T, rows)
  unit.assertEquals(status, 2)
  unit.assertStrContains(err, "error[weight-name]: department")
  unit.assertStrContains(err, "did you mean 공원 조성?")
end

-- Departments and bureau of rules/examples/count_share.lua: 1 of 2 and 0 of 1 projects are normal, in all 1 of 3; of
-- by_name.lua: 70 x 0.6 + 90 x 0.4 = 78, 100 x 0.7 + 60 x 0.3 = 88, 78 x 0.25 + 88 x 0.75 = 85.5.
function TestRollups.test_examples_of_levels()
  for name, wanted in pairs({ count_share = "50 0 33.333333", by_name = "78 88 85.5" }) do
    local bureau = support.json((support.run("run rules/examples/" .. name .. ".lua --format json"))).bureaus[1]
    local found = { level_rate(bureau.departments[1]), level_rate(bureau.departments[2]), level_rate(bureau) }
    unit.assertEquals(table.concat(found, " "), wanted, name)
  end
end

TestSelectors = {}

local ROWS = { "100,80,a,", "100,90,a,2", "0,5,b,2", ",7,b,", "100,,c,1" } -- target, actual, kind, mark

-- when, and the rows it takes
local selectors = {
  { "when(field.actual):at_least(80)", "12" },
  { "when(field.actual / field.target):at_least(0.9)", "2" }, -- rows 3, 4, 5: missing, not taken
  { "when(field.actual):missing()", "5" },
  { "no(when(field.actual):missing())", "1234" },
  { "no(when(field.actual):at_least(80))", "345" },            -- what the part does not take, blank cells too
  { "all { { kind = \"a\" }, when(field.actual):above(80) }", "2" },
  { "all({ kind = \"a\" }, { mark = 2 })", "2" },
  { "any { { kind = \"c\" }, when(field.target):equals(0) }", "35" },
  { "any({ kind = { \"a\", \"c\" } }, { mark = 2 })", "1235" },
  { "no { kind = \"a\" }", "345" },
  { "no { mark = { at_least = 2 } }", "145" },
  { "no(any { { kind = \"a\" }, when(field.actual):missing() })", "34" },
  { "all { no { kind = \"b\" }, any { when(field.actual):missing(), { mark = 2 } } }", "25" },
  { "function(i) return i.actual == 90 end", "2" },
  { "no(function(i) return i.kind == \"a\" end)", "345" },
  -- not asked for row 5, whose actual is nil
  { "all { { kind = \"a\" }, function(i) return i.actual > 80 end }", "2" },
  { "any { when(field.actual):missing(), function(i) return i.actual < 10 end }", "345" },
  { "all(when(field.actual):at_least(0), when(field.target):at_least(0))", "123" },
  { "any(when(field.actual):at_least(0), when(field.target):at_least(0))", "12345" },
  { "all(function(i) return i.kind ~= \"c\" end, function(i) return i.mark ~= nil end)", "23" },
}

function TestSelectors.test_rows()
  for _, case in ipairs(selectors) do
    local found = rates({ rate = "{ { when = " .. case[1] .. ", 1 }, { 0 } }" }, T .. ",kind,mark", ROWS)
    local rows = {}
    for i, rate in ipairs(found) do rows[#rows + 1] = rate == "1" and tostring(i) or "" end
    unit.assertEquals(table.concat(rows), case[2], case[1])
  end
end

-- A function that fails inside all, any or no leaves its row without a rate, whatever the parts behind it say.
function TestSelectors.test_failures()
  for _, when in ipairs({
    "no(function(i) return i.actual > 80 end)",
    "any { function(i) return i.actual > 80 end, { kind = \"c\" } }",
    "all { { kind = \"c\" }, function(i) return i.actual > 80 end }",
  }) do
    local found = rates({ rate = "{ { when = " .. when .. ", 1 }, { 0 } }" }, T .. ",kind,mark", ROWS, true)
    unit.assertEquals(found[5], "function_failed", when)
  end
end

TestExamples = {}

-- Every file of rules/examples: no error, no note, and the rates and verdicts that follow by hand.
local examples = {
  any_indicator = "120 49 120 50 80 blank | 84.5s 85n 80s", -- 49 is below 50, 50 is not
  bench = "90 80 80 | 85n 80s",               -- (90 + 80)/2; 2 - 1.2
  capped = "90 120 80 zero_target | 105n 80s -",
  grades = "95 94.9 85 84.9 | 95s 94.9a 85b 84.9c",
  halves = "78 94 | 78s 94n",                  -- 36 + 42; (20 + 27)/50
  higher = "90 150 80 zero_target | 120n 80s -",
  -- amber by tolerance (90) or above last year from 70 on; the same as last year, none last year: no improvement
  improved = "85 85 70 69.9 90 75 72 85 85 blank 100 | 85a 85s 70a 69.9s 90a 75a 72a 85s 85s - 100g",
  improvement = "75 80 | 75s 80s",
  indicator_bands = "120 100 99.9 0 -5 blank blank | 110n 49.95s -5s -", -- (120 + 100)/2, 99.9/2
  levels = "100 90 75 94.9 blank | 100n 90n 75s 94.9n -",
  lower_mirror = "80 75 200 0 | 80s 75s 200n 0s",
  lower_ratio = "83.333333 80 100 40 | 83.333333n 80s 100n 40s",
  milestone = "50 100 | 50s 100n",
  missing = "100 blank 90 blank | 100n 90n -",
  on_target = "100 85 | 100n 85n",
  points_between = "80 84 | 80s 84n",
  -- 취업 36 + 45, 상담 28 + 51, mean 80; 창업 0 + 72; 점포 26 + 54, 수지 -20 + 66; 교육 lacks a number, 상점가 a row
  periods = "81 79 72 80 46 blank no_period | 80s 72s 63s - -",
  period_chosen = "75 85 120 90 110 80 90 | 80s 120n 100n 80s 90n", -- 교육 has no year-end actual: 8/10
  polarity = "95 80 100 100 110 | 87.5n 100n 110n",
  point_table = "5 5 4 3 0 0 0 zero_target blank | 5n 5n 4n 3n 0s 0s 0s - -", -- 79.9 is below 80
  points = "70 88 81 20 | 80.5n 79.5s 20n", -- 79 + 3 - 1.5; 81 - 1.5
  pooled = "90 10 | 82n",
  count_share = "100 90 120 100 79 100 blank | 66.666667n 50s 50s", -- 2 of 3, 1 of 2, 1 of 2: the blank one counts as 0
  by_name = "70 90 100 60 | 70s 90n 100n 60s",
  own_rate = "50 100 90 blank 40 | 100n - -",
  qualitative = "100 60 80 no_case | 100n 60s 80s -",
  range = "100 75 90 | 87.5n 90n",
  -- 136/160, 40/40; 8/10 (revised too late), -9/-12; 15/20; 3/4 (no first target); 0/0
  revised_targets = "85 100 80 75 75 75 zero_target | 92.5n 77.5s 75s 75s -",
  -- 10 rates: 120 110 | 95 95 95 | 80 70 60 50 | 40
  shares = "80 110 95 95 70 60 120 95 50 blank 40 | 80b 110s 95a 95a 70b 60b 120s 95a 50b - 40c",
  siblings = "excluded 90 excluded 80 100 | 90n 90n",
  traffic_light = "100 90 120 89.9 | 100g 90a 89.9s",
  trimmed = "10 90 95 100 400 | 95n",
  weights = "70 110 100 | 86n 100n",
  years = "90 110 95 72 100 260 88 -20 99.5 99 | 90n 110n 95n 72s 100n 260n 88n -20s 99.5n 99n",
  yes_no = "100 0 | 100n 0s",
  zero_target = "100 0 90 | 100n 0s 90n",
}

function TestExamples.test_examples()
  local files = io.popen("ls rules/examples/*.lua")
  local count = 0
  for path in files:lines() do
    local name = path:match("([%w_]+)%.lua$")
    local out, err, status = support.run("run " .. path .. " --format csv")
    unit.assertEquals({ err, status }, { "", 0 }, path)
    local found, projects, last = {}, {}, nil
    for _, record in ipairs(support.records(out)) do
      found[#found + 1] = record.rate ~= "" and record.rate or record.missing
      if record.project ~= last then
        projects[#projects + 1] = record.verdict == "" and "-" or record.project_rate .. record.verdict:sub(1, 1)
      end
      last = record.project
    end
    unit.assertEquals(table.concat(found, " ") .. " | " .. table.concat(projects, " "), examples[name], path)
    local _, messages = support.run("check " .. path)
    unit.assertEquals(support.without_remarks(messages), "no errors in 1 file\n", path)
    count = count + 1
  end
  files:close()
  unit.assertEquals(count, 36)
end

-- rules/examples/levels.lua: departments (100 + 90)/2, 75, 94.9, none; bureaus (95 + 75)/2 = 85 and 94.9.
function TestExamples.test_levels_example()
  local found = {}
  for _, bureau in ipairs(support.json((support.run("run rules/examples/levels.lua --format json"))).bureaus) do
    found[#found + 1] = bureau.verdict .. " " .. bureau.verdict_name
    for _, department in ipairs(bureau.departments) do found[#found + 1] = tostring(department.verdict) end
  end
  unit.assertEquals(table.concat(found, ", ", 1, 5), "lower 하위국, best, plain, upper 상위국, plain")
end

-- rules/examples/indicator_bands.lua: 100 meets the target of 100; what has no rate has no verdict.
function TestExamples.test_indicator_bands_example()
  local found = {}
  local out = support.run("run rules/examples/indicator_bands.lua --format csv")
  for _, record in ipairs(support.records(out)) do found[#found + 1] = record.indicator_verdict end
  unit.assertEquals(table.concat(found, ","), "met,met,unmet,unmet,unmet,,")
  local result = support.json((support.run("run rules/examples/indicator_bands.lua --format json")))
  local function counts(of)
    local numbers = {}
    for i, key in ipairs({ "total", "met", "unmet", "none" }) do
      numbers[i] = of.indicator_verdicts[key] and of.indicator_verdicts[key].number or "-"
    end
    return table.concat(numbers, " ")
  end
  unit.assertEquals(counts(result.totals), "7 2 3 2")
  unit.assertEquals(counts(result.bureaus[1]), "6 2 3 1")
  unit.assertEquals(counts(result.bureaus[1].departments[1]), "4 2 2 -")
  unit.assertEquals(counts(result.bureaus[2].departments[1].projects[1]), "1 0 0 1")
  local indicator = result.bureaus[1].departments[1].projects[1].indicators[1]
  unit.assertEquals({ indicator.verdict, indicator.verdict_name }, { "met", "달성" })
end

-- The table of indicators has the same columns, and the listing shows each band with its line.
function TestExamples.test_indicator_bands_forms()
  local out = support.run("run rules/examples/indicator_bands.lua --level indicator --format jsonl")
  local found = {}
  for value in out:gmatch('"indicator_verdict":([^,}]+)') do found[#found + 1] = value end
  unit.assertEquals(table.concat(found, " "), '"met" "met" "unmet" "unmet" "unmet" null null')
  local listed = support.run("rules rules/examples/indicator_bands.lua")
  unit.assertStrContains(listed, ':7   indicator.verdict[1] = { "달성", at_least = 100, key = "met" }\n')
  unit.assertStrContains(listed, ':7   indicator.verdict[2] = { "미달", key = "unmet" }\n')
end

-- Last year's rates may come from functions; one that fails is counted, and its row did not improve.
function TestExamples.test_last_year_functions()
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules " .. folder .. "/data")
  support.write(folder .. "/data/d.csv", "bureau,department,project,indicator,unit,target,actual,previous_rate\n" ..
    "가국,가과,가,지표,건,100,85,80\n가국,가과,나,지표,건,100,85,\n가국,가과,다,지표,건,100,85,0\n")
  support.write(folder .. "/rules/r.lua", [[
return ruleset {
  title = "작년", data = "../data/d.csv", rate = field.actual / field.target * 100,
  last_year = { rate = { { when = function(i) return i.previous_rate == 0 end, exclude = true },
                         { function(i) return i.previous_rate + 4.9 end } } },
  rounding = { digits = 1, mode = "half_up" }, project = { rate = mean },
  verdict = { { "나음", key = "better", improved = true }, { "그 밖", key = "other" } },
}
]])
  local out, err, status = support.run("run rules/r.lua --format csv", { cd = folder })
  local found = {}
  for i, record in ipairs(support.records(out)) do found[i] = record.verdict .. ":" .. record.last_year_rate end
  unit.assertEquals(table.concat(found, " "), "better:84.9 other: other:")
  unit.assertEquals(status, 1)
  unit.assertStrContains(err, "error[function-failed]: data row 2: ")
end

-- rules/examples/improved.lua: last year's rates stand beside this year's.
function TestExamples.test_improved_example()
  local found = {}
  local result = support.json((support.run("run rules/examples/improved.lua --format json")))
  for _, project in ipairs(result.bureaus[1].departments[1].projects) do
    found[#found + 1] = tostring(project.last_year_printed) .. " " .. tostring(project.trend)
  end
  unit.assertEquals(table.concat(found, ", "), "80.0 up, 85.0 same, 69.9 up, 1.0 up, 95.0 down, 0.0 up, -10.0 up, " ..
    "null null, null null, 50.0 null, 120.0 down")
end

-- rules/examples/years.lua: 가국 had (90 + 97)/2 and has (100 + 95)/2, 나국 (95 + 120)/2 and (86 + 260)/2; of 다국 마과 had
-- nothing: 10, and (88 - 20)/2; 라국 (90 + 97)/2 and (99.5 + 99)/2 = 99.25, printed half up.
function TestExamples.test_years_example()
  local found = {}
  for _, bureau in ipairs(support.json((support.run("run rules/examples/years.lua --format json"))).bureaus) do
    found[#found + 1] = bureau.last_year_printed .. " " .. level_rate(bureau) .. " " .. bureau.trend
  end
  unit.assertEquals(table.concat(found, ", "), "93.5 97.5 up, 107.5 173 up, 10.0 34 up, 93.5 99.25 up")
  local out = support.run("run rules/examples/years.lua --format markdown")
  for _, line in ipairs({ "사업 10개 : 높아짐 5개, 낮아짐 3개, 같음 1개, 견줄 수 없음 1개", "| 라국 | 93.5 | 99.3 | 높아짐 ▲ |",
    "| 다국 | 마과 | - | 88.0 | - |", "| 바과 | 폐기물 줄이기 | 10.0 | △20.0 | 낮아짐 ▼ |", "| 다과 | 취업 상담 | 100.0 | 100.0 | 같음 |" }) do
    unit.assertStrContains(out, line)
  end
end

-- rules/examples/missing.lua: 체육과 has a project without a rate, so it has none; it counts 0 in 문화국: (100 + 0)/2.
function TestExamples.test_missing_example()
  local bureau = support.json((support.run("run rules/examples/missing.lua --format json"))).bureaus[1]
  unit.assertEquals({ level_rate(bureau.departments[1]), level_rate(bureau.departments[2]), level_rate(bureau) },
    { "100", "missing_below", "50" })
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
