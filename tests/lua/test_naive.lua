-- Random rules over random data (worlds.lua): the program against the evaluator of naive.lua.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local fractions = require("fractions")
local worlds = require("worlds")
local naive = require("naive")

-- How many, and the first: WORLDS=2000 FIRST=1000 lua5.4 tests/lua/test_naive.lua looks further.
local how_many = tonumber(os.getenv("WORLDS")) or 60
local first = tonumber(os.getenv("FIRST")) or 1

TestNaive = {}

local function compare(seed, folder)
  local world = worlds.world(seed)
  local wanted, lines = pcall(naive.lines, world)
  if not wanted then
    unit.assertStrContains(lines, "too large for this test")
    return false
  end
  support.write(folder .. "/r.lua", worlds.rules(world.rules, "d.csv"))
  support.write(folder .. "/d.csv", worlds.csv(world.rows))
  local out, err, status = support.run("run " .. folder .. "/r.lua --format json")
  local what = ("seed %d\n%s\n%s\n%s"):format(seed, worlds.rules(world.rules, "d.csv"), worlds.csv(world.rows), err)
  unit.assertTrue(status == 0 or status == 1, what) -- 1: an exception that matches nothing
  local found = naive.document_lines(world, support.json(out))
  if table.concat(found, "\n") ~= table.concat(lines, "\n") then
    unit.fail(what .. "\nfound:\n" .. table.concat(found, "\n") .. "\nexpected:\n" .. table.concat(lines, "\n"))
  end
  return true
end

function TestNaive.test_worlds()
  local folder, compared = support.folder(), 0
  for seed = first, first + how_many - 1 do
    if compare(seed, folder) then compared = compared + 1 end
  end
  unit.assertTrue(compared * 10 >= how_many * 9, "too many worlds are too large: " .. compared .. " of " .. how_many)
end

-- The evaluator itself, on what was worked out by hand.
function TestNaive.test_by_hand()
  local function row(project, target, actual)
    return { bureau = "b", department = "d", project = project, indicator = "i", unit = "u1", polarity = "",
      target = target, actual = actual, weight = "1" }
  end
  local higher = { "*", { "/", { "field", "actual" }, { "field", "target" } }, { "number", "100" } }
  local world = {
    rules = { cases = { { rate = higher } }, specials = {}, project = { rate = "mean", missing = "leave_out" },
      bands = { { key = "low", bound = "at_most", cut = "80" }, { key = "rest" } }, places = 1, mode = "half_up" },
    -- 66.666… and 93.333… have a mean of exactly 80; 2/3 is 66.7; nothing is no zero
    rows = { row("p", "3", "2"), row("p", "3", "2.8"), row("q", "3", "2.5"), row("r", "5", "") },
  }
  unit.assertEquals(naive.lines(world), { "projects 3 none 1", "low 1", "rest 1", "b", " d",
    "  p 80 80.0 low", "   1 66.666667 66.7", "   2 93.333333 93.3", "  q 83.333333 83.3 rest",
    "   3 83.333333 83.3", "  r - (no_values) -", "   4 - (blank)" })
  unit.assertEquals(fractions.print({ -5, 2 }, 0, "half_up"), "-3")
  unit.assertEquals(fractions.print({ -5, 2 }, 0, "half_down"), "-2")
  unit.assertEquals(fractions.print({ 5, 2 }, 0, "half_even"), "2")
  unit.assertEquals(fractions.print({ -1, 100 }, 1, "ceiling"), "0.0")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
