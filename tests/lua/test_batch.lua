-- Lists of jobs: runs, failures, locks, kills, full disks. `make test-batch` does the same with 250 offices, 200 kills.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local offices = require("offices")

local LARGE = os.getenv("PERFEVAL_LARGE") ~= nil
local COUNT = LARGE and 250 or 14
local KILLS = LARGE and 200 or 6
local BROKEN, RUNAWAY = 5, 2

local function batch(words, folder)
  local out, err, status = support.run("batch jobs.lua " .. words, { cd = folder })
  return out, err, status
end

local function project(count, broken, runaway)
  local folder = support.folder()
  offices.make(folder, count, broken or 0, runaway or 0)
  return folder
end

-- Another file, the same numbers.
local function touch(folder, office)
  local path = ("%s/in/%s.csv"):format(folder, office)
  support.write(path, support.read(path) .. "\n")
end

local function count_of(map)
  local count = 0
  for _ in pairs(map) do count = count + 1 end
  return count
end

-- Runs a file of shell commands in the folder.
local function run_shell(name, folder)
  local _, _, status = os.execute(("cd %s && LC_ALL=C.UTF-8 sh ./%s >stdout 2>stderr"):format(folder, name))
  return support.read(folder .. "/stdout"), support.read(folder .. "/stderr"), status
end

TestBatch = {}

function TestBatch.test_one_failure_stops_no_other()
  local folder = project(COUNT, BROKEN, RUNAWAY)
  local good = COUNT - BROKEN - RUNAWAY
  local out, err, status = batch("--jobs 2", folder)
  unit.assertEquals(status, 4) -- of 3 and 4 the limit comes first
  unit.assertStrContains(out, ("%d done, 0 current, 7 failed, 0 elsewhere\n"):format(good))
  unit.assertEquals(count_of(offices.outputs(folder)), 2 * good)
  for _, code in ipairs({ "not-a-number", "unclosed-quote", "missing-column", "bad-utf8", "empty-file" }) do
    unit.assertStrContains(err, "error[" .. code .. "]")
  end
  local _, failures = err:gsub("failed with exit code [34]\n", "")
  unit.assertEquals(failures, 7)
  -- what is done is not done again; what failed is
  out = batch("--jobs 2", folder)
  unit.assertStrContains(out, ("0 done, %d current, 7 failed, 0 elsewhere\n"):format(good))
  -- a run by itself gives the same bytes
  local one = "rules/office/office002.lua --data in/office002.csv --format csv"
  unit.assertEquals(support.run("run " .. one, { cd = folder }), support.read(folder .. "/out/office002/results.csv"))
end

function TestBatch.test_only_what_changed_is_done()
  local folder = project(3)
  local function second(out) return out:match("office002 +(%l+)"), out:match("(%d+ done, %d+ current)") end
  local _, _, status = batch("", folder)
  unit.assertEquals(status, 0)
  touch(folder, "office002")
  local out = batch("--format json", folder)
  local summary = support.json(out)
  local first, again = summary.runs[1], summary.runs[2]
  unit.assertEquals({ first.state, again.state, again.changed }, { "current", "done", false })
  -- an output that was lost or edited, a script, a rule of the base
  os.remove(folder .. "/out/office002/results.csv")
  unit.assertEquals({ second((batch("", folder))) }, { "done", "1 done, 2 current" })
  support.write(folder .. "/out/office002/results.csv", "edited")
  unit.assertEquals({ second((batch("", folder))) }, { "done", "1 done, 2 current" })
  support.write(folder .. "/scripts/words.lua", support.read(folder .. "/scripts/words.lua") .. "\n")
  unit.assertEquals({ second((batch("", folder))) }, { "done", "3 done, 0 current" })
  unit.assertEquals({ second((batch("--force", folder))) }, { "done", "3 done, 0 current" })
  -- the clock is not asked: records from the future change nothing
  os.execute("find " .. folder .. "/records -type f -exec touch -d 2099-01-01 {} +")
  unit.assertEquals({ second((batch("", folder))) }, { "current", "0 done, 3 current" })
  local plan = batch("--dry-run", folder)
  unit.assertStrContains(plan, "office002  no   rules/office/office002.lua  in/office002.csv")
