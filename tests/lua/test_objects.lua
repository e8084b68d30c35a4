-- The objects that scripts see, through the program: every field of every class, and every misuse.
local luaunit = require("luaunit")
local engine = require("perfeval_engine")
local support = require("support")

local RULES = [[
local actual, target = field.actual, field.target
return ruleset {
  title = "시험", data = "../data/d.csv", report = "mine", period = "연말", targets = "original",
  params = { cut = { 60, unit = "%", source = "지침" } },
  rate = { { actual / target * 100 } },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  last_year = { rate = field.previous_rate },
  indicator = { verdict = { { "달성", key = "met", at_least = 70, improved = { at_least = 50 } },
    { "오름", key = "rising", improved = true }, { "미달", key = "unmet" } } },
  verdict = {
    { "부진", key = "bad", at_most = param.cut },
    { "주의", key = "warn", below = 80 },
    { "정상", key = "ok" },
  },
  special = {
    { when = { project = "사업 4" }, because = "재난", rate = function(i) return ROW end },
    { when = { project = "사업 3" }, because = "의결", indicator_verdict = "unmet" },
  },
}
]]

local DATA = [[
bureau,department,project,indicator,unit,target,actual,reason,예산,previous_rate,기간,변경목표,변경일,변경사유,변경근거
가국,가과,사업 1,지표 1,%,97.0,48.5,비,12,49.9,연말,,,,
가국,가과,사업 1,지표 2,,0,50,,,60,연말,,,,
나국,나과,사업 3,지표 3,건,,5,,,,연말,,,,
나국,나과,사업 4,지표 4,명,1000000,-1234.50,,,70,연말,20.0,2019-10-31,재난,공문
가국,가과,사업 1,지표 1,%,50.0,40,,7,,상반기,,,,
]]

