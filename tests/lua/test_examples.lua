-- Every file of rules/examples, with what it must give, worked out by hand.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local short = require("short")
local level_rate = short.level_rate

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
