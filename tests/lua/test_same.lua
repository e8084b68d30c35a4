-- The same rules, data and arguments give the same bytes: in another locale and time zone, with another environment,
-- with addresses at random or not, with one thread or several, and again.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

-- A library and a function that show whatever they can of how tables lie in memory.
local LIBRARY = [[
local shown = {}
local t = {}
for n = 1, 60 do
  t["k" .. n * 7 % 31] = n
  if n % 3 > 0 then t[n] = n else t[n - 2] = nil end
  shown[#shown + 1] = #t
end
for key, value in pairs({ b = 1, a = 2, ["가"] = 3, [2] = 4, [1.5] = 5, [true] = 6, f = pairs, t = {} }) do
  shown[#shown + 1] = tostring(key) .. tostring(value)
end
local sum, parts = 0, {}
for n = 1, 40 do parts["p" .. n] = 1 / n end
for _, part in pairs(parts) do sum = sum + part end
shown[#shown + 1] = string.format("%.17g %s %s", sum, {}, ("İı"):lower())
local list = {}
for n = 1, 50 do list[n] = { n % 3, n } end
table.sort(list, function(a, b) return a[1] < b[1] end)
for n = 1, #list do shown[#shown + 1] = list[n][2] end
return { shown = table.concat(shown, " ") }
]]
local RULES = [[
local lib = require("lib")
return ruleset {
  title = lib.shown, data = "../d.csv", report = "r",
  rate = { { function(i)
    local n = #lib.shown
    for digit in lib.shown:gmatch("%%d") do n = n + tonumber(digit) * i.row end
    return n %% 200
  end } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "low", at_most = 80 }, { "정상", key = "high" } },
}
]]
local REPORT = "return { build = function(results) return { title = results.title, blocks = { " ..
  "{ paragraph = results.projects[1].rate_printed } } } end }"
local FORMAT = "return { draw = function(document) return document.title .. document.blocks[1].text .. '\\n' end }"

local function project()
  local folder = support.folder()
  assert(os.execute(("mkdir -p %s/rules %s/scripts/reports %s/scripts/formats"):format(folder, folder, folder)))
  local rows = { "국,부서,주요사업,성과지표,단위,목표,실적" }
  for n = 1, 300 do rows[n + 1] = ("가,나,사업%d,지표%d,건,100,%d"):format(n // 3, n, n) end
  support.write(folder .. "/d.csv", table.concat(rows, "\n") .. "\n")
  support.write(folder .. "/scripts/lib.lua", LIBRARY)
  support.write(folder .. "/rules/r.lua", RULES:format())
  support.write(folder .. "/scripts/reports/r.lua", REPORT)
  support.write(folder .. "/scripts/formats/f.lua", FORMAT)
  return folder
end

-- Addresses as they come, and without chance where the machine allows that.
local function environments()
  local list = { "env -i", "env -i LC_ALL=tr_TR.UTF-8 TZ=Asia/Seoul", "env -i LANG=C TZ=America/St_Johns HOME=/x",
    "env -i LC_ALL=C.UTF-8 MALLOC_PERTURB_=85 HOSTNAME=x" }
  if os.execute("setarch -R true >/dev/null 2>&1") then list[#list + 1] = "setarch -R env -i" end
  return list
end

local function run(environment, words, folder)
  -- sanitizers read their options from the environment
  local kept = 'ASAN_OPTIONS="$ASAN_OPTIONS" UBSAN_OPTIONS="$UBSAN_OPTIONS"'
  local command = ("cd %s && %s %s %s %s %s >%s/out 2>&1 </dev/null"):format(folder, os.getenv("RUNNER") or "",
    environment, kept, support.quote(support.program), words, folder)
  local _, _, status = os.execute(command)
  return support.read(folder .. "/out"), status
end

TestSame = {}

function TestSame.test_everywhere()
  local folder = project()
  for _, words in ipairs({ "run rules/r.lua --format csv", "run rules/r.lua --format json --lang en",
    "run rules/r.lua --format f", "rules rules/r.lua --effective --lang en" }) do
    local first
    for _, environment in ipairs(environments()) do
      for _, threads in ipairs(words:find("^run") and { "", " --threads 1", " --threads 5" } or { "" }) do
        local out, status = run(environment, words .. threads, folder)
        unit.assertEquals(status, 0, words .. ": " .. out:sub(1, 300))
        first = first or out
        unit.assertTrue(out == first, environment .. " " .. words .. threads)
      end
    end
    unit.assertTrue(#first > 100)
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
