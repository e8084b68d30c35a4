-- The 2019 report against a second, independent computation: fractions of integers from the CSV file, in Lua.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local rows = support.records(support.read("data/2019/indicators.csv"))
local hundred, eighty = { 100, 1 }, { 80, 1 }

-- The counts that the origin document printed, by hand from it: bureau, projects, normal, sluggish.
local printed = {
  { "감사담당관", 4, 4, 0 }, { "미래비전추진단", 14, 13, 1 }, { "행정국", 21, 21, 0 },
  { "재정국", 18, 17, 1 }, { "복지국", 21, 21, 0 }, { "생활환경국", 16, 15, 1 },
  { "도시국", 19, 19, 0 }, { "안전교통국", 22, 22, 0 }, { "보건소", 19, 19, 0 },
}

-- Rates by row, and means by project (a project is its bureau, department and name).
local projects, by_key = {}, {}
for number, row in ipairs(rows) do
  row.number = number
  row.rate = support.multiply(support.divide(support.decimal(row.actual), support.decimal(row.target)), hundred)
  local key = row.bureau .. "\0" .. row.department .. "\0" .. row.project
  if not by_key[key] then
    by_key[key] = { sum = { 0, 1 }, count = 0, row = row, rows = {} }
    projects[#projects + 1] = by_key[key]
  end
  local project = by_key[key]
  project.sum = support.add(project.sum, row.rate)
  project.count = project.count + 1
  project.rows[#project.rows + 1] = row
  row.owner = project
end
for _, project in ipairs(projects) do
  project.rate = support.divide(project.sum, { project.count, 1 })
  project.verdict = support.at_most(project.rate, eighty) and "sluggish" or "normal"
end

local function canonical(text)
  return support.round(support.decimal(text), 6, true)
end

TestReport2019 = {}

function TestReport2019.test_reference_agrees_with_print()
  local counts = {}
  for _, project in ipairs(projects) do
    local bureau = project.row.bureau
    counts[bureau] = counts[bureau] or { projects = 0, normal = 0, sluggish = 0 }
    counts[bureau].projects = counts[bureau].projects + 1
    counts[bureau][project.verdict] = counts[bureau][project.verdict] + 1
  end
  unit.assertEquals(#projects, 154)
  for _, line in ipairs(printed) do
    local count = counts[line[1]]
    unit.assertEquals({ count.projects, count.normal, count.sluggish }, { line[2], line[3], line[4] }, line[1])
  end
end

function TestReport2019.test_csv_cell_by_cell()
  local out, err, status = support.run("run rules/2019.lua --format csv")
  unit.assertEquals({ err, status }, { "", 0 })
  local lines = support.records(out)
  unit.assertEquals(#lines, #rows)
  for i, row in ipairs(rows) do
    local line = lines[i]
    for _, name in ipairs({ "bureau", "department", "project", "indicator", "unit" }) do
      unit.assertEquals(line[name], row[name], "row " .. i .. " " .. name)
    end
    unit.assertEquals(line.target, canonical(row.target), "row " .. i)
    unit.assertEquals(line.actual, canonical(row.actual), "row " .. i)
    unit.assertEquals(line.published_rate, canonical(row.published_rate), "row " .. i)
    unit.assertEquals(line.rate, support.round(row.rate, 6, true), "row " .. i)
    unit.assertEquals(line.project_rate, support.round(row.owner.rate, 6, true), "row " .. i)
    unit.assertEquals(line.verdict, row.owner.verdict, "row " .. i)
    unit.assertEquals(line.missing, "", "row " .. i)
  end
end

local function check_indicator(indicator, row)
  unit.assertEquals(indicator.name, row.indicator)
  unit.assertEquals(indicator.unit, row.unit)
  unit.assertEquals(indicator.row.number, tostring(row.number))
  unit.assertEquals(indicator.target.number, canonical(row.target), row.indicator)
  unit.assertEquals(indicator.actual.number, canonical(row.actual), row.indicator)
  unit.assertEquals(indicator.rate.number, support.round(row.rate, 6, true), row.indicator)
  unit.assertEquals(indicator.rate_printed, support.round(row.rate, 0), row.indicator)
  unit.assertEquals(indicator.published_rate.number, canonical(row.published_rate), row.indicator)
end

function TestReport2019.test_json_cell_by_cell()
  local out, err, status = support.run("run rules/2019.lua --format json")
  unit.assertEquals({ err, status }, { "", 0 })
  local result = support.json(out)
  unit.assertEquals(result.format, "perfeval.result/1")
  unit.assertEquals(result.title, "2019년 성과관리 주요사업 평가 현황")
  unit.assertEquals(result.totals.projects.number, "154")
  unit.assertEquals(result.totals.normal.number, "151")
  unit.assertEquals(result.totals.sluggish.number, "3")
  local at = 0
  for i, bureau in ipairs(result.bureaus) do
    local line = printed[i]
    unit.assertEquals({ bureau.name, bureau.projects.number, bureau.normal.number, bureau.sluggish.number },
      { line[1], tostring(line[2]), tostring(line[3]), tostring(line[4]) })
    for _, department in ipairs(bureau.departments) do
      for _, project in ipairs(department.projects) do
        at = at + 1
        local expected = projects[at]
        unit.assertEquals({ bureau.name, department.name, project.name },
          { expected.row.bureau, expected.row.department, expected.row.project })
        unit.assertEquals(project.rate.number, support.round(expected.rate, 6, true), project.name)
        unit.assertEquals(project.verdict, expected.verdict, project.name)
        unit.assertEquals(project.verdict_name, expected.verdict == "normal" and "정상추진" or "부진")
        unit.assertEquals(#project.indicators, #expected.rows, project.name)
        for k, indicator in ipairs(project.indicators) do check_indicator(indicator, expected.rows[k]) end
      end
    end
  end
  unit.assertEquals(at, 154)
end

-- "-1234.5" as the report prints it: thousands commas, △ for minus
local function look(text)
  local sign, whole, rest = text:match("^(-?)(%d+)(.*)$")
  whole = whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return (sign == "-" and "△" or "") .. whole .. rest
end

-- The figures of all department tables, in order: unit, target, actual, rate.
function TestReport2019.test_text_figures()
  local out, err, status = support.run("run rules/2019.lua")
  unit.assertEquals({ err, status }, { "", 0 })
  local part = out:match("Ⅲ.*")
  local figures = {}
  for line in part:gmatch("[^\n]+") do
    local cells = {}
    for cell in (line:gsub("│", "\1")):gmatch("\1([^\1]*)") do
      cells[#cells + 1] = cell:match("^ *(.-) *$")
    end
    local found = {}
    for i = #cells, 1, -1 do
      if cells[i] ~= "" then table.insert(found, 1, cells[i]) end
      if #found == 4 then break end
    end
    local number = "^[%d,.]+$"
    if #found == 4 and found[4]:gsub("^△", ""):find(number) and found[3]:gsub("^△", ""):find(number) then
      figures[#figures + 1] = found
    end
  end
  unit.assertEquals(#figures, #rows)
  for i, row in ipairs(rows) do
    local expected = { row.unit, look(row.target), look(row.actual), look(support.round(row.rate, 0)) }
    unit.assertEquals(figures[i], expected, "row " .. i .. " " .. row.indicator)
  end
end

function TestReport2019.test_text_summary()
  local out = support.run("run rules/2019.lua")
  local part = out:match("Ⅰ.-Ⅱ")
  unit.assertNotNil(part)
  local function line_of(pattern)
    for line in part:gmatch("[^\n]+") do
      if line:find(pattern) then
        local words = {}
        for word in (line:gsub("│", " ")):gmatch("%S+") do words[#words + 1] = word end
        return table.concat(words, " ")
      end
    end
    return "no line with " .. pattern
  end
  unit.assertStrContains(line_of("사업 수"), "154 151 3")
  -- 151/154 = 98.05 %, 3/154 = 1.95 %: 98 and 2; the origin printed 99 and 1
  unit.assertStrContains(line_of("비율"), "- 98 2")
  for _, bureau in ipairs({ { "감 사 담 당 관", "4 4 -" }, { "미 래 비 전 추 진 단", "14 13 1" },
    { "행  정  국", "21 21 -" }, { "재  정  국", "18 17 1" }, { "복  지  국", "21 21 -" },
    { "생 활 환 경 국", "16 15 1" }, { "도  시  국", "19 19 -" }, { "안 전 교 통 국", "22 22 -" },
    { "보  건  소", "19 19 -" } }) do
    unit.assertStrContains(line_of(bureau[1]), bureau[2])
  end
  unit.assertStrContains(out, "부진판정 기준 : 목표 대비 달성률 80% 이하")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
