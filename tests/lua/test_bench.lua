-- The tools of the benchmarks: the generator's data, the plain Lua peer against perfeval, the timer's and the counts'
-- refusals.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local bench = (os.getenv("BUILD") or os.getenv("PWD") .. "/build") .. "/bench/"

-- Runs a shell command; answers what it printed, standard error included, and its exit code.
local function shell(command)
  local path = support.folder() .. "/out"
  local _, _, status = os.execute(("{ %s\n} >%s 2>&1 </dev/null"):format(command, path))
  return support.read(path), status
end

local function generate(options)
  local out, status = shell(bench .. "generate " .. options)
  unit.assertEquals(status, 0)
  return out
end

local function lines_of(text)
  local lines = {}
  for line in text:gmatch("[^\n]*\n") do lines[#lines + 1] = line end
  return lines
end

TestGenerate = {}

function TestGenerate.test_same_bytes()
  local grouped = generate("3000 --seed 7")
  unit.assertEquals(generate("3000 --seed 7 --order grouped --quoted 0 --missing 2"), grouped)
  unit.assertNotEquals(generate("3000 --seed 8"), grouped)
end

function TestGenerate.test_shuffled_is_grouped_in_another_order()
  local grouped, shuffled = lines_of(generate("3000")), lines_of(generate("3000 --order shuffled"))
  unit.assertEquals(#grouped, 3001)
  unit.assertEquals(shuffled[1], grouped[1])
  unit.assertNotEquals(table.concat(shuffled), table.concat(grouped))
  table.sort(grouped)
  table.sort(shuffled)
  unit.assertEquals(shuffled, grouped)
end

function TestGenerate.test_shares()
  local plain = generate("2000 --missing 0")
  unit.assertNil(plain:find('"', 1, true))
  unit.assertNil(plain:find(",,", 1, true))
  unit.assertNil(plain:find(",\n", 1, true))
  local _, quotes = generate("2000 --quoted 100"):gsub('"[^",]*, ""[^"]*""[^"]*"', "")
  unit.assertEquals(quotes, 2000)
  local _, blanks = generate("2000 --missing 50"):gsub(",[^,]*,\n", "")
  unit.assertTrue(blanks > 400 and blanks < 600) -- a quarter of the actuals
end

function TestGenerate.test_refusals()
  for _, options in ipairs({ "", "0", "x", "10 --seed", "10 --order sorted", "10 --quoted 101" }) do
    local out, status = shell(bench .. "generate " .. options)
    unit.assertEquals(status, 2, options)
    unit.assertStrContains(out, "generate")
  end
end

-- Rates on the cut, one last place beside it, and means of others on it: by numbers with places.
function TestGenerate.test_decimal_cut()
  local whole, decimal = lines_of(generate("20000")), lines_of(generate("20000 --cut decimal"))
  local others, thousands = 0, 0
  for number, line in ipairs(whole) do
    if decimal[number] ~= line then
      others = others + 1
      local target = decimal[number]:match(",([^,]*),[^,]*$")
      if tonumber(target) % 10 == 0 then thousands = thousands + 1 end
    end
  end
  unit.assertEquals(#decimal, #whole)
  unit.assertTrue(others > 300 and others < 500, others) -- about 2 %
  unit.assertEquals(thousands, others) -- 1000 last places of at most two
end

TestExact = {}

-- The judge finds what is off, in verdicts, in printed rates, and in what stands there at all.
function TestExact.test_finds_faults()
  local data, table_file = support.folder() .. "/exact.csv", support.folder() .. "/exact.out"
  support.write(data, generate("700 --quoted 20 --cut decimal"))
  local projects, messages, code =
    support.run("run rules/examples/bench.lua --level project --format csv --data " .. data)
  unit.assertEquals({ messages, code }, { "", 0 })
  local function judge(text)
    support.write(table_file, text)
    return shell(("%sexact %s %s"):format(bench, data, table_file))
  end
  local out, status = judge(projects)
  unit.assertStrMatches(out, "400 projects, 0 verdicts off, 0 printed rates off, %d+ at the cut\n")
  unit.assertEquals(status, 0)
  for _, case in ipairs({
    { ",sluggish,", ",normal,", "400 projects, 1 verdicts off, 0 printed rates off" },
    { "(%d%.%d),normal,", "%1,,", "400 projects, 1 verdicts off, 0 printed rates off" },
    { "(,%-?%d+%.)%d(,normal,)", "%1x%2", "400 projects, 0 verdicts off, 1 printed rates off" },
    { "\n([^\n]*\n)$", "\n", "projects are missing" },
    { "\n([^\n]*\n)$", "\n%1%1", "the project stands there twice" },
    { ",1,([%d.]+,[%d.]+,normal)", ",2,%1", "the number of indicators is wrong" },
    { "rate_printed", "printed", "its columns are others" },
  }) do
    local changed, count = projects:gsub(case[1], case[2], 1)
    unit.assertEquals(count, 1, case[1])
    out, status = judge(changed)
    unit.assertStrContains(out, case[3])
    unit.assertEquals(status, 1, case[1])
  end
end

TestPeers = {}

-- perfeval and the plain script read the same file in their own ways, and print the same bytes.
function TestPeers.test_same_table()
  for _, order in ipairs({ "grouped", "shuffled" }) do
    local data = bench .. "test-" .. order .. ".csv"
    support.write(data, generate("20000 --quoted 20 --order " .. order))
    local theirs, status = shell("lua5.4 tests/bench/peers/table.lua " .. data)
    unit.assertEquals(status, 0)
    local ours, messages, code = support.run("run rules/examples/bench.lua --level bureau --format csv --data " .. data)
    os.remove(data)
    unit.assertEquals({ messages, code }, { "", 0 })
    unit.assertEquals(ours, theirs)
    unit.assertEquals(#lines_of(ours), 13) -- a header and 12 bureaus
  end
end

TestPairs = {}

function TestPairs.test_table()
  local out, status = shell(bench .. "pairs --runs 2 --rows 1234567 --outputs " .. support.folder()
    .. " 'a=exec echo x' 'b=exec echo x'")
  unit.assertEquals(status, 0)
  local lines = lines_of(out)
  unit.assertEquals(lines[1], "| contender | rows | wall ms | CPU ms | peak MiB | x a |\n")
  unit.assertStrMatches(lines[3], "| a | 1,234,567 | [%d.]+ | [%d.]+ | [%d.]+ | 1.0 |\n")
  unit.assertStrMatches(lines[4], "| b | 1,234,567 | [%d.]+ | [%d.]+ | [%d.]+ | [%d.]+ |\n")
  unit.assertEquals(lines[6], "Medians of 2 runs in alternation.\n")
end

function TestPairs.test_differing_tables()
  local out, status = shell(bench .. "pairs --rows 2 --outputs " .. support.folder()
    .. " 'a=printf \"k\\n1\\n\"' 'b=printf \"k\\n2\\n\"'")
  unit.assertEquals(status, 1)
  unit.assertEquals(out, "pairs: the tables differ at line 2\n  a: 1\n  b: 2\n")
end

function TestPairs.test_failing_command()
  local out, status = shell(bench .. "pairs --outputs " .. support.folder() .. " 'a=exit 3'")
  unit.assertEquals(status, 1)
  unit.assertEquals(out, "pairs: a: exit code 3: exit 3\n")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
