-- Scripts while garbage is collected all the time, or by generations: the same bytes as otherwise. `make test-gc` runs
-- it; STRESSED is the program whose Lua is told so by GC in its environment (tests/gc/stress.h).
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local stressed = assert(os.getenv("STRESSED"), "STRESSED names the program")
local FREE = " --load-limit 600 --call-limit 600 --cpu-limit 3000 --time-limit 3000"

-- words, instructions between two full collections
local runs = {
  { "run rules/2019.lua --format text", 50 },
  { "run rules/2019.lua --format html", 50 },
  { "run rules/2019.lua --report sluggish --format markdown", 10 },
  { "run rules/examples/own_rate.lua --format json", 1 },
  { "run rules/examples/polarity.lua --format text", 1 },
  { "run rules/2020.lua --format csv", 50 },
  { "rules rules/2020.lua --effective", 50 },
}

local function run(words, how)
  local command = ("GC=%s LC_ALL=C.UTF-8 %s %s 2>&1 </dev/null"):format(how, support.quote(stressed), words .. FREE)
  local pipe <close> = io.popen(command)
  return pipe:read("a")
end

TestCollected = {}

for _, case in ipairs(runs) do
  TestCollected["test " .. case[1]] = function()
    local wanted, messages = support.run(case[1])
    unit.assertEquals(messages, "")
    unit.assertTrue(#wanted > 100)
    unit.assertTrue(run(case[1], case[2]) == wanted, case[1] .. ", a full collection every " .. case[2])
    unit.assertTrue(run(case[1], "generational") == wanted, case[1] .. ", by generations")
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
