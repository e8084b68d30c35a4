-- The command line as users meet it: settings, edits, faults, output files, exit codes.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local rules = support.read("rules/2019.lua")
local data = support.read("data/2019/indicators.csv")

-- A project folder with the shipped rules and data, to be edited.
local function project(edit_rules, edit_data)
  local folder = support.folder()
  os.execute("mkdir -p " .. folder .. "/rules " .. folder .. "/data/2019")
  os.execute("cp data/2019/*.json " .. folder .. "/data/2019/")
  support.write(folder .. "/rules/2019.lua", edit_rules and edit_rules(rules) or rules)
  support.write(folder .. "/data/2019/indicators.csv", edit_data and edit_data(data) or data)
  return folder
end

local function replace(from, to)
  return function(text)
    local start, stop = text:find(from, 1, true)
    assert(start, "nothing to replace: " .. from)
    return text:sub(1, start - 1) .. to .. text:sub(stop + 1)
  end
end

local function totals(out)
  local found = support.json(out).totals
  return { found.projects.number, found.normal.number, found.sluggish.number }
end

TestCommands = {}

function TestCommands.test_setting()
  local out, err, status = support.run("run rules/2019.lua --set sluggish_at_most=85 --format json")
  unit.assertEquals({ err, status }, { "", 0 })
  -- 안전한 영등포 U-City 운영관리 has one indicator, 85/100: exactly on the new cut
  unit.assertEquals(totals(out), { "154", "150", "4" })
  local report = support.run("run rules/2019.lua --set sluggish_at_most=85")
  unit.assertStrContains(report, "목표 대비 달성률 85% 이하")
  unit.assertStrContains(report, "sluggish_at_most = 85 % (규칙 파일: 80 %)")
end

