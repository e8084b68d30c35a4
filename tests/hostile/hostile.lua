-- Runs hostile and runaway scripts (tests/hostile/scripts.lua), each in a project of its own.
local support = require("support")

local hostile = {}

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
-- A runaway has a limit that is small, so that it ends soon, and many times what is computed before its script begins,
-- also where all is slow; of the other limits it has plenty. What is to end otherwise has the program's own limits, and
-- in builds that are made slower plenty of time.
local PLENTY = { load = 600, call = 600, cpu = 600 }
local LITTLE_TIME = {
  rules = { load = 0.1 }, library = { load = 0.1 }, file = { load = 0.1 },
  row = { call = 0.1 }, report = { cpu = 0.1 }, format = { cpu = 0.1 },
}
local LITTLE_MEMORY = " --memory-limit 4"

local function times(little)
  local flags = {}
  for name, seconds in pairs(PLENTY) do
    flags[#flags + 1] = ("--%s-limit %g"):format(name, little[name] or seconds)
  end
  return table.concat(flags, " ")
end

-- The last of flags that contradict each other holds.
local function limits_of(script)
  local little = ""
  if script.class == "limit" and script.message:find("cpu%-limit", 1, true) then
    little = times(LITTLE_TIME[script.place])
  elseif (os.getenv("RUNNER") or "") ~= "" then
    little = times({})
  end
  if script.class == "limit" and script.message:find("memory", 1, true) then little = little .. LITTLE_MEMORY end
  return little .. " " .. (script.limits or "")
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

-- All of them, as many at a time as there are processors. What they say stands in their folders afterwards, ROOT/N;
-- "times" there: when it began and ended (nanoseconds), then the shell's times and those of all that it ran.
function hostile.run(scripts, root)
  local list = {}
  for n, script in ipairs(scripts) do
    local folder = ("%s/%d"):format(root, n)
    write_project(folder, script)
    local line = "cd %s\nbegin=$(date +%%s%%N)\nLC_ALL=C.UTF-8 %s timeout -k 5 600 %s >out 2>err </dev/null\n"
      .. "echo $? >status\necho $begin $(date +%%s%%N) >times\ntimes >>times\n"
    support.write(folder .. "/go", line:format(folder, os.getenv("RUNNER") or "", command(script)))
    list[n] = folder .. "/go"
  end
  support.write(root .. "/list", table.concat(list, "\n") .. "\n")
  assert(os.execute(("xargs -n 1 -P %s sh <%s/list"):format(os.getenv("JOBS") or "$(nproc)", root)))
end

return hostile
