-- Two rule files compared over one data file, which is read once where both read it in the same way, give the same
-- bytes as over the file and its copy, which are read apart.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local PLAIN = [[
  rate = { { when = { ["방향"] = "down" }, 200 - field.actual / field.target * 100 },
    { field.actual / field.target * 100 } },
]]
local WITH_FUNCTION = [[
  rate = { { when = { ["방향"] = "down" }, function(i) return 170 - i.actual / i.target * 100 end },
    { field.actual / field.target * 100 } },
]]
local WITH_COLUMN = [[
  rate = { { when = { ["방향"] = "down" }, 200 - field.actual / field["한도"] * 100 },
    { field.actual / field.target * 100 } },
]]

-- A rule file: the cut, its rates, and what else it says.
local function rules(cut, rate, more, data)
  return ([[
return ruleset {
  title = "비교", data = "%s",
  rounding = { digits = 1, mode = "half_up" }, project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "low", at_most = %s }, { "정상", key = "high" } },
%s%s}
]]):format(data, cut, rate, more)
end

-- 60 rows: projects of three, numbers that are none, one in an unusual form, a revised target, two periods.
local function data()
  local rows = { "id,국,부서,주요사업,성과지표,단위,방향,목표,실적,한도,기간,변경목표,변경일,변경사유,변경근거" }
  for n = 1, 60 do
    local period = n % 4 == 0 and "2024" or "2025"
    local actual = n % 50 == 7 and "-" or n == 11 and '"1,011"' or tostring(60 + n * 7 % 50)
    local revised = n == 5 and "500,2025-07-01,여건 변화,문서-1" or ",,,"
    rows[n + 1] = ("k%d,국%d,부서%d,사업%d,지표%d,건,%s,100,%s,%d,%s,%s"):format(n, n // 3 % 3, n // 3 % 5, n // 3, n % 4,
      n % 6 == 0 and "down" or "up", actual, 90 + n % 20, period, revised)
  end
  return table.concat(rows, "\n") .. "\n"
end

local WORLDS = {
  { rules(80, PLAIN, "", "%s"), rules(90, PLAIN, "", "%s"), shared = true },
  { rules(80, PLAIN, "", "%s"), rules(90, WITH_FUNCTION, "", "%s"), shared = true },
  { rules(80, WITH_FUNCTION, "", "%s"), rules(80, PLAIN, "", "%s"), shared = true },
  { rules(80, PLAIN, "", "%s"), rules(80, WITH_COLUMN, "", "%s"), shared = true },
  { rules(80, PLAIN, '  period = "2025", targets = "revised",\n', "%s"),
    rules(90, PLAIN, '  period = "2025", targets = "revised",\n', "%s"), shared = true },
  { rules(80, PLAIN, '  missing = { new = { "-" } },\n', "%s"),
    rules(90, PLAIN, '  missing = { new = { "-" } },\n', "%s"), shared = true },
  { rules(80, PLAIN, '  missing = { new = { "-" } },\n', "%s"), rules(90, PLAIN, "", "%s") },
  { rules(80, PLAIN, '  period = "2025",\n', "%s"), rules(80, PLAIN, '  period = "2024",\n', "%s") },
  { rules(80, PLAIN, '  targets = "original",\n', "%s"), rules(80, PLAIN, '  targets = "revised",\n', "%s") },
}

local function world(pair)
  local folder = support.folder()
  assert(os.execute("mkdir -p " .. folder .. "/rules"))
  support.write(folder .. "/one.csv", data())
  support.write(folder .. "/two.csv", data())
  support.write(folder .. "/rules/a.lua", pair[1]:format("../one.csv"))
  support.write(folder .. "/rules/b.lua", pair[2]:format("../one.csv"))
  return folder
end

TestCompare = {}

function TestCompare.tearDown()
  support.clean()
end

function TestCompare.test_once_or_twice()
  for number, pair in ipairs(WORLDS) do
    local folder = world(pair)
    for _, format in ipairs({ "text", "json" }) do
      local words = "compare rules/a.lua rules/b.lua --format " .. format
      support.write(folder .. "/rules/b.lua", pair[2]:format("../one.csv"))
      local once, err, status = support.run(words, { cd = folder })
      unit.assertEquals(status, 0, err)
      unit.assertStrContains(once, format == "json" and '"changes":[{' or " → ", false, number)
      support.write(folder .. "/rules/b.lua", pair[2]:format("../two.csv"))
      local twice = support.run(words, { cd = folder }) -- which names the file of a cell that differs
      unit.assertEquals(twice:gsub("two%.csv", "one.csv"), once, number)
    end
  end
end

-- Standard input can be read but once.
function TestCompare.test_standard_input()
  for number, pair in ipairs(WORLDS) do
    local folder = world(pair)
    local words = "compare rules/a.lua rules/b.lua --format json"
    local expected = support.run(words, { cd = folder })
    local out, err, status = support.run(words .. " --data -", { cd = folder, stdin = folder .. "/one.csv" })
    if pair.shared then
      unit.assertEquals({ out, status }, { expected, 0 }, number .. err)
    else
      unit.assertStrContains(err, "error[empty-file]", false, number)
    end
  end
end

-- What there is to say of a file is said once for each that is read.
function TestCompare.test_messages()
  local folder = world(WORLDS[1])
  local function warnings(file)
    support.write(folder .. "/rules/b.lua", WORLDS[1][2]:format(file))
    local _, err = support.run("compare rules/a.lua rules/b.lua", { cd = folder })
    return select(2, err:gsub("warning%[unusual%-number%]", ""))
  end
  unit.assertEquals(warnings("../one.csv"), 1)
  unit.assertEquals(warnings("../two.csv"), 2)
end

-- Data files that the command line names, one for each side.
function TestCompare.test_two_data_files()
  local folder = world(WORLDS[1])
  support.write(folder .. "/two.csv", (data():gsub("100,67,", "100,167,")))
  local words = "compare rules/a.lua rules/b.lua --format json --data one.csv --data "
  local same = support.run(words .. "one.csv", { cd = folder })
  local other = support.run(words .. "two.csv", { cd = folder })
  unit.assertEquals(same, support.run("compare rules/a.lua rules/b.lua --format json", { cd = folder }))
  unit.assertNotStrContains(same, '"kind":"actual"')
  unit.assertStrContains(other, '"kind":"actual"')
end

os.exit(unit.LuaUnit.run())
