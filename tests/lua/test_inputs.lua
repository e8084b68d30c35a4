-- Data as text, CSV and JSON, in one file and in several, through the program.
local lu = require("luaunit")
local support = require("support")
local containers = require("containers")
local inputs = require("inputs")
local folder, names, rows, run, assertSame = inputs.folder, inputs.names, inputs.rows, inputs.run, inputs.assertSame
local assertFails, save, iconv = inputs.assertFails, inputs.save, inputs.iconv

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
  lu.assertEquals(out, inputs.expected())
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

TestFlags = {}

function TestFlags.testUseless()
  assertFails("plain.csv", "--sheet 연말", 64, "error[sheet-useless]: --sheet is not for this kind of file")
  assertFails("plain.csv", "--query 'SELECT 1'", 64, "error[sheet-useless]: --query is not for this kind of file")
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
