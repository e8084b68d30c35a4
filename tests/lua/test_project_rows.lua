-- Tables of a report that list projects with their indicators: `projects` in the place of `rows`.
local luaunit = require("luaunit")
local support = require("support")

local RULES = [[
local actual, target = field.actual, field.target
return ruleset {
  title = "시험", data = "../data/d.csv", report = "mine",
  rate = { { actual / target * 100 } },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "bad", at_most = 60 }, { "정상", key = "ok" } },
}
]]

local DATA = [[
bureau,department,project,indicator,unit,target,actual
가국,가과,사업 1,지표 1,%,97.0,48.5
가국,가과,사업 1,지표 2,,0,50
나국,나과,사업 3,지표 3,건,,5
나국,나과,사업 4,지표 4,명,1000000,-1234.50
]]

local REPORT = [[
local function build(results)
  local projects = results.projects
  return { title = "", blocks = { { table = TABLE } } }
end
return { purpose = "시험", build = build }
]]

-- Every cell with all that it has.
local FORMAT = [[
return { purpose = "시험", draw = function(document)
  local lines = {}
  for _, row in ipairs(document.blocks[1].rows) do
    local cells = {}
    for i, cell in ipairs(row) do
      cells[i] = cell and table.concat({ cell.kind, cell.text, cell.rows, cell.mark or "", cell.of or "",
        cell.formula or "" }, ";") or "^"
    end
    lines[#lines + 1] = table.concat(cells, " | ")
  end
  return lines
end }
]]

local SHOWS = { "project", "indicator", "unit", "target", "actual", "rate" }

local function columns(shows)
  local list = {}
  for i, show in ipairs(shows) do list[i] = ('{ title = "%s", show = "%s" }'):format(show, show) end
  return "columns = { " .. table.concat(list, ", ") .. " }"
end

local function run(table_of_report)
  local folder = support.folder()
  os.execute("cd " .. support.quote(folder) .. " && mkdir -p rules data scripts/reports scripts/formats")
  support.write(folder .. "/rules/r.lua", RULES)
  support.write(folder .. "/data/d.csv", DATA)
  support.write(folder .. "/scripts/reports/mine.lua", (REPORT:gsub("TABLE", function() return table_of_report end)))
  support.write(folder .. "/scripts/formats/plain.lua", FORMAT)
  return support.run("run rules/r.lua --format plain", { cd = folder })
end

local function check(table_of_report, expected)
  local out, err, code = run(table_of_report)
  luaunit.assertEquals({ out, err, code }, { expected, "", 0 })
end

TestProjectRows = {}

function TestProjectRows.test_cells()
  check("{ " .. columns(SHOWS) .. ', projects = projects, marks = { bad = "부진!", none = "없음" }, '
    .. 'missing = { zero_target = "목표 0" } }', [[
text;사업 1;2;부진!;; | text;지표 1;1;;; | text;%;1;;; | number;97.0;1;;; | number;48.5;1;;; | number;50.0;1;;;
^ | text;지표 2;1;;; | text;;1;;; | number;0;1;;; | number;50;1;;; | text;목표 0;1;;;
text;사업 3;1;없음;; | text;지표 3;1;;; | text;건;1;;; | text;-;1;;; | number;5;1;;; | text;blank;1;;;
text;사업 4;1;부진!;; | text;지표 4;1;;; | text;명;1;;; | number;1000000;1;;; | number;-1234.50;1;;; | number;-0.1;1;;;
]])
end

function TestProjectRows.test_refs_and_formulas()
  check("{ " .. columns({ "indicator", "rate", "project" })
    .. ", projects = { projects[3], projects[1] }, refs = true, formulas = true }", [[
text;지표 4;1;;; | number;-0.1;1;;;ROUND((({actual}/{target})*100),1) | text;사업 4;1;;p3;
text;지표 1;1;;; | number;50.0;1;;;ROUND((({actual}/{target})*100),1) | text;사업 1;2;;p1;
text;지표 2;1;;; | text;zero_target;1;;; | ^
]])
end

function TestProjectRows.test_no_projects_no_rows()
  check("{ " .. columns({ "project" }) .. ", projects = {} }", "")
end

local FAULTS = {
  { "{ " .. columns({ "project" }) .. ", projects = { results } }",
    "blocks[1].table.projects[1]: is an object such as a Project where a Project belongs" },
  { "{ " .. columns({ "project" }) .. ", projects = { 1 } }",
    "blocks[1].table.projects[1]: is an integer where a Project belongs" },
  { "{ " .. columns({ "project" }) .. ", projects = 1 }",
    "blocks[1].table.projects: is an integer where a list { … } belongs" },
  { "{ " .. columns({ "project", "goal" }) .. ", projects = projects }",
    "blocks[1].table.columns[2].show: is none of project, indicator, unit, target, actual, rate" },
  { '{ columns = { { title = "가" } }, projects = projects }',
    "blocks[1].table.columns[1].show: is missing: a text belongs here" },
  { "{ " .. columns({ "project" }) .. ", projects = projects, rows = {} }",
    "blocks[1].table: has an unknown key rows" },
  { "{ " .. columns({ "project" }) .. ", projects = projects, marks = { bad = 1 } }",
    "blocks[1].table.marks.bad: is an integer where a text belongs" },
  { "{ " .. columns({ "project" }) .. ", projects = projects, refs = 1 }",
    "blocks[1].table.refs: is an integer where true or false belongs" },
  { "{ " .. columns({ "rate" }) .. ", projects = projects, missing = { blank = {} } }",
    "blocks[1].table.missing.blank: is table where a text belongs" },
}

function TestProjectRows.test_faults()
  for _, case in ipairs(FAULTS) do
    local out, err, code = run(case[1])
    luaunit.assertEquals({ out, code }, { "", 2 }, case[1])
    luaunit.assertStrContains(err, case[2])
  end
end

os.exit(luaunit.LuaUnit.run())
