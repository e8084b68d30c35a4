-- How the program ends: each exit code, and what becomes of the processes of scripts when one of the two is killed.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local folder = support.folder()
local here = os.getenv("PWD")
os.execute(("mkdir -p %s/rules %s/scripts/reports"):format(folder, folder))

local RULES = [[
return ruleset {
  title = "x", data = "../d.csv", %s
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "low", key = "low", at_most = 80 }, { "high", key = "high" } },
}
]]
local function rules(name, keys, before)
  support.write(folder .. "/rules/" .. name .. ".lua", (before or "") .. RULES:format(keys))
end
local RATE <const> = "rate = field.actual / field.target * 100,"
rules("good", RATE)
rules("loads", RATE, "while true do end\n")
rules("calls", "rate = function(i) while true do end end,")
rules("reports", RATE .. ' report = "endless",')
rules("syntax", "rate = ,")
rules("failing", "rate = function(i) return i.target.x end,")
support.write(folder .. "/scripts/reports/endless.lua", "return { build = function() while true do end end }")
support.write(folder .. "/d.csv", "국,부서,주요사업,성과지표,단위,목표,실적\n가,나,다,라,건,10,9\n")
support.write(folder .. "/bytes.csv", "국,부서,주요사업,성과지표,단위,목표,실적\n가,나,다,\xff,건,10,9\n")
support.write(folder .. "/lacks.csv", "국,부서,주요사업\n가,나,다\n")
support.write(folder .. "/rules/good.test.lua", [[
return tests { { name = "wrong on purpose", rows = { { target = 10, actual = 9 } }, rate = 91 } }
]])

-- What each exit code is for; at is the folder of the project.
local CODES <const> = {
  [0] = { "run rules/good.lua", "check rules/good.lua d.csv", "help exit", "--version" },
  [1] = { "audit @/rules/2019.lua", "replay rec/000001.json", "test rules/good.lua", "check rules/failing.lua" },
  [2] = { "run rules/syntax.lua", "check rules/syntax.lua", "run rules/good.lua --report nowhere",
    "check @/tests/cases/faults-rules/rules/faults.lua" },
  [3] = { "run rules/good.lua --data bytes.csv", "check lacks.csv", "merge d.csv", "replay d.csv" },
  [4] = { "run rules/loads.lua --load-limit 0.05", "run rules/calls.lua --call-limit 0.02",
    "run rules/reports.lua --cpu-limit 0.05", "run rules/good.lua --max-cell 2", "run @/rules/2019.lua --max-rows 3" },
  [5] = { "run nowhere.lua", "run rules/good.lua --data nowhere.csv", "run rules/good.lua -o nowhere/x",
    "history list --store nowhere.db" },
  [64] = { "", "frob", "run", "run rules/good.lua --frob", "run rules/good.lua --set nope=1",
    "run rules/good.lua --at x" },
}

TestEnds = {}

function TestEnds.test_exit_codes()
  support.run("run rules/good.lua --record rec -o out.txt", { cd = folder })
  support.write(folder .. "/d.csv", (support.read(folder .. "/d.csv"):gsub("10,9", "10,8")))
  for code, commands in pairs(CODES) do
    for _, words in ipairs(commands) do
      local _, err, status = support.run(words:gsub("@", here), { cd = folder })
      unit.assertEquals(status, code, words .. "\n" .. err)
    end
  end
end

-- Starts a run that would go on for a long time, and when its script has run for a while, locked in, does to both what
-- `deed` says, a shell command in which $program and $child are their numbers. What the shell printed.
local LONG <const> = " --load-limit 60 --call-limit 60 --cpu-limit 60 --time-limit 60 "
local function during(words, deed)
  local pipe <close> = io.popen(([[exec 2>/dev/null; cd %s; %s run %s %s 2>err >out & program=$!
    child=
    while [ -z "$child" ] && kill -0 $program; do
      for one in $(cat /proc/$program/task/$program/children 2>/dev/null); do
        [ "$(cut -d ' ' -f 14 /proc/$one/stat 2>/dev/null)" -gt 5 ] 2>/dev/null \
          && grep -q '^Seccomp:.*2' /proc/$one/status && child=$one
      done
    done
    %s]]):format(folder, support.program, words, LONG, deed))
  return pipe:read("a")
end

local function can_look()
  if (os.getenv("RUNNER") or "") ~= "" then return false end
  return os.execute("cat /proc/$$/task/$$/children >/dev/null 2>&1")
end

-- 70: the process of a script died of something that is no limit.
function TestEnds.test_scripts_that_die()
  unit.skipIf(not can_look(), "children are not shown here")
  for signal, name in pairs({ SEGV = "loads", ABRT = "calls", KILL = "reports", BUS = "loads" }) do
    local status = during("rules/" .. name .. ".lua", ("kill -%s $child; wait $program; echo $?"):format(signal))
    local err = support.read(folder .. "/err")
    unit.assertEquals(status, "70\n", signal .. " " .. err)
    unit.assertStrContains(err, "error[worker-died]")
  end
end

-- A script does not outlive the program.
function TestEnds.test_program_that_dies()
  unit.skipIf(not can_look(), "children are not shown here")
  for _, name in ipairs({ "loads", "calls", "reports" }) do
    local left = during("rules/" .. name .. ".lua", [[kill -9 $program; wait $program
      for i in $(seq 600); do
        grep -q '^State:.*[RSD] ' /proc/$child/status 2>/dev/null || { echo gone; exit; }
        sleep 0.1
      done
      echo left; kill -9 $child]])
    unit.assertEquals(left, "gone\n", name)
  end
end

-- What the kernel says of a process that runs a script: no file, process, core or new right, and bounded memory and
-- time.
function TestEnds.test_confinement()
  unit.skipIf(not can_look(), "children are not shown here")
  unit.skipIf(os.getenv("COVERAGE"), "a child that counts what it runs may write files")
  local said = during("rules/loads.lua --memory-limit 32",
    "cat /proc/$child/limits /proc/$child/status; kill -9 $program")
  local function limit(name) return said:match("Max " .. name .. " +(%S+) +%S+") end
  for _, name in ipairs({ "core file size", "file size", "open files", "processes" }) do
    unit.assertEquals(limit(name), "0", name)
  end
  local seconds = tonumber(limit("cpu time")) -- the flag's, and the grace
  unit.assertTrue(seconds >= 60 and seconds <= 63, seconds)
  -- what is mapped at the fork, the memory of the script, four messages, and 64 MiB
  unit.assertTrue(math.tointeger(limit("address space")) < 1024 * 1024 * 1024)
  unit.assertStrContains(said, "NoNewPrivs:\t1")
  unit.assertStrContains(said, "Seccomp:\t2")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
