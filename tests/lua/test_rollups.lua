-- Tables of cases for rates at every level, from those below. Each expected value was worked out by hand; the
-- calculation stands beside it.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local short = require("short")
local run, level_rate = short.run, short.level_rate
local T = "target,actual"

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

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
