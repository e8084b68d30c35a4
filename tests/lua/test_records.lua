-- Run records: what they hold, replay, lock.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local containers = require("containers")

local data = support.read("data/2019/indicators.csv")

-- A project folder with a copy of rules, data and scripts.
local function project()
  local folder = support.folder()
  os.execute("cp -r rules data scripts " .. support.quote(folder))
  return folder
end

local function run(words, folder)
  local out, err, status = support.run(words, { cd = folder })
  return { out, err, status }
end

-- Of 청소과, row 138: 752 asked for, -231 done. With 700 the project's rate is (93.085106 + 133.333333) / 2.
local function edit(folder, from, to)
  local text, count = data:gsub(from, to)
  assert(count == 1, "nothing to edit")
  support.write(folder .. "/data/2019/indicators.csv", text)
end

TestRecords = {}

function TestRecords.test_record_holds_what_the_run_was_made_of()
  local folder = project()
  local made = run("run rules/2019.lua --set sluggish_at_most=85 --record rec/a -o out.txt", folder)
  unit.assertEquals(made, { "", "", 0 })
  local record = support.json(support.read(folder .. "/rec/a/000001.json"))
  unit.assertEquals(record.format, "perfeval.record/1")
  unit.assertStrMatches(record.at, "%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%dZ")
  local counts = record.counts
  unit.assertEquals({ counts.projects.number, counts.verdicts.sluggish.number, counts.rows.number },
    { "154", "4", "244" })
  unit.assertEquals(record.settings, { { name = "sluggish_at_most", value = "85" } })
  unit.assertEquals(#record.results.rows, 244)
  local kinds = {}
  for i, input in ipairs(record.inputs) do
    kinds[i] = input.kind .. " " .. input.path
    unit.assertEquals(#support.read(folder .. "/rec/a/objects/" .. input.digest), tonumber(input.bytes.number))
  end
  unit.assertEquals(table.concat(kinds, "\n"), [[
rules rules/2019.lua
data data/2019/indicators.csv
narrative data/2019/achievements.json
script scripts/formats/text.lua
script scripts/numbers.lua
script scripts/reports/status.lua
script scripts/words.lua]])
  local pipe = io.popen("sha256sum <" .. folder .. "/out.txt")
  unit.assertEquals(pipe:read("l"):match("^%x+"), record.outputs[1].digest)
  pipe:close()
end

function TestRecords.test_same_bytes_but_for_the_time()
  local folder = project()
  for _ = 1, 2 do run("run rules/2019.lua --record rec --format json -o out.json", folder) end
  local function without_time(name)
    return (support.read(folder .. name):gsub('"at":"[^"]*"', ""):gsub('"digest":"%x+"}\n$', ""))
  end
  unit.assertEquals(without_time("/rec/000001.json"), without_time("/rec/000002.json"))
end

function TestRecords.test_replay_names_the_cell_and_the_verdict()
  local folder = project()
  run("run rules/2019.lua --record rec -o out.txt", folder)
  unit.assertEquals(run("replay rec/000001.json", folder), { "identical: 244 rows, 1 outputs\n", "", 0 })
  edit(folder, "톤,752,%-231", "톤,752,700")
  local out, err, status = table.unpack(run("replay rec/000001.json", folder))
  unit.assertEquals(out, [[
differs from rec/000001.json:
  data: data/2019/indicators.csv is not the file that it was
  data/2019/indicators.csv:138:52: actual: "700", was "-231"
  ]] .. table.concat({ "생활환경국 > 청소과 > 음식물류 폐기물 자원화 > 음식물류폐기물 감량실적: actual -231 → 700",
    "rate -30.718085 → 93.085106", "project_rate 51.307624 → 113.20922", "verdict sluggish → normal" }, ", ") .. [[

  verdict of 생활환경국 > 청소과 > 음식물류 폐기물 자원화: sluggish → normal
  output out.txt: other bytes
]])
  unit.assertStrContains(err, "error[replay-differs]")
  unit.assertEquals(status, 1)
  -- what was read is kept, and can be evaluated as it was
  unit.assertEquals(run("replay rec/000001.json --kept", folder)[1], "identical: 244 rows, 1 outputs\n")
end

-- The second script is read when the first one asks for it, or ahead, where the first one's text names it so: the list
-- of what was read is in the same order, and a record with another order (of an older perfeval) is as good.
function TestRecords.test_order_of_scripts_tells_nothing_of_when_they_were_read()
  local folder = project()
  local words, lists = support.read(folder .. "/scripts/words.lua"), {}
  for i, call in ipairs({ 'require("aaa")', "require('aaa')" }) do
    support.write(folder .. "/scripts/aaa.lua", "return {}")
    support.write(folder .. "/scripts/words.lua", "local _ = " .. call .. "\n" .. words)
    unit.assertEquals(run("run rules/2019.lua --record rec -o out.txt", folder), { "", "", 0 })
    local paths = {}
    for _, input in ipairs(support.json(support.read(("%s/rec/%06d.json"):format(folder, i))).inputs) do
      if input.kind == "script" then paths[#paths + 1] = input.path end
    end
    lists[i] = table.concat(paths, " ")
  end
  unit.assertEquals(lists[1],
    "scripts/aaa.lua scripts/formats/text.lua scripts/numbers.lua scripts/reports/status.lua scripts/words.lua")
  unit.assertEquals(lists[2], lists[1])
  local record = support.read(folder .. "/rec/000002.json")
  local older, count = record:gsub('({"kind":"script","path":"scripts/aaa.lua"[^}]*}),\n({"kind":"script"[^}]*})',
    "%2,\n%1")
  unit.assertEquals(count, 1)
  local body = older:gsub(',\n"digest":"%x+"}\n$', "")
  support.write(folder .. "/body", body)
  local pipe <close> = io.popen("sha256sum <" .. folder .. "/body")
  support.write(folder .. "/rec/000003.json", body .. ',\n"digest":"' .. pipe:read("l"):match("^%x+") .. '"}\n')
  unit.assertEquals(run("replay rec/000003.json", folder), { "identical: 244 rows, 1 outputs\n", "", 0 })
end

-- A record lists every script that was taken, however it is named and whenever that was, and none besides: not one that
-- stands in code that did not run, whether it could be read ahead or not.
function TestRecords.test_scripts_that_were_taken_and_no_others()
  local folder = project()
  local words = support.read(folder .. "/scripts/words.lua")
  local without = "scripts/formats/text.lua scripts/numbers.lua scripts/reports/status.lua scripts/words.lua"
  local with = "scripts/aaa.lua " .. without
  support.write(folder .. "/scripts/aaa.lua", "return {}")
  support.write(folder .. "/scripts/aa.lua", "return {}")
  local cases = {
    { 'local _ = require("aaa")', with },
    { 'local _ = require("aa" .. "a")', with },
    { 'local _ = ipairs({}) and require("aaa")', with },
    { 'if false then require("aaa") end', without },
    { "if false then require('aaa') end", without },
    { 'if false then require("absent") end', without },
    { '-- require("aaa")', without },
  }
  for i, case in ipairs(cases) do
    support.write(folder .. "/scripts/words.lua", case[1] .. "\n" .. words)
    unit.assertEquals(run("run rules/2019.lua --record rec -o out.txt", folder), { "", "", 0 }, case[1])
    local paths = {}
    for _, input in ipairs(support.json(support.read(("%s/rec/%06d.json"):format(folder, i))).inputs) do
      if input.kind == "script" then paths[#paths + 1] = input.path end
    end
    unit.assertEquals(table.concat(paths, " "), case[2], case[1])
  end
end

-- A script that a function of a row asks for, also where rows are not kept and several threads ask.
function TestRecords.test_scripts_that_functions_take()
  local folder = project()
  support.write(folder .. "/scripts/aaa.lua", "return { times = 100 }")
  local rules = ([[
return ruleset {
  title = "scripts that functions take",
  data = "../data/2019/indicators.csv",
  rounding = { digits = 1, mode = "half_up" },
  rate = function(row)
    if not row.target or row.target < %s then return 1 end
    return row.actual and row.actual / row.target * require("aaa").times
  end,
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "low", key = "low", at_most = 80 }, { "normal", key = "normal" } },
}
]])
  local function scripts(number)
    local paths = {}
    for _, input in ipairs(support.json(support.read(("%s/rec/%06d.json"):format(folder, number))).inputs) do
      if input.kind == "script" then paths[#paths + 1] = input.path end
    end
    return table.concat(paths, " ")
  end
  local ways, number = { "csv", "csv --level bureau", "jsonl --threads 1", "csv --no-translate" }, 0
  for least, taken in pairs({ ["1"] = "scripts/aaa.lua", ["1e300"] = "" }) do
    support.write(folder .. "/rules/lazy.lua", rules:format(least))
    for _, words in ipairs(ways) do
      local made = run("run rules/lazy.lua --record rec -o out --format " .. words, folder)
      unit.assertEquals({ made[2], made[3] }, { "", 0 }, words)
      number = number + 1
      unit.assertEquals(scripts(number), taken, words)
    end
  end
end

function TestRecords.test_replay_names_a_script_and_a_rule()
  local folder = project()
  run("run rules/2019.lua --record rec --report sluggish -o out.txt", folder)
  local rules = support.read(folder .. "/rules/2019.lua")
  support.write(folder .. "/rules/2019.lua", (rules:gsub("{ 80, unit", "{ 85, unit")))
  support.write(folder .. "/scripts/words.lua", support.read(folder .. "/scripts/words.lua") .. "\n")
  local out = run("replay rec/000001.json", folder)[1]
  unit.assertStrContains(out, "rules: rules/2019.lua is not the file that it was")
  unit.assertStrContains(out, "script: scripts/words.lua is not the file that it was")
  unit.assertStrContains(out, "U-City 운영관리: normal → sluggish\n")
end

function TestRecords.test_lock_needs_nothing_else()
  local folder, empty = project(), support.folder()
  unit.assertEquals(run("lock rules/2019.lua --at 2019-12-31 -o 2019.lock", folder), { "", "", 0 })
  os.execute("mv " .. folder .. "/2019.lock " .. empty .. "; rm -rf " .. folder .. "/data " .. folder .. "/rules")
  unit.assertEquals(run("replay 2019.lock", empty), { "identical: 244 rows, 1 outputs\n", "", 0 })
  -- any tar reads it; the report that was printed is in it
  local pipe = io.popen("tar -xOf " .. empty .. "/2019.lock outputs/1")
  unit.assertEquals(pipe:read("a"), support.run("run rules/2019.lua"))
  pipe:close()
end

function TestRecords.test_damaged()
  local folder = project()
  run("run rules/2019.lua --record rec --format csv -o out.csv", folder)
  local record = support.read(folder .. "/rec/000001.json")
  local changed = record:gsub('"projects":154', '"projects":155')
  for name, bytes in pairs({ cut = record:sub(1, 5000), changed = changed, empty = "" }) do
    support.write(folder .. "/bad.json", bytes)
    local _, err, status = table.unpack(run("replay bad.json", folder))
    unit.assertStrContains(err, "error[record-damaged]", false, name)
    unit.assertEquals(status, 3, name)
  end
  os.execute("rm " .. folder .. "/rec/objects/*")
  local _, err, status = table.unpack(run("replay rec/000001.json --kept", folder))
  unit.assertStrContains(err, "error[record-not-kept]")
  unit.assertEquals(status, 3)
end

-- A file of `lock` from elsewhere cannot write outside the folder that it is unpacked to.
function TestRecords.test_paths_of_a_lock_stay_inside()
  local folder = project()
  run("lock rules/2019.lua --format csv -o 2019.lock", folder)
  local bytes = support.read(folder .. "/2019.lock")
  os.execute("cd " .. folder .. " && tar xf 2019.lock")
  local outside = ("../"):rep(20) .. "escaped.csv"
  local record = support.read(folder .. "/record.json"):gsub("data/2019/indicators%.csv", outside, 1)
  local body = record:gsub(',\n"digest":"%x+"}\n$', "")
  support.write(folder .. "/body", body)
  local pipe = io.popen("sha256sum <" .. folder .. "/body")
  local digest = pipe:read("l"):match("^%x+")
  pipe:close()
  support.write(folder .. "/record.json", body .. ',\n"digest":"' .. digest .. '"}\n')
  os.execute("cd " .. folder .. " && tar cf bad.lock --format=ustar record.json objects/*")
  unit.assertStrContains(bytes, "ustar")
  local _, err, status = table.unpack(run("replay bad.lock", folder))
  unit.assertStrContains(err, "error[record-damaged]")
  unit.assertEquals(status, 3)
end

-- ---- flags that can change results or outputs: the record holds them, and `replay` needs none of them again

local identical = { "identical: 244 rows, 1 outputs\n", "", 0 }

-- Runs with the flags, replays without, and answers the record.
local function again(folder, words)
  unit.assertEquals(run("run " .. words .. " --record rec --format csv -o out.csv", folder), { "", "", 0 }, words)
  unit.assertEquals(run("replay rec/000001.json", folder), identical, words)
  unit.assertEquals(run("replay rec/000001.json --kept", folder), identical, words)
  unit.assertEquals(run("lock " .. words .. " --format csv -o flags.lock", folder), { "", "", 0 }, words)
  unit.assertEquals(run("replay flags.lock", folder), identical, words)
  return support.json(support.read(folder .. "/rec/000001.json"))
end

-- UTF-16 without a mark is read as nothing else but what --encoding says.
function TestRecords.test_encoding_is_kept()
  local folder = project()
  os.execute("cd " .. folder .. " && iconv -t UTF-16LE <data/2019/indicators.csv >wide.csv")
  unit.assertEquals(run("run rules/2019.lua --data wide.csv --format csv", folder)[3], 3)
  local record = again(folder, "rules/2019.lua --data wide.csv --encoding utf-16le")
  unit.assertEquals(record.arguments.encoding, "utf-16le")
end

function TestRecords.test_departments_are_kept()
  local folder = project()
  support.write(folder .. "/list.csv", "국,부서\n생활환경국,청소과\n")
  local record = again(folder, "rules/2019.lua --departments list.csv")
  unit.assertEquals({ record.departments, record.inputs[3].kind, record.inputs[3].path },
    { "list.csv", "departments", "list.csv" })
  support.write(folder .. "/list.csv", "국,부서\n생활환경국,없는과\n")
  local _, err, status = table.unpack(run("replay rec/000001.json", folder))
  unit.assertStrContains(err, "error[department-absent]")
  unit.assertEquals(status, 3)
  unit.assertEquals(run("replay rec/000001.json --kept", folder), identical)
end

-- Of two sheets that would do, one was asked for.
function TestRecords.test_sheet_is_kept()
  local folder = project()
  local rows, others = support.csv(data), {}
  for i, row in ipairs(rows) do others[i] = i <= 2 and row or nil end
  support.write(folder .. "/book.xlsx", containers.xlsx({ { "작년", others }, { "올해", rows } }))
  unit.assertEquals(run("run rules/2019.lua --data book.xlsx --format csv", folder)[3], 3)
  local record = again(folder, "rules/2019.lua --data book.xlsx --sheet 올해")
  unit.assertEquals(record.sheet, "올해")
end

function TestRecords.test_query_is_kept()
  local folder = project()
  os.execute("cd " .. folder .. [[ && sqlite3 all.db '.mode csv' '.import data/2019/indicators.csv year' \
    'CREATE TABLE empty (bureau, department, project, indicator, unit, target, actual)']])
  local record = again(folder, "rules/2019.lua --data all.db --query 'SELECT * FROM year'")
  unit.assertEquals(record.query, "SELECT * FROM year")
end

-- The limits of the run hold for its replay: 244 rows are let in, the 245th is not.
function TestRecords.test_limits_are_kept()
  local folder = project()
  local record = again(folder, "rules/2019.lua --max-rows 244 --max-file 7 --time-limit 29.5")
  local arguments = record.arguments
  unit.assertEquals({ arguments.max_rows.number, arguments.max_file.number, arguments.time_limit.number,
    arguments.memory_limit.number }, { "244", "7", "29.5", "64" })
  support.write(folder .. "/data/2019/indicators.csv", data .. "x,가국,가과,가 사업,지표,건,1,1,\n")
  local _, err, status = table.unpack(run("replay rec/000001.json", folder))
  unit.assertStrContains(err, "error[too-many-rows]")
  unit.assertEquals(status, 4)
  unit.assertEquals(run("replay rec/000001.json --max-rows 245", folder)[3], 1) -- what is said there counts
end

-- Texts of 80 MiB: more than a script may have unless the run allows it.
function TestRecords.test_limits_of_scripts_are_kept()
  local folder = project()
  support.write(folder .. "/rules/large.lua",
    'local large = {}\nfor i = 1, 8 do large[i] = ("x"):rep(1024):rep(10 * 1024) end\n'
    .. 'return ruleset { base = "2019.lua", title = "x" .. #large }\n')
  local refused = run("run rules/large.lua --format csv --load-limit 60", folder)
  unit.assertEquals({ refused[2]:match("error%[(.-)%]"), refused[3] }, { "script-memory", 4 })
  again(folder, "rules/large.lua --memory-limit 256 --load-limit 60")
end

function TestRecords.test_files_outside_are_kept()
  local folder = project()
  os.execute(("cd %s && mkdir inner && mv rules data scripts inner && mv inner/data/2019/indicators.csv .")
    :format(folder))
  support.write(folder .. "/inner/rules/outside.lua",
    'return ruleset { base = "2019.lua", data = "../../indicators.csv" }\n')
  unit.assertEquals(run("run inner/rules/outside.lua --format csv", folder)[3], 2)
  local record = again(folder, "inner/rules/outside.lua --allow-outside")
  unit.assertEquals(record.arguments.allow_outside, true)
end

function TestRecords.test_formulas_of_csv_are_kept()
  local folder = project()
  support.write(folder .. "/data/2019/indicators.csv", (data:gsub("구정 청렴도 향상", "=1+1")))
  local record = again(folder, "rules/2019.lua --csv-formulas keep")
  unit.assertEquals(record.arguments.csv_formulas, "keep")
  unit.assertStrContains(support.read(folder .. "/out.csv"), ",=1+1,")
end

-- A record of before these entries: what they stand for is the default.
function TestRecords.test_older_records()
  local folder = project()
  run("run rules/2019.lua --record rec --format csv -o out.csv", folder)
  local body = support.read(folder .. "/rec/000001.json"):gsub(',\n"digest":"%x+"}\n$', "")
  for _, entry in ipairs({ '\n"arguments":%b{},', ',"departments":null', ',"day":null' }) do
    local count
    body, count = body:gsub(entry, "")
    unit.assertEquals(count, 1, entry)
  end
  support.write(folder .. "/body", body)
  local pipe = io.popen("sha256sum <" .. folder .. "/body")
  support.write(folder .. "/rec/000002.json", body .. ',\n"digest":"' .. pipe:read("l"):match("^%x+") .. '"}\n')
  pipe:close()
  unit.assertEquals(run("replay rec/000002.json", folder), identical)
end

local status = unit.LuaUnit.run()
support.clean()
os.exit(status)
