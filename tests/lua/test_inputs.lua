-- Data in the formats that offices send, through the program.
local lu = require("luaunit")
local support = require("support")
local containers = require("containers")

local folder = support.folder()

local names = { "국", "부서", "주요사업", "성과지표", "단위", "목표", "실적" }
local rows = {
  names,
  { "행정국", "총무과", "청사 관리", "점검 횟수", "회", 12, 12 },
  { "행정국", "총무과", "청사 관리", "만족도", "점", 90.5, 72.25 },
  { "재정국", "세무과", "체납 정리", "정리율", "%", 40, 10 },
}

local rules = folder .. "/rules/short.lua"
os.execute("mkdir -p '" .. folder .. "/rules'")
support.write(folder .. "/plain.csv", [[
국,부서,주요사업,성과지표,단위,목표,실적
행정국,총무과,청사 관리,점검 횟수,회,12,12
행정국,총무과,청사 관리,만족도,점,90.5,72.25
재정국,세무과,체납 정리,정리율,%,40,10
]])
support.write(rules, [[
return ruleset {
  title = "입력", data = "../plain.csv", report = "status",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

local function run(file, flags)
  return support.run(("run %s --format json --data %s %s"):format(support.quote(rules),
    support.quote(folder .. "/" .. file), flags or ""))
end

-- The JSON result of plain.csv.
local function expected()
  local out, err, status = run("plain.csv")
  lu.assertEquals(err, "")
  lu.assertEquals(status, 0)
  return out
end

local function assertSame(file, flags)
  local out, err, status = run(file, flags)
  lu.assertEquals(err, "")
  lu.assertEquals(status, 0)
  lu.assertEquals(out, expected())
end

local function assertFails(file, flags, status, ...)
  local out, err, code = run(file, flags)
  lu.assertEquals(out, "")
  for _, part in ipairs { ... } do lu.assertStrContains(err, part) end
  lu.assertEquals(code, status)
end

local function copy(list)
  local new = {}
  for i, row in ipairs(list) do new[i] = { table.unpack(row) } end
  return new
end

TestSqlite = {}

function TestSqlite.testTable()
  support.write(folder .. "/a.db", containers.sqlite("indicators", rows))
  assertSame("a.db")
  assertSame("a.db", "--sheet indicators")
  assertSame("a.db", "--query 'SELECT * FROM indicators'")
end

function TestSqlite.testFaultNamesRecordAndColumn()
  local changed = copy(rows)
  changed[3][7] = "많음"
  support.write(folder .. "/b.db", containers.sqlite("indicators", changed))
  assertFails("b.db", "", 3, "b.db:indicators[2].실적: error[not-a-number]: 실적 \"많음\" is not a number")
end

function TestSqlite.testBytes()
  local changed = copy(rows)
  changed[4][4] = { blob = "\1\2" }
  support.write(folder .. "/c.db", containers.sqlite("indicators", changed))
  assertFails("c.db", "", 3, "c.db:indicators[3].성과지표: error[cell-binary]")
end

function TestSqlite.testQueryThatWrites()
  support.write(folder .. "/d.db", containers.sqlite("indicators", rows))
  local before = support.read(folder .. "/d.db")
  assertFails("d.db", "--query 'DELETE FROM indicators'", 3, "error[sql-failed]")
  assertFails("d.db", "--query \"ATTACH 'x.db' AS x\"", 3, "error[sql-failed]")
  assertFails("d.db", "--query 'SELECT 1; SELECT 2'", 3, "error[sql-failed]")
  assertFails("d.db", "--query 'SELECT missing FROM indicators'", 3, "no such column: missing")
  lu.assertEquals(support.read(folder .. "/d.db"), before)
end

function TestSqlite.testUnknownTable()
  support.write(folder .. "/e.db", containers.sqlite("indicators", rows))
  assertFails("e.db", "--sheet targets", 3, 'error[sheet-unknown]: there is no sheet "targets"; there are: indicators')
end

function TestSqlite.testBroken()
  support.write(folder .. "/f.db", containers.sqlite("indicators", rows):sub(1, 3000))
  assertFails("f.db", "", 3, "error[sql-failed]")
end

TestXlsx = {}

local function save(name, bytes)
  support.write(folder .. "/" .. name, bytes)
  return name
end

function TestXlsx.testInlineTexts()
  assertSame(save("inline.xlsx", containers.xlsx { { "지표", rows } }))
  assertSame(save("strict.xlsx", containers.xlsx({ { "지표", rows } }, { strict = true })))
end

-- Shared texts: plain, rich, with a phonetic reading, with escapes; numbers with more digits than they have.
function TestXlsx.testSharedTexts()
  local texts, index = {}, 0
  local function shared(xml)
    texts[#texts + 1] = "<si>" .. xml .. "</si>"
    index = index + 1
    return { ('<c r="{place}" t="s"><v>%d</v></c>'):format(index - 1) }
  end
  local changed = copy(rows)
  changed[2][1] = shared("<r><rPr><b/></rPr><t>행정</t></r><r><t>국</t></r>")
  changed[2][2] = shared("<t>총무과</t><rPh sb='0' eb='3'><t>chongmugwa</t></rPh>")
  changed[2][4] = shared('<t xml:space="preserve"> 점검 횟수 </t>')
  changed[2][3] = { '<c r="{place}" t="str"><f>"청사"&amp;" 관리"</f><v>청사 관리</v></c>' }
  changed[3][6] = { '<c r="{place}"><v>90.500000000000000</v></c>' }
  changed[3][7] = { '<c r="{place}" t="n"><f>144.5/2</f><v>72.25</v></c>' }
  changed[4][6] = { '<c r="{place}"><v>4.0E1</v></c>' }
  changed[4][7] = { '<c r="{place}" t="str"><v>10</v></c>' }
  assertSame(save("shared.xlsx", containers.xlsx({ { "지표", changed } }, { strings = table.concat(texts) })))
end

function TestXlsx.testNumbersAreThoseThatAreShown()
  local changed = copy(rows)
  changed[2][6] = { '<c r="{place}"><v>78.599999999999994</v></c>' }
  changed[2][7] = { '<c r="{place}"><v>1E-3</v></c>' }
  local out = run(save("digits.xlsx", containers.xlsx { { "지표", changed } }))
  lu.assertStrContains(out, '"target":78.6,"actual":0.001,')
end

function TestXlsx.testEscapes()
  local changed = copy(rows)
  changed[2][4] = { '<c r="{place}" t="inlineStr"><is><t>점검_x000D_&#10;횟_x0041_수_x005F_x</t></is></c>' }
  local out = run(save("escapes.xlsx", containers.xlsx { { "지표", changed } }))
  lu.assertStrContains(out, '"name":"점검\\n횟A수_x"')
end

-- A merged project is filled down inside the merge and nowhere else; without its own indicator a row is none.
function TestXlsx.testMerges()
  local changed = copy(rows)
  for column = 1, 3 do changed[3][column] = false end
  local merges = { "A2:A3", "B2:B3", "C2:C3" }
  assertSame(save("merged.xlsx", containers.xlsx { { "지표", changed, merges = merges } }))
  changed[4][3] = false
  assertFails(save("unmerged.xlsx", containers.xlsx { { "지표", changed, merges = merges } }), "", 3,
    "unmerged.xlsx:지표!C4: error[blank-name]: 주요사업 is blank")
end

-- A title, a heading of two rows with merges, a heading that is repeated, blank rows, empty columns.
function TestXlsx.testHeadings()
  local upper = { false, "국", "부서", "주요사업", "성과지표", "단위", "추진현황" }
  local lower = { false, false, false, false, false, false, "목표", "실적" }
  local list = { { false, "2019년 성과관리 현황" }, {}, upper, lower }
  for i = 2, 3 do list[#list + 1] = { false, table.unpack(rows[i]) } end
  list[#list + 1] = {}
  list[#list + 1] = upper
  list[#list + 1] = lower
  list[#list + 1] = { false, table.unpack(rows[4]) }
  assertSame(save("headings.xlsx", containers.xlsx { { "지표", list,
    merges = { "B1:H1", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:H3" } } }))
end

function TestXlsx.testPlacesMayBeMissing()
  local changed = copy(rows)
  for _, row in ipairs(changed) do
    for i, value in ipairs(row) do
      row[i] = { type(value) == "number" and ("<c><v>%s</v></c>"):format(value) or
        ('<c t="inlineStr"><is><t>%s</t></is></c>'):format(value) }
    end
  end
  local book = containers.xlsx({ { "지표", changed } }, { parts = function(parts)
    for _, part in ipairs(parts) do part[2] = part[2]:gsub('<row r="%d+"', "<row") end
  end })
  assertSame(save("placeless.xlsx", book))
end

local styles = '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" ' ..
  'formatCode="yyyy&quot;년&quot; m&quot;월&quot; d&quot;일&quot;"/><numFmt numFmtId="166" ' ..
  'formatCode="#,##0&quot;% 이상, d&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>' ..
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="166"/></cellXfs>'

function TestXlsx.testPercent()
  local changed = copy(rows)
  changed[4][6] = { '<c r="{place}" s="1"><v>0.4</v></c>' }
  changed[4][7] = { '<c r="{place}" s="1"><v>0.10000000000000001</v></c>' }
  changed[2][6] = { '<c r="{place}" s="4"><v>12</v></c>' }
  local out, err, status = run(save("percent.xlsx", containers.xlsx({ { "지표", changed } }, { styles = styles })))
  lu.assertEquals(status, 0)
  lu.assertEquals(out, expected())
  lu.assertStrContains(err, 'percent.xlsx:지표!F4: warning[unusual-number]: 목표 "40%" was read as 40\n')
  lu.assertStrContains(err, 'percent.xlsx:지표!G4: warning[unusual-number]: 실적 "10%" was read as 10\n')
end

-- Day 43830 is 2019-12-31 counted from 1900, day 42368 counted from 1904.
function TestXlsx.testDates()
  local changed = copy(rows)
  changed[2][4] = { '<c r="{place}" s="2"><v>43830</v></c>' }
  changed[3][4] = { '<c r="{place}" s="3"><v>43830.75</v></c>' }
  changed[4][4] = { '<c r="{place}" t="d"><v>2019-12-31</v></c>' }
  local out = run(save("dates.xlsx", containers.xlsx({ { "지표", changed } }, { styles = styles })))
  lu.assertStrContains(out, '"name":"2019-12-31","unit":"회"')
  lu.assertStrContains(out, '"name":"2019-12-31 18:00:00","unit":"점"')
  lu.assertStrContains(out, '"name":"2019-12-31","unit":"%"')
  changed[2][4] = { '<c r="{place}" s="2"><v>42368</v></c>' }
  out = run(save("dates1904.xlsx", containers.xlsx({ { "지표", changed } },
    { styles = styles, workbook = '<workbookPr date1904="1"/>' })))
  lu.assertStrContains(out, '"name":"2019-12-31","unit":"회"')
  changed[2][6] = { '<c r="{place}" s="3"><v>43830</v></c>' }
  assertFails(save("date-target.xlsx", containers.xlsx({ { "지표", changed } }, { styles = styles })), "", 3,
    'date-target.xlsx:지표!F2: error[not-a-number]: 목표 "2019-12-31" is not a number')
end

function TestXlsx.testHiddenRows()
  local changed = copy(rows)
  changed[3].flags = ' hidden="1"'
  local out, err = run(save("hidden.xlsx", containers.xlsx { { "지표", changed } }))
  lu.assertEquals(out, expected())
  lu.assertStrContains(err, "hidden.xlsx:지표!A3: warning[hidden-rows]: hidden rows were read like the others: 1")
end

function TestXlsx.testSheets()
  local other = copy(rows)
  other[2][6] = 24
  local book = { { "메모", { { "적어 둘 것" } } }, { "상반기", other }, { "연말 지표", rows },
    { "숨김", other, state = "hidden" } }
  save("sheets.xlsx", containers.xlsx(book))
  assertSame("sheets.xlsx", "--sheet '연말 지표'")
  assertFails("sheets.xlsx", "", 3, "error[sheet-needed]: several sheets hold indicators: 상반기, 연말 지표;")
  assertFails("sheets.xlsx", "--sheet 연말", 3,
    'error[sheet-unknown]: there is no sheet "연말"; there are: 메모, 상반기, 연말 지표, 숨김')
  table.remove(book, 2)
  assertSame(save("one.xlsx", containers.xlsx(book)))
end

function TestXlsx.testCellsWithoutValue()
  local changed = copy(rows)
  changed[3][7] = { '<c r="{place}" t="e"><f>1/0</f><v>#DIV/0!</v></c>' }
  assertFails(save("error.xlsx", containers.xlsx { { "지표", changed } }), "", 3,
    "error.xlsx:지표!G3: error[cell-failed]: the cell holds no value but #DIV/0!")
  changed[3][7] = { '<c r="{place}"><f>F3*2</f></c>' }
  assertFails(save("uncomputed.xlsx", containers.xlsx { { "지표", changed } }), "", 3,
    "uncomputed.xlsx:지표!G3: error[cell-failed]: the cell holds no value but =F3*2")
  changed[3][7] = 72.25
  changed[3][9] = "메모"
  changed[3][8] = false
  assertFails(save("outside.xlsx", containers.xlsx { { "지표", changed } }), "", 3,
    'outside.xlsx:지표!I3: error[cell-outside]: "메모" stands in a column that has no name')
end

function TestXlsx.testWideParts()
  local book = containers.xlsx({ { "지표", rows } }, { parts = function(parts)
    for _, part in ipairs(parts) do
      if part[1]:find("sheet1") then
        local wide = {}
        local text = part[2]:gsub("UTF%-8", "UTF-16")
        for _, point in utf8.codes(text) do wide[#wide + 1] = string.pack("<I2", point) end
        part[2] = "\xff\xfe" .. table.concat(wide)
      end
    end
  end })
  assertSame(save("utf16.xlsx", book))
end

function TestXlsx.testExplainNamesCells()
  save("cells.xlsx", containers.xlsx { { "지표", rows } })
  local out, err, status = support.run(("explain %s 체납 --data %s/cells.xlsx"):format(support.quote(rules), folder))
  lu.assertEquals(err, "")
  lu.assertEquals(status, 0)
  lu.assertStrContains(out, "cells.xlsx:지표!F4")
end

TestArchives = {}

local function with(change)
  return containers.xlsx({ { "지표", rows } }, { parts = change })
end

function TestArchives.testCutOff()
  local whole = with()
  for _, size in ipairs { 4, 100, #whole - 30 } do
    assertFails(save("cut.xlsx", whole:sub(1, size)), "", 3, "error[zip-broken]")
  end
  local _, err = run(save("damaged.xlsx", (whole:gsub("총무과", "총무xyz"))))
  lu.assertStrContains(err,
    "error[zip-broken]: the file cannot be unpacked: xl/worksheets/sheet1.xml: its data are damaged")
end

function TestArchives.testNames()
  for _, name in ipairs { "../x.xml", "/x.xml", "a/../../x", "a\\b.xml", "C:x", "a/./b" } do
    assertFails(save("name.xlsx", with(function(parts) parts[#parts + 1] = { name, "" } end)), "", 3,
      "error[zip-name]")
  end
  assertFails(save("twice.xlsx", with(function(parts) parts[#parts + 1] = parts[#parts] end)), "", 3,
    "error[zip-name]", "xl/worksheets/sheet1.xml")
end

function TestArchives.testLimits()
  assertFails(save("many.xlsx", with(function(parts)
    for i = 1, 1000 do parts[#parts + 1] = { "x" .. i, "" } end
  end)), "", 4, "error[zip-limit]", "parts, at most 1000")
  local bomb = with(function(parts)
    parts[#parts] = { parts[#parts][1], containers.run_of_blanks(5000), 5000 * 258 + 1, 0 }
  end)
  assertFails(save("bomb.xlsx", bomb), "", 4, "error[zip-limit]: xl/worksheets/sheet1.xml is beyond the limit: " ..
    "times its packed size, at most 100")
  local deep = ("<a>"):rep(64) .. ("</a>"):rep(64)
  assertFails(save("deep.xlsx", with(function(parts)
    parts[#parts][2] = parts[#parts][2]:gsub("<sheetData>", function() return deep .. "<sheetData>" end)
  end)), "", 4, "error[zip-limit]", "nested elements, at most 64")
  local filler = (" "):rep(1200000)
  local large = with(function(parts) parts[#parts][2] = parts[#parts][2] .. filler end)
  assertSame(save("large.xlsx", large))
  assertFails("large.xlsx", "--max-unpacked 1", 4, "error[zip-limit]", "bytes when unpacked, at most 1048576")
end

function TestArchives.testDoctype()
  local lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  assertFails(save("entities.xlsx", with(function(parts)
    parts[#parts][2] = parts[#parts][2]:gsub("<worksheet", function() return lol .. "<worksheet" end)
  end)), "", 3, "error[xml-doctype]: xl/worksheets/sheet1.xml declares a DOCTYPE")
end

function TestArchives.testBrokenXml()
  assertFails(save("xml.xlsx", with(function(parts) parts[#parts][2] = parts[#parts][2]:gsub("</row>", "") end)), "", 3,
    "error[xml-broken]: xl/worksheets/sheet1.xml, line 2: mismatched tag")
  assertFails(save("order.xlsx", with(function(parts)
    parts[#parts][2] = parts[#parts][2]:gsub('r="B2"', 'r="A2"')
  end)), "", 3, "error[xml-broken]", "a cell has a place that no sheet has")
  assertFails(save("part.xlsx", with(function(parts) table.remove(parts) end)), "", 3,
    "error[part-missing]: a part is missing in the file: xl/worksheets/sheet1.xml")
  assertFails(save("other.zip", containers.zip { { "readme.txt", "x" } }), "", 3, "error[zip-format]")
end

function TestArchives.testOlderFormats()
  local function wide(name) return (name:gsub(".", "%0\0")) end
  local start = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" .. ("\0"):rep(600)
  assertFails(save("old.xls", start .. wide("Workbook")), "", 3, "error[old-excel]")
  assertFails(save("locked.xlsx", start .. wide("EncryptedPackage")), "", 3, "error[encrypted-file]")
  assertFails(save("old.hwp", start .. wide("HwpSummaryInformation")), "", 3, "error[old-hwp]")
end

TestOds = {}

function TestOds.testSheet()
  assertSame(save("plain.ods", containers.ods("지표", rows)))
end

function TestOds.testMergesSpacesNotes()
  local changed = copy(rows)
  local function cell(flags, text)
    return { ('<table:table-cell %s office:value-type="string">%s</table:table-cell>'):format(flags, text) }
  end
  changed[2][1] = cell('table:number-rows-spanned="2"', "<text:p>행정국</text:p>")
  changed[2][2] = cell('table:number-rows-spanned="2"',
    "<office:annotation><text:p>메모</text:p></office:annotation><text:p>총무<text:span>과</text:span></text:p>")
  changed[2][3] = cell('table:number-rows-spanned="2"', "<text:p>청사<text:s/>관리</text:p>")
  for column = 1, 3 do changed[3][column] = { "<table:covered-table-cell/>" } end
  changed[2][6] = { '<table:table-cell table:number-columns-repeated="2" office:value-type="float" ' ..
    'office:value="12"><text:p>12.0</text:p></table:table-cell>' }
  changed[2][7] = nil
  assertSame(save("merged.ods", containers.ods("지표", changed)))
end

function TestOds.testPercentAndDates()
  local changed = copy(rows)
  changed[4][7] = { '<table:table-cell office:value-type="percentage" office:value="0.1"><text:p>10%</text:p>' ..
    "</table:table-cell>" }
  changed[4][4] = { '<table:table-cell office:value-type="date" office:date-value="2019-12-31">' ..
    "<text:p>12/31</text:p></table:table-cell>" }
  local out, err = run(save("percent.ods", containers.ods("지표", changed)))
  lu.assertStrContains(err, 'percent.ods:지표!G4: warning[unusual-number]: 실적 "10%" was read as 10')
  lu.assertStrContains(out, '"name":"2019-12-31","unit":"%","target":40,"actual":10,')
end

TestHwpx = {}

function TestHwpx.testTable()
  assertSame(save("plain.hwpx", containers.hwpx(rows)))
end

function TestHwpx.testMerges()
  local changed = copy(rows)
  for column = 1, 3 do changed[3][column] = false end
  assertSame(save("merged.hwpx", containers.hwpx(changed,
    { ["2,1"] = { 2, 1 }, ["2,2"] = { 2, 1 }, ["2,3"] = { 2, 1 } })))
end

function TestHwpx.testFaultNamesTableAndCell()
  local changed = copy(rows)
  changed[3][6] = "미정"
  assertFails(save("fault.hwpx", containers.hwpx(changed)), "", 3,
    'fault.hwpx:1!F3: error[not-a-number]: 목표 "미정" is not a number')
end

local function iconv(text, encoding)
  support.write(folder .. "/iconv.txt", text)
  local pipe = assert(io.popen("iconv -f UTF-8 -t " .. encoding .. " " .. folder .. "/iconv.txt"))
  local bytes = pipe:read("a")
  assert(pipe:close())
  return bytes
end

TestJson = {}

-- Texts as they are; numbers as they are written.
local function object(row)
  local parts = {}
  for i, name in ipairs(names) do
    local value = row[i]
    if value ~= false then
      parts[#parts + 1] = ('"%s": %s'):format(name, type(value) == "string" and '"' .. value .. '"' or value)
    end
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end

function TestJson.testLinesAndList()
  local lines = {}
  for i = 2, #rows do lines[i - 1] = object(rows[i]) end
  assertSame(save("plain.ndjson", table.concat(lines, "\n") .. "\n"))
  assertSame(save("blank.ndjson", "\u{FEFF}" .. table.concat(lines, "\r\n\r\n")))
  assertSame(save("plain.json", "[\n  " .. table.concat(lines, ",\n  ") .. "\n]\n"))
end

-- Keys in another order, a key that only a later object has, null and a missing key for a blank.
function TestJson.testKeys()
  local out, err = run(save("keys.ndjson", [[
{"실적": 12, "목표": 12, "단위": "회", "성과지표": "점검 횟수", "주요사업": "청사 관리", "부서": "총무과", "국": "행정국"}
{"국":"행정국","부서":"총무과","주요사업":"청사 관리","성과지표":"만족도","단위":"점","목표":90.5,"실적":null,"비고":"미정"}
{"국":"재정국","부서":"세무과","주요사업":"체납 정리","성과지표":"정리율","단위":"%","목표":4e1}
]]))
  lu.assertStrContains(err, "indicators without a rate: 2")
  lu.assertEquals(out, (run(save("keys.csv", [[
국,부서,주요사업,성과지표,단위,목표,실적,비고
행정국,총무과,청사 관리,점검 횟수,회,12,12,
행정국,총무과,청사 관리,만족도,점,90.5,,미정
재정국,세무과,체납 정리,정리율,%,40,,
]]))))
end

function TestJson.testFaults()
  local first = object(rows[2])
  assertFails(save("text.ndjson", first .. "\n" .. object { "국", "과", "사업", "지표", "건", "많음", 1 }), "", 3,
    'text.ndjson:2:68: error[not-a-number]: 목표 "많음" is not a number')
  assertFails(save("nested.ndjson", first .. '\n{"국": ["행정국"]}\n'), "", 3, "nested.ndjson:2:7: error[json-syntax]",
    "a value of a row is a text, a number, true, false or null")
  assertFails(save("list.ndjson", first .. "\n[1]\n"), "", 3, "list.ndjson:2:1: error[json-syntax]")
  assertFails(save("broken.ndjson", first .. "\n" .. first:sub(1, -2)), "", 3, "broken.ndjson:2:")
  assertFails("text.ndjson", "--sheet 1", 64, "error[sheet-useless]")
end

TestFiles = {}

local function part(...)
  local list = { names }
  for _, i in ipairs { ... } do list[#list + 1] = rows[i] end
  return list
end

local function files(name)
  os.execute(("rm -rf '%s/%s' && mkdir -p '%s/%s'"):format(folder, name, folder, name))
  return name .. "/"
end

-- Files of several formats, with columns in another order, a temporary file of Excel among them.
function TestFiles.testMerged()
  local into = files("in")
  save(into .. "1 총무과.xlsx", containers.xlsx { { "지표", part(2, 3) } })
  save(into .. "2 세무과.csv", iconv("실적,목표값,단위,성과지표,주요사업,부서,국\n10,40,%,정리율,체납 정리,세무과,재정국\n", "CP949"))
  save(into .. "~$1 총무과.xlsx", "locked")
  assertSame(into .. "*")
  assertSame(into .. "? *과.*")
  assertFails(into .. "*.xls", "", 5, "error[no-files]: no file matches")
end

function TestFiles.testFaultsNameTheFile()
  local into = files("faults")
  local bad = part(4)
  bad[2] = { table.unpack(bad[2]) }
  bad[2][7] = "많음"
  save(into .. "a.xlsx", containers.xlsx { { "지표", part(2, 3) } })
  save(into .. "b.xlsx", containers.xlsx { { "지표", bad } })
  save(into .. "c.csv", "국,부서,주요사업,성과지표,단위,목표,메모\n재정국,세무과,가,나,건,1,x\n")
  assertFails(into .. "*", "", 3, "faults/b.xlsx:지표!G2: error[not-a-number]",
    "faults/c.csv:1:24: error[files-columns]: the column 실적 of the first file (" .. folder .. "/faults/a.xlsx)",
    "faults/c.csv:1:22: error[files-extra]: the column 메모 is not in the first file")
end

function TestFiles.testDuplicates()
  local into = files("twice")
  save(into .. "a.xlsx", containers.xlsx { { "지표", part(2, 3, 4) } })
  save(into .. "b.xlsx", containers.xlsx { { "지표", part(4) } })
  assertFails(into .. "*", "", 3, "twice/b.xlsx:2: warning[department-twice]: 세무과 has rows in another file too",
    "twice/b.xlsx:2: error[row-twice]: 정리율 stands in another file already: " .. folder .. "/twice/a.xlsx:4")
end

function TestFiles.testDepartments()
  local into = files("listed")
  save(into .. "a.xlsx", containers.xlsx { { "지표", part(2, 3) } })
  save("list.csv", "부서,국\n총무과,행정국\n세무과,재정국\n총 무 과,행정국\n")
  local list = "--departments " .. folder .. "/list.csv"
  assertFails(into .. "*", list, 3, "list.csv:3:1: error[department-absent]: no file has rows of 세무과 (재정국)")
  save(into .. "b.xlsx", containers.xlsx { { "지표", part(4) } })
  assertSame(into .. "*", list)
  assertSame(into .. "*", "--departments " .. folder .. "/plain.csv")
  save("list.csv", "이름\n총무과\n")
  assertFails(into .. "*", list, 3, "list.csv:1:3: error[missing-column]: there is no column department (부서)")
end

function TestFiles.testAllSheets()
  save("all.xlsx", containers.xlsx { { "가", part(2, 3) }, { "나", part(4) } })
  assertSame("all.xlsx", "--sheet all")
end

-- The data of 2019 in every container give the bytes that the CSV gives.
TestSame = {}

-- The sheet with the cells of bureau, department and project merged over the rows of a project.
local function merged_projects(list)
  local changed, merges, first = copy(list), {}, 2
  for r = 3, #list + 1 do
    local row, before = list[r] or {}, list[r - 1]
    local again = row[2] == before[2] and row[3] == before[3] and row[4] == before[4]
    for column = 2, 4 do
      if again then
        changed[r][column] = false
      elseif r - 1 > first then
        local letter = ("ABCD"):sub(column, column)
        merges[#merges + 1] = letter .. first .. ":" .. letter .. r - 1
      end
    end
    if not again then first = r end
  end
  lu.assertEquals(#merges, 3 * 75) -- projects of more than one indicator
  return { "지표", changed, merges = merges }
end

function TestSame.test2019()
  local text = support.read("data/2019/indicators.csv")
  local list, objects = {}, {}
  for line in text:gmatch("[^\r\n]+") do
    local row, at = {}, 1
    while at <= #line + 1 do -- cells in quotes hold commas and no quotes
      local quoted, behind = line:match('^"([^"]*)"()', at)
      local value = quoted
      if not quoted then value, behind = line:match("^([^,]*)()", at) end
      row[#row + 1] = value
      at = behind + 1
    end
    list[#list + 1] = row
  end
  lu.assertEquals(#list, 245)
  for r = 2, #list do
    local parts = {}
    for c, value in ipairs(list[r]) do
      local number = value:match("^-?%d+%.?%d*$") and tonumber(value)
      list[r][c] = value ~= "" and (number or value)
      if value ~= "" then parts[#parts + 1] = ('"%s":%s'):format(list[1][c], number or '"' .. value .. '"') end
    end
    objects[#objects + 1] = "{" .. table.concat(parts, ",") .. "}"
  end
  local function result(file)
    local out, err, status = support.run("run rules/2019.lua --format json --data " ..
      support.quote(folder .. "/" .. file))
    lu.assertEquals(err, "")
    lu.assertEquals(status, 0)
    return out
  end
  save("2019.csv", text)
  local wanted = result("2019.csv")
  lu.assertStrContains(wanted, '"projects":154,"sluggish":3')
  local function same(name, bytes) lu.assertEquals(result(save(name, bytes)), wanted) end
  -- CP949 has no ‧ (U+2027), ․ (U+2024), ◦ and ▢
  local plainer = text:gsub("\u{2027}", "·"):gsub("\u{2024}", "·"):gsub("◦", "•"):gsub("▢", "□")
  save("2019-plainer.csv", plainer)
  lu.assertEquals(result(save("2019-949.csv", iconv(plainer, "CP949"))), result("2019-plainer.csv"))
  same("2019.xlsx", containers.xlsx { { "지표", list } })
  same("2019.ods", containers.ods("지표", list))
  same("2019.hwpx", containers.hwpx(list))
  same("2019.db", containers.sqlite("지표", list))
  same("2019.ndjson", table.concat(objects, "\n"))
  same("2019.json", "[" .. table.concat(objects, ",\n") .. "]")
  same("2019-merged.xlsx", containers.xlsx { merged_projects(list) })
end

TestText = {}

local plain = support.read(folder .. "/plain.csv")


function TestText.testEncodings()
  local cp949 = iconv(plain, "CP949")
  lu.assertNotEquals(cp949, plain)
  assertSame(save("cp949.csv", cp949))
  assertSame("cp949.csv", "--encoding cp949")
  assertSame(save("bom.csv", "\u{FEFF}" .. plain))
  assertSame(save("wide.txt", "\xff\xfe" .. iconv(plain:gsub(",", "\t"), "UTF-16LE")))
  assertSame(save("wide.csv", iconv(plain, "UTF-16LE")), "--encoding utf-16le")
  assertSame("plain.csv", "--encoding UTF_8")
end

-- Syllables that EUC-KR lacks.
function TestText.testSyllablesOfCp949()
  local text = plain:gsub("만족도", "똠방각하 햏")
  save("rare.csv", text)
  save("rare949.csv", iconv(text, "CP949"))
  local out, err = run("rare949.csv")
  lu.assertEquals(err, "")
  lu.assertEquals(out, (run("rare.csv")))
  lu.assertStrContains(out, "똠방각하 햏")
end

function TestText.testEncodingFaults()
  local cp949 = iconv(plain, "CP949")
  local bad = cp949:sub(1, 60) .. "\xff" .. cp949:sub(61)
  assertFails(save("bad.csv", bad), "", 3,
    "bad.csv:2: error[bad-encoding]: byte 0xff at offset 60 is none of UTF-8, CP949")
  assertFails("bad.csv", "--encoding cp949", 3, "offset 60 is none of CP949")
  assertFails(save("slip.csv", plain:sub(1, 100) .. "\xff" .. plain:sub(101)), "", 3,
    "error[bad-utf8]: byte 0xed at offset 99 is not UTF-8")
  assertFails(save("odd.txt", "\xff\xfe" .. iconv(plain, "UTF-16LE") .. "x"), "", 3, "none of UTF-16LE")
  assertFails("plain.csv", "--encoding latin1", 64, "utf-8, cp949, utf-16le")
end

function TestText.testLineEndsAndTabs()
  assertSame(save("crlf.csv", (plain:gsub("\n", "\r\n"))))
  assertSame(save("cr.csv", (plain:gsub("\n", "\r"))))
  assertSame(save("tabs.tsv", (plain:gsub(",", "\t"))))
  assertSame(save("tabs-quoted.tsv", (plain:gsub(",", "\t"):gsub("청사 관리", '"청사 관리"'))))
  assertSame(save("blanks.csv", (plain:gsub(",", " , "))))
end

function TestText.testNumbersAsTheyAreTyped()
  local odd = { ["12,12"] = '１２,"12 "', ["90.5,72.25"] = '"　90.5",+72.25' }
  local text = plain
  for from, to in pairs(odd) do text = text:gsub(from:gsub("%.", "%%."), to) end
  save("odd.csv", text)
  local out, err, status = run("odd.csv")
  lu.assertEquals(out, expected())
  lu.assertEquals(status, 0)
  lu.assertStrContains(err, 'odd.csv:2:23: warning[unusual-number]: 목표 "１２" was read as 12')
  lu.assertStrContains(err, '실적 "+72.25" was read as 72.25')
  local minus = plain:gsub("40,10", "△40,\u{2212}10")
  out, err = run(save("minus.csv", minus))
  lu.assertEquals(out, (run(save("minus-plain.csv", (plain:gsub("40,10", "-40,-10"))))))
  lu.assertStrContains(err, '목표 "△40" was read as -40')
  lu.assertStrContains(err, '실적 "−10" was read as -10')
end

function TestText.testHeadings()
  assertSame(save("english.csv",
    (plain:gsub("^[^\n]*", "bureau,department,project,indicator,unit,target,actual"))))
  assertSame(save("aliases.csv", (plain:gsub("^[^\n]*", "국별,부 서 명,주요 사업,성과·지표,측정단위,목표값,추진실적"))))
  assertSame(save("order.csv", [[
실적,목표,단위,성과지표,주요사업,부서,국
12,12,회,점검 횟수,청사 관리,총무과,행정국
72.25,90.5,점,만족도,청사 관리,총무과,행정국
10,40,%,정리율,체납 정리,세무과,재정국
]]))
  local heading = plain:match("^[^\n]*\n")
  assertSame(save("repeated.csv", (plain:gsub("재정국", heading .. "재정국"))))
end

-- A column by its own name counts before another one by another name; two others for one column are a fault.
function TestText.testOtherNames()
  local out, err = run(save("both.csv", [[
국,부서,사업명,주요사업,성과지표,단위,목표,실적
행정국,총무과,가,청사 관리,점검 횟수,회,12,12
]]))
  lu.assertEquals(err, "")
  lu.assertStrContains(out, "청사 관리")
  assertFails(save("twice.csv", [[
국,부서,사업명,사업,성과지표,단위,목표,실적
행정국,총무과,가,청사 관리,점검 횟수,회,12,12
]]), "", 3, "twice.csv:1:10: error[duplicate-column]: the column 사업 occurs twice")
end

TestModules = {}

-- A program that stands alone has no modules.
function TestModules.testMissing()
  support.write(folder .. "/g.db", containers.sqlite("indicators", rows))
  os.execute(("mkdir -p %s/alone && cp %s %s/alone/perfeval"):format(folder, support.quote(support.program), folder))
  local _, err, status = support.run("run " .. support.quote(rules) .. " --data " .. folder .. "/g.db",
    { program = folder .. "/alone/perfeval" })
  lu.assertStrContains(err, "error[module-missing]: SQLite needs the module sqlite, which was not built: install " ..
    "libsqlite3-dev and build again")
  lu.assertEquals(status, 5)
end

function TestModules.testBroken()
  support.write(folder .. "/h.db", containers.sqlite("indicators", rows))
  os.execute(("mkdir -p %s/broken/modules && cp %s %s/broken/perfeval"):format(folder, support.quote(support.program),
    folder))
  support.write(folder .. "/broken/modules/sqlite.so", "no library")
  local _, err, status = support.run("run " .. support.quote(rules) .. " --data " .. folder .. "/h.db",
    { program = folder .. "/broken/perfeval" })
  lu.assertStrContains(err, "error[module-broken]")
  lu.assertStrContains(err, "libsqlite3-0")
  lu.assertEquals(status, 5)
end

TestFlags = {}

function TestFlags.testUseless()
  assertFails("plain.csv", "--sheet 연말", 64, "error[sheet-useless]: --sheet is not for this kind of file")
  assertFails("plain.csv", "--query 'SELECT 1'", 64, "error[sheet-useless]: --query is not for this kind of file")
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
