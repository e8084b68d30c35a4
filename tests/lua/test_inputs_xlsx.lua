-- Data in XLSX files, whole and broken, through the program.
local lu = require("luaunit")
local support = require("support")
local containers = require("containers")
local inputs = require("inputs")
local rows, run, assertSame, assertFails = inputs.rows, inputs.run, inputs.assertSame, inputs.assertFails
local copy, save = inputs.copy, inputs.save

TestXlsx = {}

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
  lu.assertEquals(out, inputs.expected())
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
  lu.assertEquals(out, inputs.expected())
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
  local out, err, status = support.run(("explain %s 체납 --data %s/cells.xlsx"):format(
    support.quote(inputs.rules), inputs.folder))
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
  end)), "", 4, "error[zip-limit]", "parts, at most 1000 (--max-parts)")
  assertSame("many.xlsx", "--max-parts 1100")
  local bomb = with(function(parts)
    parts[#parts] = { parts[#parts][1], containers.run_of_blanks(5000), 5000 * 258 + 1, 0 }
  end)
  assertFails(save("bomb.xlsx", bomb), "", 4, "error[zip-limit]: xl/worksheets/sheet1.xml is beyond the limit: " ..
    "times its packed size, at most 100 (--max-ratio)")
  -- 1,290,001 bytes from 8,128: 158.7 times. Let in, they are no XML
  assertFails("bomb.xlsx", "--max-ratio 158", 4, "error[zip-limit]", "at most 158 (--max-ratio)")
  assertFails("bomb.xlsx", "--max-ratio 159", 3, "bomb.xlsx")
  local deep = ("<a>"):rep(64) .. ("</a>"):rep(64)
  assertFails(save("deep.xlsx", with(function(parts)
    parts[#parts][2] = parts[#parts][2]:gsub("<sheetData>", function() return deep .. "<sheetData>" end)
  end)), "", 4, "error[zip-limit]", "nested elements, at most 64\n")
  local filler = (" "):rep(1200000)
  local large = with(function(parts) parts[#parts][2] = parts[#parts][2] .. filler end)
  assertSame(save("large.xlsx", large))
  assertFails("large.xlsx", "--max-unpacked 1", 4, "error[zip-limit]",
    "bytes when unpacked, at most 1048576 (--max-unpacked)")
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

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