end

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

function TestBatch.test_killed_at_any_moment()
  local folder = project(LARGE and 12 or 4)
  batch("--jobs 2", folder)
  local wanted = offices.outputs(folder)
  math.randomseed(20191231)
  for kill = 1, KILLS do
    local program = os.getenv("RUNNER") and os.getenv("RUNNER") .. " " or ""
    -- the lock is free when the last child has ended
    os.execute(("cd %s && { %s%s batch jobs.lua --jobs 2 --force >/dev/null 2>&1 & p=$!; sleep %.3f; kill -9 $p; "
      .. "wait $p; flock records/offices/.lock true; } 2>/dev/null"):format(folder, program,
      support.quote(support.program), math.random() * 0.15))
    local found = offices.outputs(folder)
    for path, bytes in pairs(found) do
      if not path:find(".perfeval-", 1, true) then unit.assertTrue(bytes == wanted[path], path .. kill) end
    end
  end
  local _, err, status = batch("--jobs 2", folder)
  unit.assertEquals(status, 0, err)
  unit.assertEquals(sorted_keys(offices.outputs(folder)), sorted_keys(wanted))
  unit.assertEquals(offices.damaged(folder), {})
  unit.assertEquals(offices.left(folder), "")
  -- each record is in the history, once, as a whole
  local _, _, sound = support.run("history check --store records/history.db", { cd = folder })
  unit.assertEquals(sound, 0)
  unit.assertEquals(offices.sql(folder, offices.HALVES), "0\n")
  unit.assertEquals(offices.sql(folder, "SELECT count(*), count(DISTINCT record) FROM runs"),
    ("%d|%d\n"):format(offices.records(folder), offices.records(folder)))
end

function TestBatch.test_history_of_the_list()
  local folder = project(3, 1)
  unit.assertStrContains(batch("", folder), "1 failed, 0 elsewhere\nhistory records/history.db: 2 added\n")
  unit.assertStrContains(batch("", folder), "history records/history.db: 0 added\n")
  touch(folder, "office001")
  touch(folder, "office002")
  unit.assertEquals(support.json((batch("--format json", folder))).history.number, "2")
  unit.assertEquals(offices.sql(folder, "SELECT job, substr(data, -13), projects FROM runs ORDER BY id"),
    "offices|office001.csv|154\noffices|office002.csv|154\n"
    .. "offices|office001.csv|154\noffices|office002.csv|154\n")
  -- a batch that was killed before it added: the next one does, also where nothing is due
  os.execute("rm " .. folder .. "/records/history.db*")
  unit.assertStrContains(batch("", folder), "0 done, 2 current, 1 failed, 0 elsewhere\n"
    .. "history records/history.db: 4 added\n")
  -- a record that is damaged is said once, and stops no other
  os.execute("rm " .. folder .. "/records/history.db*")
  support.write(folder .. "/records/offices/office001/000001.json", "{}")
  offices.make(folder, 3, 0, 0)
  local out, err, status = batch("", folder)
  unit.assertEquals(status, 3)
  unit.assertStrContains(err, "office001/000001.json: error[record-damaged]")
  unit.assertStrContains(out, ("history records/history.db: %d added\n"):format(offices.records(folder) - 1))
  unit.assertEquals({ select(3, batch("", folder)) }, { 0 })
end

