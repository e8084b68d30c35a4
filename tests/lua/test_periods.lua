-- Several periods and revised targets: which rows and which targets count. Each expected value was worked out by hand;
-- the calculation stands beside it.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local RULES = [[
return ruleset {
  title = "t", data = "t.csv",
  %s
  rounding = { digits = 1, mode = "half_up" },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
]]
local PROJECT = 'project = { rate = mean, missing = "leave_out" },'
local RATE = 'rate = field.actual / field.target * 100, ' .. PROJECT
local FRAME = "bureau,department,project,indicator,unit,"

-- Runs `command` over a rule file with the entries and data of that header and rows, in a folder of their own.
local function run(command, entries, header, rows)
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules")
  support.write(folder .. "/rules/t.lua", RULES:format(entries))
  support.write(folder .. "/rules/t.csv", FRAME .. header .. "\n" .. table.concat(rows, "\n") .. "\n")
  local out, err, status = support.run(command:gsub("RULES", "rules/t.lua"), { cd = folder })
  os.execute("rm -rf " .. folder)
  return out, err, status
end

-- Numbers of JSON as Lua's.
local function plain(value)
  if type(value) ~= "table" then return value end
  if value.number then return tonumber(value.number) end
  for key, part in pairs(value) do value[key] = plain(part) end
  return value
end

local function results(entries, header, rows, flags)
  local out, err, status = run("run RULES --format json " .. (flags or ""), entries, header, rows)
  unit.assertEquals(status, 0, err)
  return plain(support.json(out)), err
end

-- "name rate" of every indicator, in order; the reason where there is no rate.
local function rates(result)
  local found = {}
  for _, bureau in ipairs(result.bureaus) do
    for _, department in ipairs(bureau.departments) do
      for _, project in ipairs(department.projects) do
        for _, indicator in ipairs(project.indicators) do
          found[#found + 1] = indicator.name .. " " .. (indicator.missing or indicator.rate_printed)
        end
      end
    end
  end
  return table.concat(found, ", ")
end

local HALVES = "period,target,actual"
local REVISED = "target,actual,revised_target,revised_on,revision_reason,revision_evidence"

TestPeriods = {}

function TestPeriods.test_one_period()
  local rows = { "b,d,p,a,u,상,50,20", "b,d,p,a,u,하,100,90", "b,d,q,c,u,상,10,1", "b,d,p,a2,u,하,100,70" }
  local result, err = results('period = "하", ' .. RATE, HALVES, rows)
  unit.assertEquals(rates(result), "a 90.0, a2 70.0")
  unit.assertEquals(result.period, { name = "하" })
  unit.assertEquals(result.rows, { read = 4, evaluated = 2, set_aside = 2 })
  -- project q stands in the first half only: it is no project, and is said
  unit.assertEquals({ result.totals.projects, result.totals.indicators, result.missing }, { 1, 2, {} })
  unit.assertStrContains(err,
    't.csv:4: warning[period-absent]: indicators of other periods that have no row in "하": 1; this is the first')
  local periods = result.bureaus[1].departments[1].projects[1].indicators[1].periods
  unit.assertEquals(#periods, 2)
  unit.assertEquals(periods[1], { period = "상", target = 50, actual = 20, counts = false, row = 1 })
  unit.assertEquals(periods[2],
    { period = "하", target = 100, actual = 90, counts = true, rate = 90, rate_printed = "90.0", row = 2 })
end

-- --period chooses for one run, and the report says so: 20/50, 1/10.
function TestPeriods.test_command_line()
  local rows = { "b,d,p,a,u,상,50,20", "b,d,p,a,u,하,100,90", "b,d,q,c,u,상,10,1" }
  local result = results('period = "하", ' .. RATE, HALVES, rows, "--period 상")
  unit.assertEquals(rates(result), "a 40.0, c 10.0")
  unit.assertEquals(result.period, { name = "상", declared = "하" })
  local out = run("run RULES --period 상", 'period = "하", ' .. RATE, HALVES, rows)
  unit.assertStrContains(out, "※ 평가 기간 : 상 (자료 3행 가운데 1행은 다른 기간이라 따로 둠)")
  unit.assertStrContains(out, "※ 이 실행에서 고른 기간 : 상 (규칙 파일: 하)")
  out = run("run RULES --period 상", RATE, HALVES, rows)
  unit.assertStrContains(out, "(규칙 파일: 적지 않음)")
end

-- Which rows are of one indicator: by id whatever their names, by names without one, by their order where names repeat.
function TestPeriods.test_matching()
  local entries = 'period = "하", rate = at_period("상", field.actual), ' .. PROJECT
  local rows = { "b,d,p,a,u,7,상,1,11", "b,d,p,x,u,,상,1,12", "b,d,p,x,u,,상,1,13", "b,d,p,y,u,,상,1,14",
    "b,d,p,x,u,,하,1,0", "b,d,p,x,u,,하,1,0", "b,d,p,x,u,,하,1,0", "b,e,p,y,u,,하,1,0", "b,d,p,renamed,u,7,하,1,0" }
  local result = results(entries, "id," .. HALVES, rows)
  -- the third x has no third row in the first half; y of another department is another indicator
  unit.assertEquals(rates(result), "x 12.0, x 13.0, x no_period, renamed 11.0, y no_period")
  unit.assertEquals(result.missing, { no_period = 2 })
end

-- Rates 90 and 75, 50 only, 60 only, blank and 70; weights 40 and 60.
function TestPeriods.test_missing_periods()
  local rows = { "b,d,p,a,u,상,100,90", "b,d,p,a,u,하,100,75", "b,d,p,b,u,상,100,50", "b,d,p,c,u,하,100,60",
    "b,d,p,e,u,상,100,", "b,d,p,e,u,하,100,70", "b,d,p,f,u,상,100,", "b,d,p,f,u,하,100,-" }
  local entries = 'period = { missing = "%s", { "상", weight = 40 }, { "하", weight = 60 } }, ' .. RATE
  -- 36 + 45 = 81; 0.4 x 50 = 20; 0.6 x 60 = 36; 0.6 x 70 = 42
  local expected = {
    leave_out = "a 81.0, b 50.0, c 60.0, e 70.0, f blank",
    zero = "a 81.0, b 20.0, c 36.0, e 42.0, f 0.0",
    missing = "a 81.0, b no_period, c no_period, e blank, f blank",
  }
  for policy, wanted in pairs(expected) do
    local result, err = results(entries:format(policy), HALVES, rows)
    unit.assertEquals({ rates(result), err }, { wanted, "" }, policy)
    unit.assertEquals(result.rows, { read = 8, evaluated = 8, set_aside = 0 })
    unit.assertEquals(result.totals.indicators, 5)
  end
end

-- 0.4 x 66 2/3 + 0.6 x 88 8/9 = 80 exactly, which is sluggish; no binary fraction holds any of them.
function TestPeriods.test_exactly_eighty()
  local entries = 'period = { missing = "missing", { "상", weight = param.first }, { "하", weight = 0.6 } },\n'
    .. 'params = { first = 0.4 }, ' .. RATE
  local result = results(entries, HALVES, { "b,d,p,a,u,상,3,2", "b,d,p,a,u,하,9,8", "b,d,q,a,u,상,3,2",
    "b,d,q,a,u,하,900000000000000,800000000000001" })
  local projects = result.bureaus[1].departments[1].projects
  unit.assertEquals({ projects[1].verdict, projects[1].rate, projects[2].verdict }, { "sluggish", 80, "normal" })
end

-- Special cases and shares see the rows that count only.
function TestPeriods.test_set_aside_rows_are_out_of_all_counts()
  local rows = { "b,d,p,a,u,상,100,1", "b,d,q,a,u,상,100,1", "b,d,p,a,u,하,100,90", "b,d,q,a,u,하,100,85" }
  local entries = 'period = "하", special = { { when = { target = 100 }, because = "사유", exclude = true } }, ' .. RATE
  unit.assertEquals(results(entries, HALVES, rows).missing, { excluded = 2 })
  entries = 'period = "하", special = { { when = { period = "상" }, because = "사유", exclude = true } }, ' .. RATE
  local _, err, status = run("run RULES --format csv", entries, HALVES, rows)
  unit.assertEquals(status, 1)
  unit.assertStrContains(err, "error[special-unused]: special[1] matched no row")
end

-- A special case that takes the row of one period gives its verdict to the indicator; last year's rates are weighed as
-- this year's are: 0.4 x 50 + 0.6 x 100.
function TestPeriods.test_other_rows_belong_to_their_indicator()
  local rows = { "b,d,p,a,u,상,100,90,50", "b,d,p,c,u,상,100,90,50", "b,d,p,a,u,하,100,90,100", "b,d,p,c,u,하,100,90,100" }
  local entries = [[period = { missing = "missing", { "상", weight = 40 }, { "하", weight = 60 } },
    indicator = { verdict = { { "낮음", key = "low", at_most = 50 }, { "높음", key = "high" } } },
    last_year = { rate = field.previous_rate },
    special = { { when = { indicator = "c", period = "상" }, because = "의결", indicator_verdict = "low" } }, ]]
  local indicators = results(entries .. RATE, HALVES .. ",previous_rate", rows).bureaus[1].departments[1]
    .projects[1].indicators
  unit.assertEquals({ indicators[1].verdict, indicators[2].verdict, #indicators }, { "high", "low", 2 })
  unit.assertEquals({ indicators[1].last_year, indicators[2].last_year }, { 80, 80 })
end

-- Functions see the other periods: 20 + 90 of target 200.
function TestPeriods.test_functions()
  local entries = [[period = "하", project = { rate = mean, missing = "leave_out" }, rate = function(i)
    local sum = 0
    for _, p in ipairs(i.periods) do sum = sum + p.actual end
    assert(#i.periods == 2 and i.periods[1].name == "상" and not i.periods[1].counts and i.periods[2].counts)
    return sum / i.target * 100
  end,]]
  local result = results(entries, HALVES, { "b,d,p,a,u,상,50,20", "b,d,p,a,u,하,200,90" })
  unit.assertEquals(rates(result), "a 55.0")
end

local PERIOD_FAULTS = {
  { 'period = "허",', { "b,d,p,a,u,하,1,1" }, 2, "t.lua:3:12: error[unknown-period]: no row has the period \"허\"" },
  { 'period = "상반",', { "b,d,p,a,u,상반기,1,1" }, 2, "did you mean 상반기?" },
  { 'period = "하",', { "b,d,p,a,u,하,1,1", "b,d,p,a,u,,1,1" }, 3, "t.csv:3: error[blank-period]: period is blank" },
  { 'period = mean,', { "b,d,p,a,u,하,1,1" }, 2, "error[bad-choice]: period" },
  { 'period = 3,', { "b,d,p,a,u,하,1,1" }, 2, "error[wrong-type]: period" },
  { 'period = { missing = "zero", { "하", weight = 1 } },', { "b,d,p,a,u,하,1,1" }, 2,
    "error[period-count]: period lists 1 periods; it takes 2 to 16" },
  { 'period = { { "상", weight = 1 }, { "하", weight = 1 } },', { "b,d,p,a,u,하,1,1" }, 2,
    "error[missing-key]: period.missing" },
  { 'period = { missing = "skip", { "상", weight = 1 }, { "하", weight = 1 } },', { "b,d,p,a,u,하,1,1" }, 2,
    "error[bad-choice]: period.missing" },
  { 'period = { missing = "zero", { "상", weight = 1 }, { "하", weight = 0 } },', { "b,d,p,a,u,하,1,1" }, 2,
    "error[period-weight]: period[2].weight must be above 0" },
  { 'period = { missing = "zero", { "하", weight = 1 }, { "하", weight = 2 } },', { "b,d,p,a,u,하,1,1" }, 2,
    "error[duplicate-name]: period[2]" },
}

function TestPeriods.test_faults()
  for _, case in ipairs(PERIOD_FAULTS) do
    local _, err, status = run("check RULES", case[1] .. RATE, HALVES, case[2])
    unit.assertEquals(status, case[3], case[1] .. err)
    unit.assertStrContains(err, case[4])
  end
end

function TestPeriods.test_faults_of_use()
  local MEAN = ', ' .. PROJECT
  local rows = { "b,d,p,a,u,상,1,1", "b,d,p,a,u,하,1,1" }
  local _, err, status = run("check RULES", 'rate = at_period("상", field.actual)' .. MEAN, HALVES, rows)
  unit.assertEquals(status, 2)
  unit.assertStrContains(err, 'error[period-needed]: at_period("상", …)')
  _, err = run("check RULES", 'period = "하", rate = at_period("싱", field.actual)' .. MEAN, HALVES, rows)
  unit.assertStrContains(err, 'error[unknown-period]: no row has the period "싱"')
  _, err = run("check RULES", 'rate = at_period(field.actual)' .. MEAN, HALVES, rows)
  unit.assertStrContains(err, "at_period takes the name of a period and a formula")
  _, err, status = run("check RULES", 'period = { missing = "zero", { "상", weight = 1 }, { "하", weight = 1 } },\n'
    .. 'rate = field.actual, project = { rate = pooled, missing = "leave_out" },', HALVES, rows)
  unit.assertEquals(status, 2)
  unit.assertStrContains(err, "error[pooled-periods]")
end

-- An id stands once in each period.
function TestPeriods.test_ids()
  local rows = { "b,d,p,a,u,1,상,1,1", "b,d,p,a,u,1,하,1,1", "b,d,p,c,u,1,하,1,1" }
  local _, err, status = run("check rules/t.csv", RATE, "id," .. HALVES, rows)
  unit.assertEquals(status, 3)
  unit.assertStrContains(err, "t.csv:4: error[duplicate-id]: the id 1 stands on line 3 already")
end

function TestPeriods.test_undeclared()
  local rows = { "b,d,p,a,u,상,1,1", "b,d,p,a,u,하,1,1" }
  local result, err = results(RATE, HALVES, rows)
  unit.assertEquals(result.totals.indicators, 2)
  unit.assertStrContains(err, "t.csv: warning[periods-undeclared]: the rules choose no period; "
    .. "every row counts as an indicator of its own: 상, 하\n")
  result, err = results("period = every, " .. RATE, HALVES, rows)
  unit.assertEquals({ result.totals.indicators, err, result.rows }, { 2, "", nil })
  result, err = results(RATE, HALVES, { "b,d,p,a,u,상,1,1" })
  unit.assertEquals({ result.totals.indicators, err }, { 1, "" })
end

-- Tables of bureaus count the same projects, whichever way they are computed.
function TestPeriods.test_tables_of_levels()
  local rows = { "b,d,p,a,u,상,100,10", "b,d,q,a,u,상,100,10", "b,d,p,a,u,하,100,90" }
  local table_of = "run RULES --level bureau --format csv"
  local out = run(table_of, 'period = "하", ' .. RATE, HALVES, rows)
  unit.assertEquals(out, "bureau,projects,normal,sluggish,percent_normal\nb,1,1,0,100.00\n")
  local _, err, status = run(table_of, 'period = "하", ' .. RATE, "target,actual", { "b,d,p,a,u,100,90" })
  unit.assertEquals(status, 2)
  unit.assertStrContains(err, "error[unknown-period]")
  local revision = { "b,d,p,a,u,100,75,80,2019-01-02,사유,근거" }
  out = run(table_of, 'targets = "revised", ' .. RATE, REVISED, revision)
  unit.assertEquals(out, "bureau,projects,normal,sluggish,percent_normal\nb,1,1,0,100.00\n")
  _, err = run(table_of, RATE, REVISED, revision)
  unit.assertStrContains(err, "warning[targets-undeclared]")
end

function TestPeriods.test_check_counts_rows()
  local _, err, status = run("check RULES", 'period = "하", ' .. RATE, HALVES,
    { "b,d,p,a,u,상,1,1", "b,d,p,a,u,하,1,1", "b,d,p,a,u,연말,1,1" })
  unit.assertEquals(status, 0)
  unit.assertStrContains(err, "note[rows-set-aside]: rows read: 3; evaluated: 1; set aside, of other periods: 2")
end

function TestPeriods.test_overlay_and_listing()
  local folder = support.folder()
  support.write(folder .. "/base.lua", RULES:format('period = "하", targets = "original", ' .. RATE))
  support.write(folder .. "/next.lua", 'return ruleset {\n  base = "base.lua",\n  targets = "revised",\n'
    .. '  revised_by = "2020-10-31",\n  period = { missing = "zero", { "상", weight = 1 }, { "하", weight = 2 } },\n'
    .. '  rate = at_period("상", field.actual) / field.original_target,\n}\n')
  local out, err, status = support.run("rules next.lua --effective", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, 'next.lua:5  period = { { "상", weight = 1 }, { "하", weight = 2 }, missing = "zero" }\n')
  unit.assertStrContains(out, 'next.lua:3  targets = "revised"\n')
  unit.assertStrContains(out, 'next.lua:4  revised_by = "2020-10-31"\n')
  unit.assertStrContains(out, 'next.lua:6  rate = at_period("상", field.actual) / field.original_target\n')
  local stubs = support.run("stubs")
  unit.assertStrContains(stubs, "---@field period string|table|Word|nil\n")
  unit.assertStrContains(stubs, "function at_period(period, number) end\n")
end

-- A base's revised_by goes with its targets.
function TestPeriods.test_overlay_without_revisions()
  local folder = support.folder()
  support.write(folder .. "/t.csv", FRAME .. REVISED .. "\nb,d,p,a,u,100,60,80,2019-01-02,사유,근거\n")
  support.write(folder .. "/base.lua", RULES:format('targets = "revised", revised_by = "2019-10-31", ' .. RATE))
  support.write(folder .. "/next.lua", 'return ruleset { base = "base.lua", targets = "original" }\n')
  local out, err, status = support.run("run next.lua --format json", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  local result = plain(support.json(out))
  unit.assertEquals({ rates(result), result.targets }, { "a 60.0", "original" })
  unit.assertNil(result.revised_by)
end

TestRevisions = {}

-- The day itself counts; the day after does not. 60/80, 60/100, and 60/100 without a revision.
function TestRevisions.test_which_target_counts()
  local rows = { "b,d,p,a,u,100,60,80,2019-10-31,사유,근거", "b,d,p,b,u,100,60,80,2019-11-01,사유,근거",
    "b,d,p,c,u,100,60,,,,", "b,d,p,e,u,100,60,-,,," }
  local result, err = results('targets = "revised", revised_by = "2019-10-31", ' .. RATE, REVISED, rows)
  unit.assertEquals({ rates(result), err }, { "a 75.0, b 60.0, c 60.0, e 60.0", "" })
  unit.assertEquals({ result.targets, result.revised_by }, { "revised", "2019-10-31" })
  local indicators = result.bureaus[1].departments[1].projects[1].indicators
  unit.assertEquals({ indicators[1].target, indicators[1].original_target }, { 80, 100 })
  unit.assertEquals(indicators[1].revision,
    { target = 80, date = "2019-10-31", reason = "사유", evidence = "근거", counts = true })
  unit.assertEquals({ indicators[2].target, indicators[2].revision.counts }, { 100, false })
  unit.assertNil(indicators[3].revision)
  unit.assertEquals(rates(results('targets = "revised", ' .. RATE, REVISED, rows)), "a 75.0, b 75.0, c 60.0, e 60.0")
  result, err = results('targets = "original", ' .. RATE, REVISED, rows)
  unit.assertEquals({ rates(result), err }, { "a 60.0, b 60.0, c 60.0, e 60.0", "" })
  result, err = results(RATE, REVISED, rows)
  unit.assertEquals(rates(result), "a 60.0, b 60.0, c 60.0, e 60.0")
  unit.assertStrContains(err, "t.csv:2: warning[targets-undeclared]: rows with a revised target: 2;")
end

-- Formulas reach both: 80 + 1000 x 100, 100 + 1000 x 100; pooled adds up what counts: 120 / 180.
function TestRevisions.test_formulas_and_sums()
  local rows = { "b,d,p,a,u,100,60,80,2019-01-02,사유,근거", "b,d,p,b,u,100,60,,,," }
  local formula = 'rate = field.target + 1000 * field.original_target, ' .. PROJECT
  unit.assertEquals(rates(results('targets = "revised", ' .. formula, REVISED, rows)), "a 100080.0, b 100100.0")
  unit.assertEquals(rates(results('targets = "original", ' .. formula, REVISED, rows)), "a 100100.0, b 100100.0")
  local pooled = 'targets = "revised", rate = field.actual, project = { rate = pooled, missing = "leave_out" },'
  unit.assertEquals(results(pooled, REVISED, rows).bureaus[1].departments[1].projects[1].rate_printed, "66.7")
end

-- A number too long for 64 bits moves with its row.
function TestRevisions.test_long_numbers()
  local long = "123456789012345678901234567890"
  local rows = { "b,d,p,a,u,1," .. long .. "," .. long .. ",2019-01-02,사유,근거",
    "b,d,p,b,u," .. long .. "," .. long .. ",,,," }
  unit.assertEquals(rates(results('targets = "revised", ' .. RATE, REVISED, rows)), "a 100.0, b 100.0")
end

local REVISION_FAULTS = {
  { "b,d,p,a,u,1,1,2,,사유,근거", "t.csv:2: error[revision-incomplete]: revised_on is blank, but revised_target is not" },
  { "b,d,p,a,u,1,1,2,2019-01-02,,근거", "revision_reason is blank, but revised_target is not" },
  { "b,d,p,a,u,1,1,2,2019-01-02,사유,", "revision_evidence is blank, but revised_target is not" },
  { "b,d,p,a,u,1,1,,2019-01-02,사유,", "revised_target is blank, but revised_on is not" },
  { "b,d,p,a,u,1,1,2,2019-02-29,사유,근거", 'error[revision-date]: revised_on "2019-02-29" is no date' },
  { "b,d,p,a,u,1,1,2,2019. 1. 2.,사유,근거", 'error[revision-date]: revised_on "2019. 1. 2." is no date' },
}

function TestRevisions.test_faults()
  for _, case in ipairs(REVISION_FAULTS) do
    for _, command in ipairs({ "check rules/t.csv", "run RULES" }) do
      local _, err, status = run(command, 'targets = "revised", ' .. RATE, REVISED, { case[1] })
      unit.assertEquals(status, 3, case[1])
      unit.assertStrContains(err, case[2])
    end
  end
end

function TestRevisions.test_rules_faults()
  local row = { "b,d,p,a,u,1,1,2,2019-01-02,사유,근거" }
  for entries, wanted in pairs({
    ['targets = "new",'] = "error[bad-choice]: targets",
    ['targets = "revised", revised_by = "2019-13-01",'] = 'error[bad-date]: revised_by: "2019-13-01" is no date',
    ['targets = "original", revised_by = "2019-10-31",'] = "error[revised-by]",
    ['revised_by = "2019-10-31",'] = "error[revised-by]",
  }) do
    local _, err, status = run("check RULES", entries .. RATE, REVISED, row)
    unit.assertEquals(status, 2, entries)
    unit.assertStrContains(err, wanted)
  end
  local _, err, status = run("check RULES", 'targets = "revised", ' .. RATE, REVISED .. ",당초목표",
    { row[1] .. ",9" })
  unit.assertEquals(status, 3)
  unit.assertStrContains(err, "t.csv:1:116: error[original-target]: 당초목표 is no column of a data file")
end

-- Both at once: the row of the period has its own revision. 60/80.
function TestRevisions.test_with_periods()
  local rows = { "b,d,p,a,u,상,50,10,40,2019-01-02,사유,근거", "b,d,p,a,u,하,100,60,80,2019-09-02,사유,근거" }
  local result = results('period = "하", targets = "revised", ' .. RATE, "period," .. REVISED, rows)
  unit.assertEquals(rates(result), "a 75.0")
  local periods = result.bureaus[1].departments[1].projects[1].indicators[1].periods
  unit.assertEquals({ periods[1].target, periods[2].target }, { 40, 80 })
  local out = run("run RULES --format csv", 'period = "하", targets = "revised", ' .. RATE, "period," .. REVISED, rows)
  local record = support.records(out)[1]
  unit.assertEquals({ record.target, record.period, record.original_target, record.revised_target, record.revised_on },
    { "80", "하", "100", "80", "2019-09-02" })
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
