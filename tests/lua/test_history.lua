-- The history: runs that records tell of, in a database that stays whole.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

-- How often writing is broken off; more with HISTORY_KILLS=200.
local kills = tonumber(os.getenv("HISTORY_KILLS") or "12")

local data = support.read("data/2019/indicators.csv")
local base = os.getenv("PWD") .. "/"

local function edited(from, to)
  local text, count = data:gsub(from, to)
  assert(count == 1, "nothing to edit")
  return text
end

-- A folder with data.csv of that text, evaluated with those flags into its records.
local function run(folder, text, flags, warned)
  support.write(folder .. "/data.csv", text)
  local _, err, status = support.run(("run %srules/2019.lua --data data.csv --record rec --format csv -o out.csv %s")
    :format(base, flags or ""), { cd = folder })
  if warned then
    unit.assertStrContains(err, warned)
    err = ""
  end
  unit.assertEquals({ err, status }, { "", 0 })
end

local function history(folder, words, lang)
  local out, err, status = support.run("history " .. words, { cd = folder, lang = lang })
  return { out, err, status }
end

-- A line of `sqlite3 history.db SQL`.
local function sql(folder, statement)
  local pipe <close> = io.popen(("sqlite3 %s/history.db %s"):format(folder, support.quote(statement)))
  return pipe:read("a")
end

-- Four runs: as it was; the cut at 60; at 80 again; and with 700 done instead of -231, 300 asked for instead of 398.
local function four()
  local folder = support.folder()
  run(folder, data)
  run(folder, data, "--set sluggish_at_most=60")
  run(folder, data, "--set sluggish_at_most=80")
  local text = edited(",752,%-231,", ",752,700,")
  local count
  text, count = text:gsub(",398,419,", ",300,419,")
  assert(count == 1)
  run(folder, text, "--set sluggish_at_most=80")
  return folder
end

TestHistory = {}

function TestHistory.test_records_are_added_once()
  local folder = four()
  unit.assertEquals(history(folder, "add rec/000001.json"), { "1 added, 0 already there\n", "", 0 })
  unit.assertEquals(history(folder, "add rec"), { "3 added, 1 already there\n", "", 0 })
  unit.assertEquals(history(folder, "add rec"), { "0 added, 4 already there\n", "", 0 })
  local list = history(folder, "list")[1]
  unit.assertStrMatches(list:match("[^\n]+\n%s*(1 [^\n]*)"), "1  .*Z +.*rules/2019.lua +154  sluggish 3, normal 151")
  unit.assertStrMatches(list:match("\n%s*(2 [^\n]*)"), "2  .* 154  sluggish 1, normal 153")
  unit.assertStrMatches(list:match("\n%s*(4 [^\n]*)"), "4  .* 154  sluggish 1, normal 153")
end

-- 75 and 77.638191 lie between 60 and 80. 700 of 752 is 93.085106; with 133.333333 the mean is 113.20922. 419 of 300 is
-- 139.666667; with 50 the mean is 94.833333.
function TestHistory.test_what_changed_and_why()
  local folder = four()
  history(folder, "add rec")
  local second = history(folder, "show 2")[1]
  unit.assertStrContains(second, "\n  sluggish: 1, before 3\n  normal: 153, before 151\n")
  unit.assertStrContains(second, ": verdicts that changed: 2\n"
    .. "  recovered: 미래비전추진단 > 미래교육과 > 도서관 운영 활성화: sluggish (75) → normal (75)\n"
    .. "    param: - → sluggish_at_most=60\n")
  local third = history(folder, "show 3")[1]
  unit.assertStrContains(third, "  new: 재정국 > 일자리경제과 > 지역일자리 사업 지원: normal (77.638191) → sluggish (77.638191)\n"
    .. "    param: sluggish_at_most=60 → sluggish_at_most=80\n")
  local last = history(folder, "show")[1]
  unit.assertStrContains(last, ": verdicts that changed: 2\n"
    .. "  recovered: 생활환경국 > 청소과 > 음식물류 폐기물 자원화: sluggish (51.307624) → normal (113.20922)\n"
    .. "    data, actual of 음식물류폐기물 감량실적: -231 → 700\n"
    .. "  recovered: 재정국 > 일자리경제과 > 지역일자리 사업 지원: sluggish (77.638191) → normal (94.833333)\n"
    .. "    target of 공공일자리사업 참여자 수: 398 → 300\n")
  unit.assertStrContains(history(folder, "show", "ko_KR.UTF-8")[1], "  회복: 생활환경국")
  unit.assertEquals(history(folder, "show 9")[3], 64)
