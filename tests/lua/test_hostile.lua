-- Hostile and runaway scripts (tests/hostile/scripts.lua): each is run by the program, and must end as its class says.
package.path = "tests/lua/?.lua;tests/hostile/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local scripts = require("scripts")

-- The places of the sources in an ordinary project.
local RULES = [[
%s
return ruleset {
  title = "t", data = "../d.csv", report = "%s",
  rate = { { %s } },
  rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "x", key = "x" } },
}
]]
local ROW = "local kept = {}"
local REPORT = "return { build = function(results)\ndo %s end\nreturn { title = 't', blocks = {} } end }"
local FORMAT = "return { draw = function(document)\ndo %s end\nreturn document.title .. '\\n' end }"
local PLAIN = { report = REPORT:format(""), format = FORMAT:format("") }
-- Small, so that runaways end soon; those that are to end by themselves have the program's own.
local LITTLE_TIME = "--load-limit 0.03 --call-limit 0.02 --cpu-limit 0.05"
local LITTLE_MEMORY = "--memory-limit 4"

local function limits_of(script)
  if script.limits then return script.limits end
  if script.class ~= "limit" then return "" end
  return script.message:find("memory", 1, true) and LITTLE_MEMORY or LITTLE_TIME
end

local function project_of(script)
  local before, rate, report = "", "100", "status"
  local files = { ["d.csv"] = "국,부서,주요사업,성과지표,단위,목표,실적\n가,나,다,라,건,100,80\n" }
  for path, text in pairs(script.files or {}) do files[path] = text end
  if script.place == "rules" then before = "do " .. script.source .. " end" end
  if script.place == "row" then before, rate = ROW, "function(i) " .. script.source .. " end" end
  if script.place == "library" then
    before = script.rules or "require('lib')"
    files["scripts/lib.lua"] = script.source
  end
  if script.place == "report" or script.place == "format" then
    files["scripts/reports/hostile.lua"] = script.place == "report" and REPORT:format(script.source) or PLAIN.report
    files["scripts/formats/hostile.lua"] = script.place == "format" and FORMAT:format(script.source) or PLAIN.format
    report = "hostile"
  end
  files["rules/r.lua"] = script.place == "file" and script.source or RULES:format(before, report, rate)
  return files
end

local function write_project(folder, script)
  assert(os.execute(("mkdir -p %s/rules %s/scripts/reports %s/scripts/formats"):format(folder, folder, folder)))
  for path, text in pairs(project_of(script)) do support.write(folder .. "/" .. path, text) end
  if script.link then
    assert(os.execute(("ln -s %s %s/%s"):format(script.link[2], folder, script.link[1])))
  end
end

local function command(script)
  local drawn = script.place == "report" or script.place == "format"
  return ("%s run rules/r.lua --format %s %s -o result"):format(support.quote(support.program),
    drawn and "hostile" or "csv", limits_of(script))
end

-- All of them at once, as many at a time as there are processors; what they say stands in their folders afterwards.
local function run_all(root)
  local list = {}
  for n, script in ipairs(scripts) do
    local folder = ("%s/%d"):format(root, n)
    write_project(folder, script)
    local line = "cd %s\nLC_ALL=C.UTF-8 %s timeout -k 5 120 %s >out 2>err </dev/null\necho $? >status\n"
    support.write(folder .. "/go", line:format(folder, os.getenv("RUNNER") or "", command(script)))
    list[n] = folder .. "/go"
  end
  support.write(root .. "/list", table.concat(list, "\n") .. "\n")
  assert(os.execute(("xargs -n 1 -P %s sh <%s/list"):format(os.getenv("JOBS") or "$(nproc)", root)))
end

local CODES = { refused = 2, error = 2, data = 2, limit = 4, harmless = 0 }

local function expected_code(script)
  if script.place == "row" and (script.class == "refused" or script.class == "error") then return 1 end
  return CODES[script.class]
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

-- What is wrong with how a script ended; nil: nothing.
local function fault_of(script, folder)
  local messages, status = support.read(folder .. "/err"), tonumber(support.read(folder .. "/status"))
  local result = exists(folder .. "/result") and support.read(folder .. "/result")
  local code = expected_code(script)
  if status ~= code then return ("exit code %d, not %d: %s"):format(status, code, messages:sub(1, 500)) end
  if (result ~= false) ~= (code < 2) then return result and "it wrote a result" or "no result" end
  if messages:find("[\0-\9\11-\31\127]") then return "control characters in its messages" end
  if messages:find("0x%x%x%x%x%x") then return "an address in its messages: " .. messages:sub(1, 500) end
  if #messages > 10000 then return #messages .. " bytes of messages" end
  if script.warning and not messages:find(script.warning) then return "messages: " .. messages end
  if script.class == "harmless" then
    local wanted = script.message or (script.place == "row" and "80" or "100")
    if script.place == "report" or script.place == "format" then
      if not result:find(wanted) then return "result " .. result end
    elseif support.records(result)[1].rate ~= wanted then
      return "rate " .. support.records(result)[1].rate
    end
  elseif not messages:find(script.message) then
    return "messages: " .. messages:sub(1, 500)
  end
end

TestHostile = {}

function TestHostile.test_all()
  local root = support.folder()
  run_all(root)
  local faults = {}
  for n, script in ipairs(scripts) do
    local fault = fault_of(script, ("%s/%d"):format(root, n))
    if fault then faults[#faults + 1] = ("%s (%s): %s"):format(script.technique, script.place, fault) end
  end
  unit.assertEquals(table.concat(faults, "\n"), "")
end

-- One technique each, and at least 80 of them.
function TestHostile.test_table()
  local seen = {}
  for _, script in ipairs(scripts) do
    unit.assertNil(seen[script.technique], script.technique)
    unit.assertNotNil(CODES[script.class], script.technique)
    seen[script.technique] = true
  end
  unit.assertTrue(#scripts >= 80)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
