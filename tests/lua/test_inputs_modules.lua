-- Data in SQLite, ODS and HWPX; the same data in every container; modules that are not there.
local lu = require("luaunit")
local support = require("support")
local containers = require("containers")
local inputs = require("inputs")
local folder, rows, rules, run, assertSame = inputs.folder, inputs.rows, inputs.rules, inputs.run, inputs.assertSame
local assertFails, copy, save, iconv = inputs.assertFails, inputs.copy, inputs.save, inputs.iconv

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

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