end

-- A row less, a row more, a project gone and one that is new.
function TestHistory.test_rows_and_projects_that_come_and_go()
  local folder = support.folder()
  local text = edited("(\n[^\n]*,음식물류폐기물 감량실적,[^\n]*)", "")
  run(folder, text)
  run(folder, data:gsub("구정 청렴도 향상", "구정 청렴도 높이기"), nil)
  history(folder, "add rec")
  local out = history(folder, "show")[1]
  unit.assertStrContains(out, "  new: 생활환경국 > 청소과 > 음식물류 폐기물 자원화: normal (133.333333) → sluggish (51.307624)\n"
    .. "    data, row added: 음식물류폐기물 감량실적\n")
  unit.assertStrContains(out, "  project gone: 감사담당관 > 감사담당관 > 구정 청렴도 향상\n")
  unit.assertStrContains(out, "  project added: 감사담당관 > 감사담당관 > 구정 청렴도 높이기\n")
end

-- 청소과 has three projects; one of them recovers: 2 of 3 is 66.67 %, then all.
function TestHistory.test_trend()
  local folder = four()
  history(folder, "add rec")
  local department = history(folder, "trend 청소과")[1]
  unit.assertStrMatches(department:match("\n%s*(1 [^\n]*)"), "1  %d.* 3 +1 +2 +66.67  %d%d%d%d  │█.*")
  unit.assertStrMatches(department:match("\n%s*(4 [^\n]*)"), "4  %d.* 3 +0 +3 +100.00 +│█.*")
  local project = history(folder, "trend '음식물류 폐기물 자원화'")[1]
  unit.assertStrMatches(project:match("\n%s*(3 [^\n]*)"), "3  %d.* 1  sluggish +51.307624 +│█.*")
  unit.assertStrMatches(project:match("\n%s*(4 [^\n]*)"), "4  %d.* 1  normal +113.20922 +│█.*")
  unit.assertStrMatches(history(folder, "trend 생활환경국")[1]:match("\n%s*(4 [^\n]*)"), "4  %d.* 16 +0 +16 +100.00 +│█.*")
  local all = history(folder, "trend")[1]
  unit.assertStrMatches(all:match("\n%s*(1 [^\n]*)"), "1  %d.* 154 +3 +151 +98.05  %d%d%d%d  │█.*")
  local json = support.json(history(folder, "trend '음식물류 폐기물 자원화' --format json")[1])
  unit.assertEquals({ json.format, json.level, #json.runs, json.runs[4].rate.number },
    { "perfeval.trend/1", "project", 4, "113.20922" })
  local svg = history(folder, "trend 청소과 --format svg")[1]
  unit.assertStrContains(svg, "<title>청소과</title>")
  -- a third of 240 below the top, then on it
  unit.assertStrContains(svg, 'd="M70.0,130.0L230.0,130.0L390.0,130.0L550.0,50.0"')
  unit.assertEquals({ history(folder, "trend 없는과")[3], history(folder, "trend --format pdf")[3] }, { 64, 64 })
end

-- 366 days, then 365: the first of January 2024 is 1/731 of 480 to the right, that of 2025 367/731.
function TestHistory.test_years()
  local folder = support.folder()
  local sluggish = edited(",752,%-231,", ",752,700,")
  run(folder, data, "--at 2025-12-31") -- in order of days, not of runs
  run(folder, sluggish, "--at 2024-12-31")
  run(folder, data, "--at 2023-12-31")
  history(folder, "add rec")
  local text = history(folder, "trend 청소과")[1]
  local found = {}
  for run_id, day, year in text:gmatch("\n +(%d) +(%d+-%d+-%d+) .- (%d%d%d%d)  │") do
    found[#found + 1] = run_id .. " " .. day .. " " .. year
  end
  unit.assertEquals(found, { "3 2023-12-31 2023", "2 2024-12-31 2024", "1 2025-12-31 2025" })
  unit.assertStrContains(text:match("[^\n]+"), "  year  0                   50                  100")
  -- two of three, all, two of three; the years 2024 and 2025 stand in the middle of their parts, 2023 has no room
  local svg = history(folder, "trend 청소과 --format svg")[1]
  unit.assertStrContains(svg, 'd="M70.0,130.0L310.3,50.0L550.0,130.0"')
  unit.assertStrContains(svg, 'd="M70.7,50.0L70.7,340.0"')
  unit.assertStrContains(svg, 'd="M311.0,50.0L311.0,340.0"')
  unit.assertStrContains(svg, '<text x="190.8" y="334.0" text-anchor="middle">2024</text>')
  unit.assertStrContains(svg, '<text x="430.5" y="334.0" text-anchor="middle">2025</text>')
  unit.assertNotStrContains(svg, ">2023<")
  -- 25 % steps upwards; the project alone: -30.718085 and 133.333333 make 51.307624, 93.085106 makes 113.20922
  unit.assertStrContains(svg, '<text x="62.0" y="234.0" text-anchor="end">25</text>')
  svg = history(folder, "trend '음식물류 폐기물 자원화' --format svg")[1]
  unit.assertStrContains(svg, '<text x="62.0" y="54.0" text-anchor="end">150</text>') -- steps of 50
  unit.assertStrContains(svg, ('d="M70.0,%.1fL310.3,%.1fL550.0,%.1f"'):format(290 - 240 * 51.307624 / 150,
    290 - 240 * 113.20922 / 150, 290 - 240 * 51.307624 / 150))
  unit.assertStrContains(svg, ">113.21<")
end

-- No rate is a gap, not 0.
function TestHistory.test_trend_with_a_gap()
  local folder = support.folder()
  local none = edited(",752,%-231,[^\n]*", ",752,,")
  none = none:gsub("(음식물류 폐기물 자원화,[^\n]-,)(%d+,%d+)(,[^\n]*)", function(a, _, c) return a .. "," .. c end)
  run(folder, data, "--at 2023-12-31")
  run(folder, none, "--at 2024-12-31", "warning[missing-undeclared]")
  run(folder, data, "--at 2025-12-31")
  history(folder, "add rec")
  local text = history(folder, "trend '음식물류 폐기물 자원화'")[1]
  unit.assertStrMatches(text:match("\n%s*(2 [^\n]*)"), "2  2024%-12%-31 .* 1  %-  +%-  2024  │")
  local svg = history(folder, "trend '음식물류 폐기물 자원화' --format svg")[1]
  unit.assertStrMatches(svg:match(' d="(M70[^"]*)"/>\n<circle'), "M70%.0,[%d.]+M550%.0,[%d.]+")
end

-- What no binary fraction holds is kept to the last digit.
function TestHistory.test_numbers_are_exact()
  local folder = support.folder()
  local figures = { "9007199254740993,0.1", "123456789012345678901234567890.12,0.30000000000000004", "3,-0.0" }
  for _, pair in ipairs(figures) do run(folder, edited(",752,%-231,", "," .. pair .. ",")) end
  history(folder, "add rec")
  unit.assertEquals(sql(folder, "SELECT target, actual FROM figures WHERE indicator='음식물류폐기물 감량실적' ORDER BY run"),
    "9007199254740993|0.1\n123456789012345678901234567890.12|0.30000000000000004\n3|0\n")
end

function TestHistory.test_backup_and_check()
  local folder = four()
  history(folder, "add rec")
  unit.assertEquals(history(folder, "backup copy.db"), { "", "", 0 })
  unit.assertEquals(history(folder, "check --store copy.db"), { "no errors in copy.db\n", "", 0 })
  unit.assertEquals(history(folder, "list --store copy.db"), history(folder, "list"))
  unit.assertEquals(history(folder, "backup nowhere/copy.db")[3], 5)
  local bytes = support.read(folder .. "/copy.db")
  support.write(folder .. "/cut.db", bytes:sub(1, 20000))
  local cut = history(folder, "check --store cut.db")
  unit.assertStrContains(cut[2], "[store-damaged]")
  unit.assertEquals(cut[3], 3)
  support.write(folder .. "/text.db", ("no database at all\n"):rep(200))
  unit.assertEquals(history(folder, "list --store text.db")[3], 3)
  unit.assertEquals(history(folder, "list --store absent.db")[3], 5)
end

function TestHistory.test_versions_of_the_schema()
  local folder = four()
  history(folder, "add rec")
  sql(folder, "ALTER TABLE runs DROP COLUMN day; DROP TABLE folders; DROP INDEX rates_of_unit; PRAGMA user_version=1")
  local older = support.read(folder .. "/history.db")
  unit.assertEquals(history(folder, "check")[3], 0)
  unit.assertStrMatches(history(folder, "list")[1]:match("\n%s*(4 [^\n]*)"), "4  .* 154  sluggish 1, normal 153")
  unit.assertEquals(history(folder, "backup copy.db")[3], 0)
  unit.assertEquals(support.read(folder .. "/history.db"), older) -- it was only read
  unit.assertEquals(history(folder, "add rec"), { "0 added, 4 already there\n", "", 0 })
  unit.assertEquals(sql(folder, "PRAGMA user_version; SELECT name FROM sqlite_schema WHERE type='index' AND sql > ''"),
    "3\nrates_of_unit\n")
  sql(folder, "PRAGMA user_version=99")
  local newer = history(folder, "list")
  unit.assertStrContains(newer[2], "[store-newer]")
  unit.assertEquals(newer[3], 3)
  os.execute(("sqlite3 %s/other.db 'CREATE TABLE t (x)'"):format(folder))
  local other = history(folder, "add rec --store other.db")
  unit.assertStrContains(other[2], "[store-other]")
  unit.assertEquals(other[3], 3)
end

function TestHistory.test_records_that_are_damaged()
  local folder = four()
  support.write(folder .. "/bad.json", (support.read(folder .. "/rec/000001.json"):gsub("154", "155")))
  local bad = history(folder, "add bad.json")
  unit.assertStrContains(bad[2], "[record-damaged]")
  unit.assertEquals(bad[3], 3)
  unit.assertEquals(history(folder, "list")[1]:gsub("[^\n]", ""), "\n") -- the heading alone
end

-- Several writers at once: they queue, and each run is there once.
function TestHistory.test_writers_queue()
  local folder = four()
  local one = ("(cd %s && %s history add rec >>added 2>&1) &"):format(folder, support.program)
  os.execute(one:rep(4, " ") .. " wait")
  local added = 0
  for count in support.read(folder .. "/added"):gmatch("(%d+) added") do added = added + tonumber(count) end
  unit.assertEquals(added, 4)
  unit.assertEquals(sql(folder, "SELECT count(*) FROM runs"), "4\n")
end

-- The journal of a writer that was broken off when half of it was in the file, and a log in write-ahead mode.
local function broken_off(folder)
  local function leave(statements)
    os.execute(("cd %s && cp history.db left.db && sqlite3 left.db %s >said && rm left.db*"):format(folder, statements))
  end
  leave([['PRAGMA cache_size=2' BEGIN "UPDATE figures SET actual='1' || actual" \
    '.shell cp left.db journal.db; cp left.db-journal journal.db-journal' ROLLBACK]])
  leave([['PRAGMA journal_mode=WAL' "UPDATE runs SET job='x'" '.shell cp left.db log.db; cp left.db-wal log.db-wal']])
end

-- Who reads does not make good what a writer has left, and says so; the next one that writes does.
function TestHistory.test_what_a_writer_left_is_not_read()
  local folder = four()
  history(folder, "add rec")
  local list = history(folder, "list")
  broken_off(folder)
  for _, case in ipairs({ { "journal.db", "-journal" }, { "log.db", "-wal" } }) do
    local path, bytes = case[1], support.read(folder .. "/" .. case[1])
    unit.assertStrContains(list[1], "normal 151")
    for _, word in ipairs({ "list", "show", "trend", "check", "backup copy.db" }) do
      local _, err, status = table.unpack(history(folder, word .. " --store " .. path))
      unit.assertStrContains(err, ("error[store-unfinished]: %s is being written, or was left unfinished: a part of it "
        .. "is in %s%s"):format(path, path, case[2]))
      unit.assertEquals(status, 5)
    end
    unit.assertEquals(support.read(folder .. "/" .. path), bytes)
    unit.assertEquals(history(folder, "add rec --store " .. path), { "0 added, 4 already there\n", "", 0 })
    unit.assertEquals(history(folder, "check --store " .. path)[3], 0)
    local read = history(folder, "list --store " .. path)
    -- what the log held was finished: the name of the job is in it
    unit.assertEquals(read[1]:gsub(" +x +", "  "):gsub(" +", " "), list[1]:gsub(" +", " "), path)
    unit.assertEquals(support.read(folder .. "/" .. path):byte(19, 20), 1) -- no write-ahead mode any more
  end
end

-- Reads as somebody who may write nothing there: nobody, where the tests run as root. What counts its lines has to
-- write them down.
local function read_only(folder, words)
  local pipe <close> = io.popen("id -u")
  local root = pipe:read("l") == "0"
  os.execute(("chmod -R a+rX,a-w %s"):format(folder))
  local setpriv = "setpriv --reuid 65534 --regid 65534 --clear-groups "
  local reaches = setpriv .. ("test -x %s -a -r %s/history.db 2>/dev/null"):format(support.program, folder)
  if os.getenv("COVERAGE") or (root and not os.execute(reaches)) then return nil end
  local out = support.folder()
  local _, _, status = os.execute(("cd %s && LC_ALL=C.UTF-8 %s%s %s history %s >%s/out 2>%s/err"):format(folder,
    root and setpriv or "", os.getenv("RUNNER") or "", support.program, words, out, out))
  return { support.read(out .. "/out"), support.read(out .. "/err"), status }
end

-- In a folder that cannot be written, of a file that cannot, in any mode and of any version.
function TestHistory.test_read_only()
  local folder = four()
  history(folder, "add rec")
  local list, trend = history(folder, "list"), history(folder, "trend 청소과 --format svg")
  os.execute(("cd %s && cp history.db log.db && sqlite3 log.db 'PRAGMA journal_mode=WAL' >said && "
    .. "cp history.db old.db && sqlite3 old.db 'ALTER TABLE runs DROP COLUMN day; DROP TABLE folders; "
    .. "DROP INDEX rates_of_unit; PRAGMA user_version=1' && rm -rf rec said data.csv out.csv"):format(folder))
  unit.assertEquals(support.read(folder .. "/log.db"):byte(19, 20), 2)
  for _, path in ipairs({ "history.db", "log.db", "old.db" }) do
    local bytes = support.read(folder .. "/" .. path)
    local found = read_only(folder, "list --store " .. path)
    if not found then break end -- test_strace holds that nothing is opened for writing
    unit.assertEquals(found, list, path)
    unit.assertEquals(read_only(folder, "check --store " .. path)[3], 0, path)
    if path ~= "old.db" then -- which does not know the days
      unit.assertEquals(read_only(folder, "trend 청소과 --format svg --store " .. path), trend, path)
    end
    unit.assertEquals(read_only(folder, "add x --store " .. path)[3], 5, path)
    unit.assertEquals(support.read(folder .. "/" .. path), bytes)
  end
  local pipe <close> = io.popen("ls " .. folder)
  unit.assertEquals(pipe:read("a"), "history.db\nlog.db\nold.db\n")
  os.execute("chmod -R u+w " .. folder)
end

-- Runs that are not whole.
local halves = "SELECT count(*) FROM runs WHERE (SELECT count(*) FROM rates WHERE run = id) <> 154 OR "
  .. "(SELECT count(*) FROM figures WHERE run = id) <> 244 OR (SELECT count(*) FROM counts WHERE run = id) <> 2"

-- Broken off with SIGKILL at moments that differ: every run is there whole or not at all, and the next call goes on.
function TestHistory.test_broken_off()
  local folder = four()
  for i = 1, kills do
    if i % 4 == 0 then os.execute(("rm -f %s/history.db*"):format(folder)) end
    os.execute(("cd %s && { %s history add rec & } >/dev/null 2>&1; sleep %.4f; kill -9 $! 2>/dev/null; wait")
      :format(folder, support.program, (i * 7 % 40) / 1000))
    if os.rename(folder .. "/history.db", folder .. "/history.db") then
      local check = history(folder, "check")
      if check[3] ~= 0 then
        unit.assertStrContains(check[2], "error[store-unfinished]")
        unit.assertEquals(history(folder, "add rec/000001.json")[3], 0)
        check = history(folder, "check")
      end
      unit.assertEquals(check[3], 0)
      local made = sql(folder, "SELECT count(*) FROM sqlite_schema") ~= "0\n" -- or broken off before that
      unit.assertEquals(made and sql(folder, halves) or "0\n", "0\n")
    end
  end
  unit.assertEquals(history(folder, "add rec")[3], 0)
  unit.assertEquals(sql(folder, "SELECT count(*), count(DISTINCT record) FROM runs"), "4|4\n")
end

local status = unit.LuaUnit.run()
support.clean()
os.exit(status)
