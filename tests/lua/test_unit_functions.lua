-- Functions of projects and departments: the same bytes, messages and exit code whether they are translated to
-- programs over blocks of units or called one by one, and translated where they read nothing but rates and cells.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local bench = (os.getenv("BUILD") or os.getenv("PWD") .. "/build") .. "/bench/"
local folder = support.folder()
local data = folder .. "/units.csv"
local projects = 2286 -- of 4000 rows: enough to be translated

local rules = [[
local methods = require("methods")
%s
return ruleset {
  title    = "t",
  data     = "units.csv",
  params   = { most = 120 },
  rate     = { { when = { direction = "down" }, methods.lower_mirror }, { methods.higher } },
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = function(children) %s end },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]]

local mean = "local sum, count = 0, 0 for _, i in ipairs(children) do"
  .. " if i.rate then sum = sum + i.rate count = count + 1 end end if count > 0 then return sum / count end"

-- What stands before the rules, the function, and how many projects its program answers.
local cases = {
  mean = { "", mean, projects },
  best = { "", "local best for _, child in ipairs(children) do"
    .. " if child.rate and (not best or child.rate > best) then best = child.rate end end return best", projects },
  counted = { "", "local s = 0 for k = 1, #children do s = s + (children[k].rate or 0) * k end return s", projects },
  of_cells = { "local floor = math.floor", "local t, a = 0, 0 for _, i in ipairs(children) do"
    .. " if i.target and i.actual and i.unit ~= '명' then t, a = t + i.target, a + i.actual end end"
    .. " if t <= 0 then return nil end return math.min(floor(a / t * 100), param.most)", projects },
  first = { "", "return children[1].rate or 0", projects },
  stops = { "", "for k, i in ipairs(children) do if k == 2 then break end"
    .. " if not i.rate then return 0 end end return 100 / #children", projects },
  -- a project with a rate that is missing fails, and is asked of Lua, which says so
  fails = { "", "local s = 0 for _, i in ipairs(children) do s = s + i.rate end return s" },
  flag = { "", "for _, i in ipairs(children) do if i.rate then return true end end", projects },
  reasons = { "", "local n = 0 for _, i in ipairs(children) do if i.missing then n = n + 1 end end return n", 0 },
  nested = { "", "local n = 0 for _ in ipairs(children) do for _ in ipairs(children) do n = n + 1 end end"
    .. " return n", 0 },
  backwards = { "", "local n = 0 for k = #children, 1, -1 do n = n * 2 + (children[k].rate or 0) end return n", 0 },
  counting = { "local calls = 0", "calls = calls + 1 return calls % 100", 0 },
  texts = { "", "return #children[1].name", 0 },
}

local function run(words)
  local out, messages, status = support.run("run " .. folder .. "/rules.lua --data " .. data .. " " .. words)
  return { out, messages, status }
end

local function translated()
  local _, messages = support.run("run " .. folder .. "/rules.lua --level bureau --format csv --stats --data " .. data)
  return tonumber(messages:match("translated +%d+ %(rows: (%d+)%)"))
end

TestUnitFunctions = {}

function TestUnitFunctions.setUp()
  local _, _, status = os.execute(("%sgenerate 4000 --missing 5 >%s"):format(bench, data))
  unit.assertEquals(status, 0)
end

for name, case in pairs(cases) do
  TestUnitFunctions["test_" .. name] = function()
    support.write(folder .. "/rules.lua", rules:format(case[1], case[2]))
    for _, level in ipairs({ "project", "bureau" }) do
      local words = "--level " .. level .. " --format csv"
      local wanted = run(words .. " --no-translate")
      unit.assertEquals(run(words), wanted)
      unit.assertEquals(run(words .. " --cpu plain"), wanted)
    end
    if case[3] then unit.assertEquals(translated(), case[3]) end
  end
end

-- A project of more indicators than a program looks at is asked of Lua; worked out by hand: 1 + … + 12, and 7.
function TestUnitFunctions.test_many_indicators()
  local lines = { "bureau,department,project,indicator,unit,direction,target,actual" }
  for number = 1, 2400 do lines[#lines + 1] = ("b,d,p%04d,i,건,up,100,7"):format(number) end
  for number = 1, 12 do lines[#lines + 1] = ("b,d,many,i,건,up,100,%d"):format(number) end
  support.write(folder .. "/many.csv", table.concat(lines, "\n") .. "\n")
  support.write(folder .. "/rules.lua", rules:format("", "local s = 0 for _, i in ipairs(children) do"
    .. " s = s + i.rate end return s"))
  local out, messages, status =
    support.run("run " .. folder .. "/rules.lua --level project --format csv --stats --data " .. folder .. "/many.csv")
  unit.assertEquals(status, 0)
  unit.assertStrContains(out, "\nb,d,many,12,78,78.0,sluggish,부진,\nb,d,p0001,1,7,7.0,sluggish,부진,\n")
  unit.assertStrContains(messages, "(rows: 2400)")
end

-- The function answers for last year too, from that year's rates: 80 after 60 is better, after 90 it is not.
function TestUnitFunctions.test_last_year()
  local lines = { "bureau,department,project,indicator,unit,target,actual,previous_target,previous_actual" }
  for number = 1, 2400 do
    lines[#lines + 1] = ("b,d,p%04d,i,건,100,80,100,%d"):format(number, number % 2 == 0 and 60 or 90)
  end
  support.write(folder .. "/years.csv", table.concat(lines, "\n") .. "\n")
  support.write(folder .. "/rules.lua", [[
return ruleset {
  title     = "t",
  data      = "years.csv",
  rate      = field.actual / field.target * 100,
  last_year = { rate = field.previous_actual / field.previous_target * 100 },
  rounding  = { digits = 1, mode = "half_up" },
  project   = { rate = function(children) ]] .. mean .. [[ end },
  verdict   = { { "황", key = "amber", at_least = 90, improved = { at_least = 70 } }, { "적", key = "sluggish" } },
}
]])
  for _, flag in ipairs({ "", " --no-translate" }) do
    local out, messages, status = support.run(
      "run " .. folder .. "/rules.lua --level bureau --format csv --data " .. folder .. "/years.csv" .. flag)
    unit.assertEquals({ out, messages, status },
      { "bureau,projects,amber,sluggish,percent_amber\nb,2400,1200,1200,50.00\n", "", 0 })
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