-- Another program has the history: the batch waits for it (and, with 250 offices, no longer than ten seconds).
function TestBatch.test_history_is_waited_for()
  local folder = project(1)
  batch("", folder)
  local hold = "rm -f holds\n{ printf 'BEGIN IMMEDIATE;\\n.shell touch holds; sleep %s\\nCOMMIT;\\n' "
    .. "| sqlite3 records/history.db & }\nuntil [ -e holds ]; do sleep 0.02; done\n"
    .. (os.getenv("RUNNER") or "") .. " " .. support.quote(support.program) .. " batch jobs.lua\n"
  support.write(folder .. "/held", hold:format("0.4"))
  touch(folder, "office001")
  local out, err, status = run_shell("held", folder)
  unit.assertEquals({ err:match("error[^\n]*"), status }, { nil, 0 })
  unit.assertStrContains(out, "history records/history.db: 1 added\n")
  if not LARGE then return end
  support.write(folder .. "/held", hold:format("13"))
  touch(folder, "office001")
  out, err, status = run_shell("held", folder)
  unit.assertEquals(status, 5)
  unit.assertStrContains(err, "error[store-busy]")
  unit.assertStrContains(out, "1 done, 0 current, 0 failed, 0 elsewhere\nhistory records/history.db: 0 added\n")
  os.execute("sleep 3")
  unit.assertStrContains(batch("", folder), "history records/history.db: 1 added\n")
end

-- What the data of a job are, as the flags say it.
function TestBatch.test_data_of_a_job()
  local folder = project(1)
  local list = support.read(folder .. "/jobs.lua")
  local function with(text)
    support.write(folder .. "/jobs.lua", (list:gsub("seconds = 60", "seconds = 60, " .. text)))
    local _, err, status = batch("", folder)
    return { err:match("error%[[^\n]*"), status }
  end
  -- UTF-16 without a mark is read as nothing else
  os.execute(("cd %s/in && iconv -t UTF-16LE <office001.csv >wide && mv wide office001.csv"):format(folder))
  unit.assertEquals(with("retries = 0")[2], 3)
  unit.assertEquals(with('encoding = "utf-16le"'), { nil, 0 })
  unit.assertEquals(with('encoding = "latin1"'), { "error[job-value]: encoding can be utf-8, cp949, utf-16le", 2 })
  support.write(folder .. "/office001.list", "국,부서\n생활환경국,청소과\n")
  unit.assertEquals(with('encoding = "utf-16le", departments = "{office}.list"'), { nil, 0 })
  support.write(folder .. "/office001.list", "국,부서\n생활환경국,없는과\n")
  unit.assertStrContains(with('encoding = "utf-16le", departments = "{office}.list"')[1], "error[department-absent]")
  os.execute(("cd %s && sqlite3 in/all.db '.mode csv' '.import data/2019/indicators.csv year'"):format(folder))
  list = list:gsub("in/{office}.csv", "in/all.db"):gsub("office/{office}", "office/office001"):gsub("{office}/", "")
  unit.assertEquals(with('query = "SELECT * FROM year"'), { nil, 0 })
  local record = support.json(support.read(folder .. "/records/offices/all/000001.json"))
  unit.assertEquals(record.query, "SELECT * FROM year")
end

-- Limits of a job hold for its runs alone, before those of the command line.
function TestBatch.test_limits_of_a_job()
  local folder = project(2)
  local list = support.read(folder .. "/jobs.lua")
  local function limited(text)
    support.write(folder .. "/jobs.lua", (list:gsub("seconds = 60", "seconds = 60, limits = { " .. text .. " }")))
    local _, err, status = batch("--jobs 1", folder)
    return { err:match("error%[[^\n]*"), status }
  end
  unit.assertStrMatches(limited("max_rows = 243")[1], "error%[too%-many%-rows%].*243.*%-%-max%-rows.*")
  unit.assertEquals(limited("max_rows = 243")[2], 4)
  unit.assertEquals(limited("max_rows = 244, time_limit = 20.5, memory_limit = 65"), { nil, 0 })
  local record = support.json(support.read(folder .. "/records/offices/office001/000001.json")).arguments
  unit.assertEquals({ record.max_rows.number, record.time_limit.number, record.memory_limit.number,
    record.cpu_limit.number }, { "244", "20.5", "65", "10" })
  -- another limit is another run; the same is current
  local function states() return (batch("--jobs 1 --cpu-limit 9", folder)):match("%d+ done, %d+ current") end
  unit.assertEquals({ states(), states() }, { "2 done, 0 current", "0 done, 2 current" })
  support.write(folder .. "/rules/office/office001.lua", 'return ruleset { base = "../2019.lua",\n'
    .. '  title = (function() local t = {} for i = 1, 4 do t[i] = ("x"):rep(1 << 20) end return "x" .. #t end)() }\n')
  unit.assertStrMatches(limited("memory_limit = 2")[1], "error%[script%-memory%].*2 MiB.*")
  unit.assertEquals(limited("memory_limit = 20"), { nil, 0 })
  unit.assertEquals(limited("memory_limit = 0.5"), { "error[job-value]: memory_limit can be 1 ~ 65536", 2 })
  unit.assertEquals(limited("max_row = 1")[2], 2)