local REPORT = [[
local function build(results)
  local said = {}
  local function say(...)
    local words = table.pack(...)
    for i = 1, words.n do words[i] = tostring(words[i]) end
    said[#said + 1] = { paragraph = table.concat(words, " ") }
  end
  local indicators, projects = results.indicators, results.projects
  BODY
  return { title = "", blocks = said }
end
return { purpose = "시험", build = build }
]]

local FORMAT = [[
return { purpose = "시험", draw = function(document)
  local lines = {}
  for i, block in ipairs(document.blocks) do lines[i] = block.text end
  return table.concat(lines, "\n")
end }
]]

-- Gsub's replacement without '%' magic.
local function fill(text, name, value)
  return (text:gsub(name, function() return value end))
end

-- Runs the body of a report; answers what it said, the messages and the exit code.
local function run(body, row, format)
  local folder = support.folder()
  os.execute("cd " .. support.quote(folder) .. " && mkdir -p rules data scripts/reports scripts/formats")
  support.write(folder .. "/rules/r.lua", fill(RULES, "ROW", row or "70"))
  support.write(folder .. "/data/d.csv", DATA)
  support.write(folder .. "/scripts/reports/mine.lua", fill(REPORT, "BODY", body))
  support.write(folder .. "/scripts/formats/plain.lua", format or FORMAT)
  return support.run("run rules/r.lua --format plain", { cd = folder })
end

-- What a report says, by its body.
local VALUES = {
  { 'say(results.title, results.rules_file)', "시험 rules/r.lua" },
  { 'say(results.dataset.rows, results.dataset.columns[9])', "4 예산" },
  { 'say(#results.bureaus, #results.departments, #projects, #indicators)', "2 2 3 4" },
  { 'say(results.count.bad, results.count.warn, results.count.ok, results.count.none, results.count.total)',
    "1 1 0 1 3" },
  { 'say(results.percent.bad, results.percent.ok)', "33.3 0.0" },
  { 'local b = results.bands;\z
    say(#b, b[1].key, b[1].name, b[1].at_most, b[1].below, b[2].below, b[3].at_most)',
    "3 bad 부진 60 nil 80 nil" },
  { 'local p = results.params[1]; say(p.name, p.value, p.unit, p.source, p.date, p.overridden, p.file_value)',
    "cut 60 % 지침 nil false 60" },
  { 'local s = results.specials[1]; say(s.path, s.because, s.rows, #results.special_indicators)',
    "special[1] 재난 1 1" },
  { 'local s = results.specials[2];\z
    say(s.indicator_verdict, s.indicator_verdict_name, s.rows, s.projects, s.verdict)',
    "unmet 미달 1 0 nil" },
  -- 50 is above last year's 49.9 and at least 50; 70 is at least 70 and the same as last year; 54.95 is the mean
  { 'for _, i in ipairs(indicators) do say(i.verdict, i.verdict_name, i.last_year, i.last_year_printed, i.trend) end',
    "met 달성 49.9 49.9 up\nnil nil 60.0 60.0 nil\nunmet 미달 nil nil nil\nmet 달성 70.0 70.0 same" },
  { 'say(indicators[3].verdict_because, indicators[4].verdict_because, indicators[4]["전년달성률"])', "의결 nil 70" },
  { 'local p = projects[1]; say(p.last_year_printed, p.trend, p.indicator_count.met, p.indicator_count.none)',
    "55.0 down 1 1" },
  { 'local b = results.bureaus[2]; say(b.last_year, b.trend, b.indicator_count.total, b.indicator_percent.met)',
    "nil nil 2 50.0" },
  { 'local d = results.departments[2]; say(d.indicator_count.unmet, d.indicator_percent.rising)', "1 0.0" },
  { 'say(results.indicator_count.met, results.indicator_count.none, results.indicator_percent.unmet)', "2 1 25.0" },
  { 'local b = results.indicator_bands; say(#b, b[1].key, b[1].at_least, b[1].improved, b[1].if_improved.at_least)',
    "3 met 70 false 50" },
  { 'local b = results.indicator_bands; say(b[2].name, b[2].improved, b[2].if_improved, results.bands[1].improved)',
    "오름 true nil false" },
  { 'for _, m in ipairs(results.missing) do say(m.reason, m.rows) end', "blank 1\nzero_target 1" },
  { 'local r = results.revised_indicators; say(#r, r[1].name, r[1].revision.target_printed)', "1 지표 4 20.0" },
  { 'say(results.narrative)', "nil" },
  { 'local b = results.bureaus[2];\z
    say(b.name, b["국"], #b.departments, #b.projects, b.count.warn, b.percent.warn)',
    "나국 나국 1 2 1 50.0" },
  { 'local d = results.departments[2];\z
    say(d.name, d["부서"], d.bureau, #d.projects, d.count.none, d.percent.total)',
    "나과 나과 나국 2 1 100.0" },
  { 'local p = projects[1];\z
    say(p.name, p.bureau, p.department, #p.indicators, p.rate, p.rate_printed, p.missing)',
    "사업 1 가국 가과 2 50.0 50.0 nil" },
  { 'local p = projects[1]; say(p.verdict, p.verdict_name, p.shortfall_printed, p["주요사업"])',
    "bad 부진 10.00 사업 1" },
  { 'local p = projects[2];\z
    say(p.rate, p.rate_printed, p.missing, p.verdict, p.verdict_name, p.shortfall_printed)',
    "nil nil no_values nil nil nil" },
  { 'local i = indicators[1]; say(i.row, i.name, i["성과지표"], i.target, i.target_printed, i["목표"])',
    "1 지표 1 지표 1 97.0 97.0 97.0" },
  { 'local i = indicators[4]; say(i.target, i.actual, i.actual_printed, i.unit)',
    "1000000 -1234.5 -1234.50 명" },
  { 'local i = indicators[2]; say(i.unit, i.rate, i.rate_printed, i.missing, i.case)',
    "nil nil nil zero_target rate[1]" },
  { 'local i = indicators[4]; say(i.rate, i.case, i.special, i.failure)', "70.0 special[1] 재난 nil" },
  { 'local i = indicators[1]; say(i.reason, i["사유"], i.note, i.published_rate, i["예산"])',
    "비 비 nil nil 12" },
  { 'local p = indicators[1].periods;\z
    say(#p, p[1].name, p[1].counts, p[1].rate_printed, p[1].target_printed, p[1].row)',
    "2 연말 true 50.0 97.0 1" },
  { 'local p = indicators[1].periods[2];\z
    say(p.name, p["기간"], p.counts, p.rate, p.rate_printed, p.missing, p.target, p.actual_printed, p["예산"], p.row)',
    "상반기 상반기 false nil nil nil 50.0 40 7 5" },
  { 'local d = results.dataset; say(d.rows, d.rows_read, d.rows_evaluated, d.rows_set_aside)', "4 5 4 1" },
  { 'local p = results.period; say(p.name, #p.weights, p.missing, p.overridden, p.declared)', "연말 0 nil false nil" },
  { 'say(results.targets, results.revised_by)', "original nil" },
  { 'local i = indicators[4]; local r = i.revision;\z
    say(i.original_target, i["당초목표"], r.target, r.target_printed, r.date, r.reason, r.evidence, r.counts)',
    "1000000 1000000 20.0 20.0 2019-10-31 재난 공문 false" },
  { 'say(indicators[1].revision, indicators[1]["변경목표"], indicators[4]["변경일"])', "nil nil 2019-10-31" },
  { 'local p = projects; say(p[1] == results.bureaus[1].projects[1], p[1] == p[2], p[1] == indicators[1])',
    "true false false" },
  { 'projects[1] = nil; say(#results.projects)', "3" },
  { 'say(results, projects[1])', "Results Project" },
}

TestObjects = {}

function TestObjects.test_values()
  for _, case in ipairs(VALUES) do
    local out, err, status = run(case[1])
    luaunit.assertEquals({ out, err, status }, { case[2], "", 0 }, case[1])
  end
end

-- What draw may return: a text, or lines. Behind it what is printed, or what the message says was found.
local DRAWN = {
  { "'가'", "가" }, { "{ '가', '', '나' }", "가\n\n나\n" }, { "{}", "" },
  { "{ '가', 1 }", nil, "number" }, { "nil", nil, "nil" }, { "require('numbers')", nil, "table" },
  { "{ '\\xff' }", nil, "bytes that are no UTF-8" },
}

function TestObjects.test_what_a_format_returns()
  for _, case in ipairs(DRAWN) do
    local format = "return { purpose = '시험', draw = function() return " .. case[1] .. " end }"
    local out, err, status = run("say(1)", nil, format)
    luaunit.assertEquals({ out, status }, { case[2] or "", case[2] and 0 or 2 }, case[1])
    if case[3] then luaunit.assertStrContains(err, case[3]) end
  end
end

-- Every field of every class can be read.
function TestObjects.test_every_field_reads()
  local sample = {
    Results = "results", Dataset = "results.dataset", Bureau = "results.bureaus[1]",
    Department = "results.departments[1]", Project = "projects[1]", Indicator = "indicators[1]",
    Period = "indicators[1].periods[1]",
    Band = "results.bands[1]", Param = "results.params[1]", Special = "results.specials[1]",
  }
  local body, count = {}, 0
  for class, fields in pairs(engine.classes()) do
    for _, field in ipairs(fields) do
      count = count + 1
      body[count] = ('do local value = %s["%s"]; say(type(value)) end'):format(sample[class], field.name)
    end
  end
  local out, err, status = run(table.concat(body, "\n"))
  luaunit.assertEquals({ err, status }, { "", 0 })
  luaunit.assertEquals(select(2, out:gsub("%a+", "")), count)
end

local MISUSES = {
  { 'say(results.tilte)', "Results has no field 'tilte', did you mean 'title'?" },
  { 'say(indicators[1].taget)', "Indicator has no field 'taget', did you mean 'target'?" },
  { 'say(indicators[1]["목포"])', "Indicator has no field '목포'" },
  { 'say(projects[1][1])', "Project is no list: its fields have names, not number" },
  { 'results.title = "x"', "Results is read-only" },
  { 'say(#results)', "Results is no list" },
  { 'for _ in pairs(results) do say(1) end', "Results" },
  { 'results()', "Results is no function" },
  { 'say(projects[1] < projects[2])', "attempt to compare two Project values" },
  { 'say(indicators[1]["a\\nb"])', "Indicator has no field 'a␊b'" },
}

function TestObjects.test_misuse()
  for _, case in ipairs(MISUSES) do
    local out, err, status = run(case[1])
    luaunit.assertEquals({ out, status }, { "", 2 }, case[1])
    luaunit.assertStrContains(err, case[2])
    luaunit.assertStrContains(err, "scripts/reports/mine.lua:9")
  end
end

-- Rule functions see the data, not results.
function TestObjects.test_rule_functions()
  local out = run('say(indicators[4].rate_printed)', 'i["실적"] == i.actual and i.row + 60')
  luaunit.assertEquals(out, "64.0")
  local body = 'say(indicators[4].failure)'
  luaunit.assertStrContains((run(body, "i.rate")), "규칙을 적용하는 동안에는 지표의 결과를 읽을 수 없음")
end

os.exit((function()
  local code = luaunit.LuaUnit.run()
  support.clean()
  return code
end)())
