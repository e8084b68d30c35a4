-- Tables of cases for rule files: the methods of scripts/methods.lua, operators, conditions. Each expected value was
-- worked out by hand; the calculation stands beside it.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local short = require("short")
local run, rates, check_formulas = short.run, short.rates, short.check_formulas

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

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
