-- XLSX as an output: the workbook of 2019 read back from its XML, hostile names, what the description may hold.
local luaunit = require("luaunit")
local support = require("support")
local containers = require("containers")

local folder = support.folder()

local function unpack_file(path)
  local parts = {}
  return function(name)
    if not parts[name] then
      local pipe = assert(io.popen("unzip -p " .. support.quote(path) .. " " .. support.quote(name) .. " 2>/dev/null"))
      parts[name] = pipe:read("a")
      pipe:close()
    end
    return parts[name]
  end
end

local ENTITIES = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'" }

local function plain(xml)
  return (xml:gsub("&(%w+);", ENTITIES))
end

local function shared_strings(part)
  local strings = {}
  for item in part("xl/sharedStrings.xml"):gmatch("<si>(.-)</si>") do
    strings[#strings + 1] = plain(item:match("<t[^>]*>(.-)</t>") or "")
  end
  return strings
end

-- Sheets by name: cells by place ({ text = , number = , formula = }), merges, the XML.
local function read_workbook(path)
  local part = unpack_file(path)
  local strings, sheets, names = shared_strings(part), {}, {}
  for name in part("xl/workbook.xml"):gmatch('<sheet name="(.-)"') do names[#names + 1] = plain(name) end
  for i, name in ipairs(names) do
    local xml = part("xl/worksheets/sheet" .. i .. ".xml")
    local sheet = { xml = xml, cells = {}, merges = {} }
    for attributes, body in xml:gmatch("<c (r=[^>]-[^/])>(.-)</c>") do
      local place, value = attributes:match('r="(%u+%d+)"'), body:match("<v>(.-)</v>")
      local text = attributes:find('t="s"', 1, true) and strings[tonumber(value) + 1] or nil
      sheet.cells[place] = { text = text, number = not text and value or nil, formula = body:match("<f>(.-)</f>") }
    end
    for merge in xml:gmatch('<mergeCell ref="(.-)"') do sheet.merges[#sheet.merges + 1] = merge end
    sheets[name] = sheet
  end
  return sheets, names, part
end

local function make(words, name)
  local path = folder .. "/" .. name
  local out, err, status = support.run("run " .. words .. " --format xlsx -o " .. support.quote(path))
  luaunit.assertEquals({ out, err, status }, { "", "", 0 })
  return path
end

local document
local function of_2019()
  if not document then document = { read_workbook(make("rules/2019.lua", "2019.xlsx")) } end
  return table.unpack(document)
end

TestWorkbook = {}

function TestWorkbook.test_two_runs_give_the_same_bytes()
  luaunit.assertTrue(support.read(make("rules/2019.lua", "a.xlsx")) == support.read(make("rules/2019.lua", "b.xlsx")))
end

function TestWorkbook.test_sheets()
  local _, names = of_2019()
  luaunit.assertEquals(names, { "Ⅰ. 국별 사업추진 현황", "살펴볼 것", "그림", "Ⅱ. 2019년 국별 주요사업 추진 성과",
    "감사담당관", "미래비전추진단", "행정국", "재정국", "복지국", "생활환경국", "도시국", "안전교통국", "보건소" })
end

function TestWorkbook.test_counts_are_sums_and_percents_can_be_traced()
  local sheet = of_2019()["Ⅰ. 국별 사업추진 현황"]
  local cells = sheet.cells
  luaunit.assertEquals(cells.C4, { number = "154", formula = "SUM(D4:E4)" })
  luaunit.assertEquals(cells.D4, { number = "151", formula = "SUM(D6:D14)" })
  luaunit.assertEquals(cells.E4, { number = "3", formula = "SUM(E6:E14)" })
  luaunit.assertEquals(cells.D5, { number = "98", formula = "ROUND(D4/C4*100,0)" })
  luaunit.assertEquals(cells.E5, { number = "2", formula = "ROUND(E4/C4*100,0)" })
  luaunit.assertStrContains(table.concat(sheet.merges, " "), "D2:E2")
  luaunit.assertStrContains(sheet.xml, '<pane ySplit="3"')
  luaunit.assertStrContains(sheet.xml, 'paperSize="9"')
end

-- The rows of a department as they stand in the sheet, from the row of its name; the next row behind them.
local function compare_department(cells, row, department)
  luaunit.assertEquals(cells["A" .. row].text, department.name)
  row = row + 1
  for _, project in ipairs(department.projects) do
    luaunit.assertEquals(cells["A" .. row].text, project.name)
    for _, indicator in ipairs(project.indicators) do
      local rate = cells["F" .. row]
      luaunit.assertEquals(cells["B" .. row].text, indicator.name)
      luaunit.assertEquals(cells["C" .. row] and cells["C" .. row].text, indicator.unit)
      luaunit.assertEquals(tonumber(cells["D" .. row].number), tonumber(indicator.target.number))
      luaunit.assertEquals(tonumber(cells["E" .. row].number), tonumber(indicator.actual.number))
      luaunit.assertEquals(rate.number, indicator.rate_printed)
      local formula = indicator.case == "rate[1]" and "ROUND(((2-(E%d/D%d))*100),0)" or "ROUND(((E%d/D%d)*100),0)"
      luaunit.assertEquals(rate.formula, formula:format(row, row))
      row = row + 1
    end
    local mark = project.verdict == "sluggish" and project.verdict_name or nil
    local first = row - #project.indicators
    luaunit.assertEquals(cells["G" .. first] and cells["G" .. first].text, mark)
  end
  return row
end

function TestWorkbook.test_the_37_tables_are_those_of_the_result()
  local sheets = of_2019()
  local result = support.json((support.run("run rules/2019.lua --format json")))
  local departments = 0
  for _, bureau in ipairs(result.bureaus) do
    local cells, row = sheets[bureau.name].cells, 3
    for _, department in ipairs(bureau.departments) do
      row = compare_department(cells, row, department)
      departments = departments + 1
    end
    luaunit.assertNil(cells["B" .. row])
  end
  luaunit.assertEquals(departments, 37)
end

function TestWorkbook.test_what_to_look_at_names_sheet_and_cell()
  local sheets = of_2019()
  local cells = sheets["살펴볼 것"].cells
  for row = 3, 5 do
    luaunit.assertEquals(cells["D" .. row].text, "부진")
    luaunit.assertEquals(sheets[cells["E" .. row].text].cells[cells["F" .. row].text].text, cells["C" .. row].text)
  end
  luaunit.assertNil(cells.A6)
end

function TestWorkbook.test_charts_are_native()
  local sheets, _, part = of_2019()
  luaunit.assertStrContains(sheets["그림"].xml, "<drawing ")
  luaunit.assertStrContains(part("xl/charts/chart1.xml"), '<c:barDir val="bar"/>')
  luaunit.assertStrContains(part("xl/charts/chart1.xml"), '<a:pattFill prst="wdUpDiag">')
  luaunit.assertStrContains(part("xl/charts/chart2.xml"), "<c:f>'그림'!$B$")
end

local RULES = [[
return ruleset {
  title = "=1+1 & <b>", data = "data.csv", report = "status",
  rate = { { field.actual / field.target * 100 } }, rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}]]

function TestWorkbook.test_names_stay_texts()
  local name = "=cmd|' /C calc'!A0"
  support.write(folder .. "/rules.lua", RULES)
  support.write(folder .. "/data.csv", "bureau,department,project,indicator,unit,target,actual\n"
    .. "[a]:*?/\\'b','=1+1," .. name .. ",_x0041_ @SUM(1),%,1000,-5\n")
  local sheets, names = read_workbook(make(folder .. "/rules.lua", "hostile.xlsx"))
  luaunit.assertEquals(names[#names], "_a_______b_")
  local cells = sheets[names[#names]].cells
  luaunit.assertEquals(cells.A4, { text = name })
  luaunit.assertEquals(cells.B4, { text = "_x005F_x0041_ @SUM(1)" }) -- readers take _x005F_ for _
  luaunit.assertEquals(cells.F4, { number = "-0.5", formula = "ROUND(((E4/D4)*100),1)" })
end

-- A format that returns `sheets`, run.
local function draw(sheets)
  local scripts = folder .. "/scripts"
  os.execute("rm -rf " .. support.quote(scripts) .. " && mkdir -p " .. support.quote(scripts .. "/formats"))
  local workbook = "{ title = 't', sheets = " .. sheets .. " }"
  support.write(scripts .. "/formats/mine.lua",
    "return { purpose = '', draw = function() return { workbook = " .. workbook .. " } end }")
  support.write(folder .. "/rules.lua", RULES)
  support.write(folder .. "/data.csv", "bureau,department,project,indicator,unit,target,actual\n가,나,다,라,건,1,1\n")
  local words = ("run %s --format mine -o %s"):format(
    support.quote(folder .. "/rules.lua"), support.quote(folder .. "/mine.xlsx"))
  local _, err, status = support.run(words)
  return err, status
end

local FAULTS = {
  { "{}", "workbook.sheets: is empty" },
  { "{ { name = 'a', cell = {} } }", "workbook.sheets[1]: has an unknown key cell, did you mean cells?" },
  { "{ { name = 'a' }, { name = 'A' } }", "workbook.sheets[2]: has a name that is taken already" },
  { "{ { name = 'a/b' } }", "workbook.sheets[1]: has a name that no sheet may have" },
  { "{ { name = 'a', cells = { { row = 1, column = 1, columns = 2 }, { row = 1, column = 2 } } } }",
    "workbook.sheets[1].cells[2]: lies on a cell that is taken already" },
  { "{ { name = 'a', cells = { { row = 0, column = 1 } } } }",
    "workbook.sheets[1].cells[1].row: is no whole number from 1 to 200000" },
  { "{ { name = 'a', cells = { { row = 1, column = 1, style = 'none' } } } }",
    "workbook.sheets[1].cells[1]: has a style that is not there" },
  { "{ { name = 'a', cells = { { row = 1, column = 1, text = 'a', number = 1 } } } }",
    "workbook.sheets[1].cells[1]: must be one of text, number, formula" },
}

for _, formula in ipairs({ "cmd|' /C calc'!A0", "HYPERLINK(\\'http://a\\')", "WEBSERVICE(A1)", "[b.xlsx]a!A1", "DDE(1)",
  "'b'!A1", "A1:ZZ9", "=A1", "name", "\\\"a", "INDIRECT(\\\"A1\\\")" }) do
  FAULTS[#FAULTS + 1] = { "{ { name = 'a', cells = { { row = 1, column = 1, formula = \""
    .. formula:gsub("\\'", "'") .. "\" } } } }", "workbook.sheets[1].cells[1]: is a formula of more than numbers" }
end

function TestWorkbook.test_faults_name_their_place()
  for _, case in ipairs(FAULTS) do
    local err, status = draw(case[1])
    luaunit.assertStrContains(err, case[2])
    luaunit.assertEquals(status, 2)
  end
end

function TestWorkbook.test_a_formula_may_name_its_sheets()
  local formula = [["IF('a''b'!$A$1>=2,SUM(A1:A3)/2,\"x\")"]]
  local sheets = "{ { name = \"a'b\", cells = { { row = 1, column = 2, formula = " .. formula .. ", value = 3 } } } }"
  luaunit.assertEquals({ draw(sheets) }, { "", 0 })
  luaunit.assertEquals(read_workbook(folder .. "/mine.xlsx")["a'b"].cells.B1,
    { number = "3", formula = "IF('a''b'!$A$1&gt;=2,SUM(A1:A3)/2,\"x\")" })
end

-- The program alone, without its modules.
function TestWorkbook.test_without_the_library_the_package_is_named()
  local alone = folder .. "/alone"
  local program = support.quote(support.program)
  os.execute(("mkdir -p %s && cp %s %s"):format(support.quote(alone), program, support.quote(alone)))
  local out, err, status = support.run("run rules/2019.lua --format xlsx -o " .. support.quote(folder .. "/none.xlsx"),
    { program = alone .. "/perfeval" })
  luaunit.assertEquals({ out, status }, { "", 5 })
  luaunit.assertStrContains(err, "error[module-missing]: xlsx needs the module xlsxwrite")
  luaunit.assertStrContains(err, "libxlsxwriter-dev")
  luaunit.assertNil(io.open(folder .. "/none.xlsx"))
end

---- perfeval template

-- The workbook with its parts changed by `change(name, text)`, stored.
local function repack(path, change)
  local pipe = assert(io.popen("unzip -Z1 " .. support.quote(path)))
  local parts, entries = unpack_file(path), {}
  for name in pipe:lines() do entries[#entries + 1] = { name, change(name, parts(name:gsub("[%[%]]", "?"))) } end
  pipe:close()
  support.write(path, containers.zip(entries))
end

function TestWorkbook.test_a_template_is_filled_in_and_read_back()
  local path = folder .. "/template.xlsx"
  local out, err, status = support.run("template rules/2019.lua -o " .. support.quote(path))
  luaunit.assertEquals({ out, err, status }, { "", "", 0 })
  local sheets, names = read_workbook(path)
  local sheet = sheets["입력"]
  luaunit.assertEquals(#names, 1)
  local titles = {}
  for column in ("ABCDEFGHI"):gmatch(".") do titles[#titles + 1] = sheet.cells[column .. 1].text end
  luaunit.assertEquals(table.concat(titles, " "), "번호 국 부서 주요사업 성과지표 단위 목표 실적 달성률 미리보기")
  luaunit.assertEquals(sheet.cells.E2.text, "청렴도 향상 시책 추진")
  luaunit.assertEquals(sheet.cells.G2.number, "26")
  luaunit.assertEquals(sheet.cells.I2.formula, 'IF(ISNUMBER(H2),IFERROR(ROUND(((H2/G2)*100),0),""),"")')
  luaunit.assertStrContains(sheet.xml, "<sheetProtection ")
  luaunit.assertNotStrContains(sheet.xml, "password")
  luaunit.assertStrContains(sheet.xml, 'type="decimal"')
  luaunit.assertStrContains(sheet.xml, 'type="list"')
  repack(path, function(name, text)
    if name ~= "xl/worksheets/sheet1.xml" then return text end
    return (text:gsub('<c r="H2"( s="%d+")/>', '<c r="H2"%1><v>13</v></c>'))
  end)
  out, err = support.run("run rules/2019.lua --format json --data " .. support.quote(path))
  local first = support.json(out).bureaus[1].departments[1].projects[1].indicators[1]
  luaunit.assertStrContains(err, "indicators without a rate: 243")
  luaunit.assertEquals({ first.actual.number, first.rate_printed, first.row.number }, { "13", "50", "1" })
end

local code = luaunit.LuaUnit.run()
support.clean()
os.exit(code)
