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

TestText = {}

local plain = support.read(folder .. "/plain.csv")

local function iconv(text, encoding)
  support.write(folder .. "/iconv.txt", text)
  local pipe = assert(io.popen("iconv -f UTF-8 -t " .. encoding .. " " .. folder .. "/iconv.txt"))
  local bytes = pipe:read("a")
  assert(pipe:close())
  return bytes
end

local function save(name, text)
  support.write(folder .. "/" .. name, text)
  return name
end

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
  assertFails(save("bad.csv", bad), "", 3, "bad.csv:2: error[bad-encoding]: byte 0xff at offset 60 is none of UTF-8, CP949")
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