function TestCommands.test_edited_threshold()
  local folder = project(replace("{ 80, unit", "{ 85, unit"))
  local out, err, status = support.run("run rules/2019.lua --format json", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertEquals(totals(out), { "154", "150", "4" })
  local report = support.run("run rules/2019.lua", { cd = folder })
  unit.assertStrContains(report, "목표 대비 달성률 85% 이하")
  unit.assertNotStrContains(report, "이 실행에서 바꾼 값")
end

-- name, what is run, exit code, texts that the messages hold
local faults = {
  { "misspelt key", { replace("at_most = param", "at_mots = param") }, "", 2,
    { "rules/2019.lua:32:35: error[unknown-key]: verdict[1].at_mots: unknown key", "did you mean at_most?" } },
  { "unknown setting", {}, "--set slugish_at_most=85", 64,
    { "error[unknown-setting]: --set slugish_at_most", "did you mean sluggish_at_most?" } },
  { "setting without value", {}, "--set sluggish_at_most", 64, { "error[set-syntax]" } },
  { "setting that is no number", {}, "--set sluggish_at_most=viel", 64, { "error[param-value]", "\"viel\"" } },
  { "setting out of range", {}, "--set sluggish_at_most=201", 64, { "error[setting-range]", "0 to 200" } },
  { "not a number", { nil, replace("회,26,37,150", "회,1.2.3,37,150") }, "", 3,
    { "data/2019/indicators.csv:2:47: error[not-a-number]: target \"1.2.3\" is not a number", "^~~~~" } },
  { "two faults at once", { nil, function(text)
    return replace("회,11,15,136", "회,11,x,136")(replace("회,26,37,150", "회,1.2.3,37,150")(text))
  end }, "", 3, { "indicators.csv:2:", "indicators.csv:3:", "actual \"x\" is not a number" } },
  { "missing column", { nil, replace("target,actual", "goal,actual") }, "", 3,
    { "indicators.csv:1:", "error[missing-column]: there is no column target (목표)" } },
  { "unclosed quote", { nil, replace("청렴도 향상 시책 추진", "\"청렴도 향상 시책 추진") }, "", 3,
    { "indicators.csv:2:32: error[unclosed-quote]" } },
  { "byte 0xFF", { nil, replace("구정 청렴도", "구정\xFF청렴도") }, "", 3,
    { "indicators.csv:2:", "error[bad-utf8]: byte 0xff" } },
  { "no data file", { replace("indicators.csv", "nothing.csv") }, "", 5, { "error[file-open]", "nothing.csv" } },
  { "data outside the project", { replace("../data/2019/indicators.csv", "../../x.csv") }, "", 2,
    { "rules/2019.lua:7:15: error[file-outside]" } },
  { "syntax", { replace("rate = mean }", "rate = mean") }, "", 2, { "rules/2019.lua:", "error[lua-syntax]" } },
  { "script error", { replace("local actual", "local x = nil + 1\nlocal actual") }, "", 2,
    { "rules/2019.lua:3:1: error[script-error]", "arithmetic on a nil value" } },
  { "unknown field", { replace("field.actual,", "field.actaul,") }, "", 2,
    { "error[unknown-field]: the data have no column actaul", "did you mean actual?" } },
  { "unknown report", {}, "--report stauts", 2, { "error[script-not-found]", "stauts" } },
  { "unknown format", {}, "--format pdff", 2, { "error[script-not-found]", "pdff" } },
  { "endless rule file", { replace("local actual", "while true do end\nlocal actual") }, "", 4,
    { "error[cpu-limit]", "rules/2019.lua:3" } },
  { "unknown flag", {}, "--formt csv", 64, { "error[unknown-flag]: unknown flag: --formt", "did you mean --format?" } },
}

-- Each fault: its message with its place, its exit code, and no output, neither printed nor in a file.
for _, fault in ipairs(faults) do
  local name, edits, flags, expected, texts = table.unpack(fault)
  TestCommands["test_fault_" .. name:gsub(" ", "_")] = function()
    local folder = project(edits[1], edits[2])
    support.write(folder .. "/report.txt", "last year's report\n")
    for _, target in ipairs({ "", "-o report.txt", "-o new.txt" }) do
      local out, err, status = support.run(("run rules/2019.lua %s %s"):format(flags, target), { cd = folder })
      unit.assertEquals(out, "", name)
      unit.assertEquals(status, expected, name .. ": " .. err)
      for _, text in ipairs(texts) do unit.assertStrContains(err, text) end
    end
    unit.assertEquals(support.read(folder .. "/report.txt"), "last year's report\n", name)
    unit.assertNil(io.open(folder .. "/new.txt"), name)
  end
end

function TestCommands.test_output_file()
  local folder = project()
  local printed = support.run("run rules/2019.lua", { cd = folder })
  local out, err, status = support.run("run rules/2019.lua -o report.txt", { cd = folder })
  unit.assertEquals({ out, err, status }, { "", "", 0 })
  unit.assertEquals(support.read(folder .. "/report.txt"), printed)
  local pipe = io.popen("ls -A " .. folder)
  unit.assertEquals(pipe:read("a"), "data\nreport.txt\nrules\n")
  pipe:close()
end

function TestCommands.test_output_folder_missing()
  local out, err, status = support.run("run rules/2019.lua -o /nonexistent/report.txt")
  unit.assertEquals({ out, status }, { "", 5 })
  unit.assertStrContains(err, "error[file-write]: cannot write /nonexistent/report.txt")
end

function TestCommands.test_data_from_elsewhere()
  local folder = support.folder()
  support.write(folder .. "/small.csv",
    "국,부서,주요사업,성과지표,단위,목표,실적\n가국,나과,다사업,라지표,건,5,4\n")
  local expected = "bureau,department,project,indicator,unit,target,actual,rate,project_rate,verdict,published_rate," ..
    "missing\n가국,나과,다사업,라지표,건,5,4,80,80,sluggish,,\n"
  local out, err, status = support.run("run rules/2019.lua --format csv --data " .. folder .. "/small.csv")
  unit.assertEquals({ out, err, status }, { expected, "", 0 })
  out, err, status = support.run("run rules/2019.lua --format csv --data -", { stdin = folder .. "/small.csv" })
  unit.assertEquals({ out, err, status }, { expected, "", 0 })
end

function TestCommands.test_polarity()
  local folder = support.folder()
  -- mirror: (2 - 110/100) x 100 = 90; higher: 110
  support.write(folder .. "/small.csv", "bureau,department,project,indicator,unit,target,actual,polarity\n" ..
    "가국,나과,사업 1,지표,건,100,110,lower\n가국,나과,사업 2,지표,건,100,110,\n")
  local out = support.run("run rules/2019.lua --format csv --data " .. folder .. "/small.csv")
  local lines = support.records(out)
  unit.assertEquals({ lines[1].rate, lines[2].rate }, { "90", "110" })
end

function TestCommands.test_missing_is_never_zero()
  local folder = support.folder()
  support.write(folder .. "/small.csv", "bureau,department,project,indicator,unit,target,actual\n" ..
    "가국,나과,사업,빈칸,건,100,\n가국,나과,사업,해당 없음,건,-,5\n가국,나과,사업,목표 0,건,0,5\n가국,나과,사업,보통,건,4,2\n" ..
    "가국,나과,없는 사업,빈칸,건,,\n")
  local out, err, status = support.run("run rules/2019.lua --format json --data " .. folder .. "/small.csv")
  unit.assertStrContains(err, "warning[missing-undeclared]: project: indicators without a rate: 4;")
  unit.assertEquals(status, 0)
  local result = support.json(out)
  local projects = result.bureaus[1].departments[1].projects
  local reasons = {}
  for i, indicator in ipairs(projects[1].indicators) do
    reasons[i] = indicator.missing or indicator.rate.number
  end
  unit.assertEquals(reasons, { "blank", "not_applicable", "zero_target", "50" })
  unit.assertEquals(projects[1].rate.number, "50")
  unit.assertIs(projects[2].rate, support.null)
  unit.assertIs(projects[2].verdict, support.null)
  unit.assertEquals(projects[2].missing, "no_values")
  unit.assertEquals(result.totals.none.number, "1")
  local report = support.run("run rules/2019.lua --data " .. folder .. "/small.csv")
  for _, word in ipairs({ "inf", "nan", "nil" }) do unit.assertNotStrContains(report, word) end
end

local special = [[special = {
    { when = { department = "미래교육과", project = "도서관 운영 활성화" }, because = "리모델링으로 4개월 휴관",
      rate = function(i) return i.actual >= 90 and 100 or 0 end },
  },]]

function TestCommands.test_special_case_with_function()
  local folder = project(replace("special = {},", special))
  local out, err, status = support.run("run rules/2019.lua --format json", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertEquals(totals(out), { "154", "152", "2" })
  local report = support.run("run rules/2019.lua", { cd = folder })
  unit.assertStrContains(report, "리모델링으로 4개월 휴관")
end

-- What check lists of the files of rules/2019.lua; the report is that of the source tree.
local READ = "rules rules/2019.lua data data/2019/indicators.csv narrative data/2019/achievements.json " ..
  "published data/2019/published.json report"
local function files_read(out)
  return (out:gsub("%s+", " "):gsub("^ ", ""):gsub(" %S*scripts/reports/status%.lua $", ""))
end

function TestCommands.test_special_case_that_matches_nothing()
  local folder = project(replace("special = {},",
    'special = { { when = { project = "도서관 운영 활성하" }, because = "휴관", exclude = true } },'))
  local out, err, status = support.run("run rules/2019.lua --format json", { cd = folder })
  unit.assertEquals(status, 1)
  unit.assertEquals(totals(out), { "154", "151", "3" })
  unit.assertStrContains(err, "error[special-unused]: special[1] matched no row (because: 휴관)")
  unit.assertStrContains(err, "did you mean 도서관 운영 활성화?")
  out, err, status = support.run("check rules/2019.lua", { cd = folder })
  unit.assertEquals({ files_read(out), status }, { READ, 1 })
  unit.assertStrContains(err, "note[selector-value]: no row has project \"도서관 운영 활성하\"")
  unit.assertStrContains(err, "did you mean 도서관 운영 활성화?")
end

function TestCommands.test_failing_function()
  local folder = project(replace("actual / target * 100 }", "function(i) return i.actual / i.taget * 100 end }"))
  local _, err, status = support.run("run rules/2019.lua --format json", { cd = folder })
  unit.assertEquals(status, 1)
  unit.assertStrContains(err, "rules/2019.lua:21")
  unit.assertStrContains(err, "error[function-failed]: data row 1: ")
  unit.assertStrContains(err, "target")
  unit.assertStrContains(err, "error[functions-failed]: functions of the rules failed on 244 rows")
end

function TestCommands.test_check()
  local _, err, status = support.run("check rules/2019.lua data/2019/indicators.csv")
  unit.assertEquals({ err, status }, { "no errors in 2 files\n", 0 })
  local folder = project(replace("at_most = param", "at_mots = param"), replace("회,26,37,150", "회,1.2.3,37,150"))
  local out
  out, err, status = support.run("check rules/2019.lua", { cd = folder })
  unit.assertEquals({ files_read(out), status }, { READ, 2 })
  unit.assertStrContains(err, "error[unknown-key]")
  unit.assertStrContains(err, "error[not-a-number]")
  unit.assertStrContains(err, "errors in 1 file\n")
  out, err, status = support.run("check data/2019/indicators.csv", { cd = folder })
  unit.assertEquals(out, "")
  unit.assertEquals(status, 3)
  unit.assertStrContains(err, "1 error in 1 file\n")
end

function TestCommands.test_language()
  local _, err, status = support.run("run nothing.lua", { lang = "ko_KR.UTF-8" })
  unit.assertEquals(status, 5)
  unit.assertStrContains(err, "오류[file-open]: nothing.lua 파일을 열 수 없음")
  local _, english = support.run("run nothing.lua --lang en", { lang = "ko_KR.UTF-8" })
  unit.assertStrContains(english, "error[file-open]: cannot open nothing.lua")
  local out = support.run("help --lang ko")
  unit.assertStrContains(out, "보고서를 출력")
end

function TestCommands.test_help()
  for _, words in ipairs({ "help", "--help", "help run", "run --help", "help check", "help exit", "help codes",
    "help not-a-number" }) do
    local out, err, status = support.run(words)
    unit.assertEquals({ err, status }, { "", 0 }, words)
    unit.assertTrue(#out > 100, words)
  end
  local out, err, status = support.run("help not-a-nmber")
  unit.assertEquals({ out, status }, { "", 64 })
  unit.assertStrContains(err, "did you mean not-a-number?")
  out, err, status = support.run("rn rules/2019.lua")
  unit.assertEquals({ out, status }, { "", 64 })
  unit.assertStrContains(err, "did you mean run?")
end

-- Every command's help shows two examples, and they work.
function TestCommands.test_help_examples()
  for _, command in ipairs({ "run", "check", "params", "rules", "sweep", "margin", "compare", "stubs", "new", "test",
    "mutate", "explain", "help" }) do
    local out = support.run("help " .. command)
    local count = 0
    for line in out:match("examples:\n(.*)"):gmatch("  perfeval ([^\n]+)") do
      line = line:gsub("%-o %S+", "-o /dev/null"):gsub("^new %S+", "new " .. support.folder())
      local _, err, status = support.run(line)
      unit.assertEquals(status, 0, line .. err)
      count = count + 1
    end
    unit.assertEquals(count, 2, command)
  end
end

-- rules/examples/bench.lua has the rates 90, 80, 80 by hand: first project (90 + 80)/2 = 85, the second 80.
function TestCommands.test_level()
  local run = "run rules/examples/bench.lua "
  local out, err, status = support.run(run .. "--level bureau --format csv")
  unit.assertEquals({ out, err, status },
    { "bureau,projects,normal,sluggish,percent_normal\n가국,2,1,1,50.00\n", "", 0 })
  unit.assertEquals(support.run(run .. "--level=indicator --format csv"), support.run(run .. "--format csv"))
  unit.assertEquals(support.run(run .. "--level indicator --format jsonl"), support.run(run .. "--format jsonl"))
  local _, refused, code = support.run(run .. "--level bureau")
  unit.assertEquals(code, 64)
  unit.assertStrContains(refused, "error[level-format]: --level goes with --format csv, json or jsonl, not with text")
  _, refused, code = support.run(run .. "--level bureau --format markdown --lang ko")
  unit.assertEquals(code, 64)
  unit.assertStrContains(refused,
    "오류[level-format]: --level 은 --format csv, json, jsonl 과 함께 씀. 함께 쓸 수 없는 형식: markdown")
  _, refused, code = support.run(run .. "--level office --format csv")
  unit.assertEquals(code, 64)
  unit.assertStrContains(refused, "--level office: it can be bureau, department, project, indicator")
  _, refused, code = support.run("check rules/examples/bench.lua --level bureau")
  unit.assertEquals(code, 64)
  unit.assertStrContains(refused, "error[unknown-flag]")
end

function TestCommands.test_threads()
  local run = "run rules/2019.lua --level department --format csv"
  local plain = support.run(run)
  for _, number in ipairs({ "1", "2", "256", "007" }) do
    local out, err, status = support.run(run .. " --threads " .. number)
    unit.assertEquals({ out, err, status }, { plain, "", 0 }, number)
  end
  for _, number in ipairs({ "0", "257", "-1", "two", "1.5", "4294967297", "99999999999999999999" }) do
    local out, err, status = support.run(run .. " --threads=" .. number)
    unit.assertEquals({ out, status }, { "", 64 }, number)
    unit.assertStrContains(err,
      "error[flag-number]: --threads " .. number .. ": it should be a whole number from 1 to 256")
  end
end

-- Names, and the figures that do not vary: 244 indicators in 154 projects.
function TestCommands.test_stats()
  local plain = support.run("run rules/2019.lua --format csv")
  local out, err, status = support.run("run rules/2019.lua --format csv --stats")
  unit.assertEquals({ out, status }, { plain, 0 })
  local shape = err:gsub("%d+%.%d ms", "N ms"):gsub("%d+ KiB", "N KiB")
    :gsub("(re%-checks +)%d+", "%1N"):gsub("(per %l+ +)%d+", "%1N")
  unit.assertEquals(shape, [[
rows              244
projects          154
load              N ms
evaluate          N ms
write             N ms
rows per second   N
peak memory       N KiB
bytes per row     N
exact re-checks   N
Lua calls         0
translated        0 (rows: 0)
]])
  local _, korean = support.run("run rules/2019.lua --format csv --stats --lang ko")
  unit.assertStrContains(korean, "행                244\n사업              154\n")
  -- 80 and 80 lie on the cut: doubles cannot say, exact numbers do
  local _, near = support.run("run rules/examples/bench.lua --format csv --stats")
  unit.assertStrContains(near, "exact re-checks   1\n")
  local _, failed, code = support.run("run nothing.lua --stats")
  unit.assertEquals(code, 5)
  unit.assertNotStrContains(failed, "peak memory")
end

-- Another file of the same name under the fresh project: a report written from scripts/README.md's rules.
function TestCommands.test_own_report()
  local folder = project()
  os.execute("mkdir -p " .. folder .. "/scripts/reports")
  support.write(folder .. "/scripts/reports/short.lua", [[
-- 사업 수만 적는 보고서
return {
  purpose = "사업 수",
  build = function(results)
    return { title = results.title, blocks = { { paragraph = "부진 " .. results.count.sluggish .. "개" } } }
  end,
}
]])
  local out, err, status = support.run("run rules/2019.lua --report short --format markdown", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, "부진 3개")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
