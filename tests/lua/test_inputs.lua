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