end

function TestBatch.test_two_at_once()
  local folder = project(2)
  os.execute("mkdir -p " .. folder .. "/records/offices")
  -- a program that holds the lock while the batch is run
  support.write(folder .. "/held", ("exec 9>records/offices/.lock\nflock 9\n%s batch jobs.lua --jobs 1 9>&-\n"):format(
    (os.getenv("RUNNER") or "") .. " " .. support.quote(support.program)))
  local out, err, status = run_shell("held", folder)
  unit.assertEquals(status, 5)
  unit.assertStrContains(err, "error[job-locked]: another run is active: the job offices")
  unit.assertStrContains(out, "0 done, 0 current, 0 failed, 2 elsewhere\n")
  unit.assertEquals(offices.outputs(folder), {})
end

function TestBatch.test_time_limit_and_tries()
  local folder = project(1)
  local list = support.read(folder .. "/jobs.lua")
  support.write(folder .. "/rules/office/office001.lua", "return ruleset { base = \"../2019.lua\",\n"
    .. "  rate = { { function(i) while true do end end } } }\n")
  support.write(folder .. "/jobs.lua", (list:gsub("seconds = 60", "seconds = 60, retries = 2")))
  local _, err, status = batch("--log json", folder)
  unit.assertEquals(status, 4)
  local events = {}
  for event in err:gmatch('"event":"(%l+)"') do events[#events + 1] = event end
  unit.assertEquals(table.concat(events, " "), "start again start again start failed end")
end

-- All documents of one run together: 638 KB twice are more than 1 MiB; tables do not count, nor do other runs.
function TestBatch.test_documents_of_a_run()
  local folder = project(2)
  local list = support.read(folder .. "/jobs.lua")
  local function outputs(limits, ...)
    local lines = {}
    for i, format in ipairs({ ... }) do lines[i] = ('{ "out/{office}/%d", format = "%s" }'):format(i, format) end
    local start, stop = list:find("outputs%s*=%s*%b{}")
    support.write(folder .. "/jobs.lua", (list:sub(1, start - 1) .. "outputs = { " .. table.concat(lines, ", ") .. " }"
      .. list:sub(stop + 1)):gsub("seconds = 60", "seconds = 60, limits = { " .. limits .. " }"))
    local _, err, status = batch("--jobs 1 --force", folder)
    return { err:match("error%[[^\n]*"), status, count_of(offices.outputs(folder)) }
  end
  unit.assertEquals(outputs("outputs_limit = 1", "html", "html"), {
    "error[outputs-too-large]: the documents of this run are larger than 1 MiB together (--outputs-limit)", 4, 0 })
  unit.assertEquals(outputs("outputs_limit = 1", "html", "csv", "json", "jsonl"), { nil, 0, 8 })
  unit.assertEquals(outputs("outputs_limit = 2, draw_limit = 100", "html", "html"), { nil, 0, 8 })
end

function TestBatch.test_faults_of_lists()
  local folder = project(2)
  local list = support.read(folder .. "/jobs.lua")
  local faults = {
    { "seconds", "secnds", 2, { "jobs.lua:14:5: error[unknown-key]: [1].secnds", "did you mean seconds?" } },
    { "/results.csv\"", "/sluggish.md\"", 2, { "error[job-twice]: out/office001/sluggish.md" } },
    { "\"out/{office}/results.csv\"", "\"../x-{office}.csv\"", 2, { "error[file-outside]" } },
    { "\"out/{office}/results.csv\"", "\"in/{office}.csv\"", 2, { "error[job-twice]: in/office001.csv" } },
    { "out/{office}/results", "out/{year}/results", 2, { "error[job-pattern]", "{year}" } },
    { "in/{office}.csv", "nowhere/{office}.csv", 3, { "error[job-no-files]: the job offices finds no file" } },
    { "\"failed\", \"changed\"", "\"fail\"", 2, { "error[job-value]: notify can be always, failed, changed" } },
    { "seconds = 60", "seconds = 0", 2, { "error[job-value]: seconds can be 1 ~ 86400" } },
    { "name = \"offices\"", "name = \"a/b\"", 2, { "error[job-name]: \"a/b\"" } },
    { "return jobs", "return ", 2, { "error[not-jobs]", "return jobs {" } },
  }
  for _, fault in ipairs(faults) do
    local from, to, code, texts = table.unpack(fault)
    local start, stop = list:find(from, 1, true)
    support.write(folder .. "/jobs.lua", list:sub(1, start - 1) .. to .. list:sub(stop + 1))
    local _, err, status = batch("", folder)
    unit.assertEquals(status, code, from .. " -> " .. to .. "\n" .. err)
    for _, text in ipairs(texts) do unit.assertStrContains(err, text) end
    unit.assertEquals(offices.outputs(folder), {}, from)
  end
end

-- Faults of the disk leave what was there.
local function disk_fault(folder, prepare, code)
  batch("", folder)
  local before = offices.outputs(folder)
  support.write(folder .. "/in/office001.csv", (support.read(folder .. "/in/office001.csv"):gsub(",26,", ",27,", 1)))
  prepare()
  local _, err, status = batch("", folder)
  unit.assertEquals(status, 5, err)
  unit.assertStrContains(err, code)
  for path, bytes in pairs(offices.outputs(folder)) do unit.assertTrue(bytes == before[path], path) end
  unit.assertEquals(offices.left(folder), "")
end

function TestBatch.test_folder_that_cannot_be_written()
  local folder = project(1)
  disk_fault(folder, function()
    os.execute("cd " .. folder .. " && mv records kept && touch records")
  end, "error[file-write]")
  os.execute("cd " .. folder .. " && rm records && mv kept records")
  local _, _, status = batch("", folder)
  unit.assertEquals(status, 0)
end

function TestBatch.test_full_disk()
  local folder = project(1)
  os.execute("mkdir " .. folder .. "/out")
  if not os.execute("mount -t tmpfs -o size=256k none " .. folder .. "/out 2>/dev/null") then
    print("full disk: skipped, no tmpfs can be mounted here")
    return
  end
  local good, fault = pcall(disk_fault, folder, function()
    local filler = assert(io.open(folder .. "/out/.fill", "wb"))
    filler:setvbuf("no")
    repeat until not filler:write(("x"):rep(1024))
    filler:close()
  end, "error[file-write]")
  os.execute("umount " .. folder .. "/out")
  if not good then error(fault, 0) end
end

-- A history for which there is no room: nothing is half there, and the next batch adds what is missing.
function TestBatch.test_full_disk_of_the_history()
  local folder = project(2)
  os.execute("mkdir " .. folder .. "/hist")
  local list = support.read(folder .. "/jobs.lua")
  support.write(folder .. "/jobs.lua", (list:gsub("records/history.db", "hist/history.db")))
  if not os.execute("mount -t tmpfs -o size=80k none " .. folder .. "/hist 2>/dev/null") then
    print("full disk: skipped, no tmpfs can be mounted here")
    return
  end
  local out, err, status = batch("", folder)
  local _, _, sound = support.run("history check --store hist/history.db", { cd = folder })
  os.execute("umount " .. folder .. "/hist")
  unit.assertEquals({ status, sound }, { 5, 0 })
  unit.assertStrContains(err, "error[store-failed]")
  unit.assertStrContains(out, "2 done, 0 current, 0 failed, 0 elsewhere\n")
  out, _, status = batch("", folder)
  unit.assertStrContains(out, "history hist/history.db: 2 added\n")
  unit.assertEquals(status, 0)
end

function TestBatch.test_timer()
  local folder = project(1)
  local _, err, status = batch("--install-timer --write units", folder)
  unit.assertEquals({ err, status }, { "", 0 })
  local service = support.read(folder .. "/units/perfeval-batch.service")
  for _, line in ipairs({ "PrivateNetwork=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "MemoryMax=4G",
      "OnFailure=perfeval-notice.service", "WorkingDirectory=" .. folder,
      ("ReadWritePaths=\"%s/records\" \"%s/out\""):format(folder, folder) }) do
    unit.assertStrContains(service, line .. "\n")
  end
  local list = support.read(folder .. "/jobs.lua")
  support.write(folder .. "/jobs.lua", (list:gsub("records/history.db", "hist/history.db")))
  unit.assertStrContains(batch("--install-timer", folder),
    ('ReadWritePaths="%s/records" "%s/hist" "%s/out"\n'):format(folder, folder, folder))
  support.write(folder .. "/jobs.lua", list)
  local timer = support.read(folder .. "/units/perfeval-batch.timer")
  unit.assertStrContains(timer, "OnCalendar=*-*-* 02:30\nRandomizedDelaySec=15min\nPersistent=true\n")
  local printed = batch("--install-timer", folder)
  unit.assertStrContains(printed, "# ---- perfeval-batch.timer\n" .. timer)
  if not os.execute("command -v systemd-analyze >/dev/null") then
    print("units: not verified, no systemd-analyze here")
    return
  end
  local pipe = io.popen("cd " .. folder .. "/units && systemd-analyze verify *.service *.timer 2>&1; "
    .. "systemd-analyze security --offline=yes --threshold=10 --no-pager perfeval-batch.service >/dev/null 2>&1; "
    .. "echo $?")
  unit.assertEquals(pipe:read("a"), "0\n") -- the threshold is ten times the level: 1.0
  pipe:close()
end

function TestBatch.test_notice()
  local folder = project(2, 1)
  batch("", folder)
  local function notice(words)
    return support.run("notice records/last-batch.json " .. words, { cd = folder })
  end
  local mail = notice("")
  unit.assertStrContains(mail, "From: perfeval@example.org\nTo: staff@example.org\nSubject: =?UTF-8?B?")
  support.write(folder .. "/body", mail:match("\n\n(.*)$"))
  local pipe = io.popen("base64 -d " .. folder .. "/body")
  unit.assertEquals(pipe:read("a"), ("작업 목록: jobs.lua\n완료 1, 그대로 0, 실패 1, 다른 곳에서 진행 중 0 (종료 코드 3)\n\n"
    .. "- offices / office001: 완료 (%s), 결과가 바뀜, 종료 코드 0\n- offices / office002: 실패, 종료 코드 3\n"):format(
    support.json(support.read(folder .. "/records/last-batch.json")).runs[1].counts):gsub("\n", "\r\n"), nil)
  pipe:close()
  local hook = support.json((notice("--format webhook")))
  unit.assertEquals({ hook.text, hook.exit.number, #hook.runs, hook.runs[2].state },
    { "perfeval: 1 done, 0 current, 1 failed, 0 elsewhere", "3", 2, "failed" })
  -- nothing new, nothing to say
  offices.make(folder, 2, 0, 0)
  batch("", folder)
  batch("", folder)
  unit.assertEquals({ notice("") }, { "", "", 0 })
end

local status = unit.LuaUnit.run()
support.clean()
os.exit(status)
