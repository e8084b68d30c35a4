-- The fast ways through a data file: the same bytes for every level of the processor, every number of threads, a file
-- or standard input, and the same as the general way gives.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local bench = (os.getenv("BUILD") or os.getenv("PWD") .. "/build") .. "/bench/"
local rows = 20000
local cpus = { "plain", "avx2", "avx512" }
local threads = { 1, 2, 8 }

local function generate(path, options)
  local _, _, status = os.execute(("%sgenerate %d %s >%s"):format(bench, rows, options, path))
  unit.assertEquals(status, 0)
  return support.read(path)
end

local function run(words, options)
  local out, messages, status = support.run("run rules/examples/bench.lua " .. words, options)
  unit.assertEquals({ messages, status }, { "", 0 }, words)
  return out
end

-- A line end behind the header makes a file that only the general way reads.
local function for_general_way(text)
  local changed, count = text:gsub("\n", "\n\n", 1)
  unit.assertEquals(count, 1)
  return changed
end

-- An id for every row: counts need all rows then.
local function with_ids(text)
  local number = -1
  return (text:gsub("[^\n]+", function(line)
    number = number + 1
    return (number == 0 and "id" or tostring(number)) .. "," .. line
  end))
end

-- Runs with every level and number of threads, from the file and from standard input.
local function assert_same(wanted, words, path)
  for _, cpu in ipairs(cpus) do
    for _, count in ipairs(threads) do
      local flags = ("%s --cpu %s --threads %d --data "):format(words, cpu, count)
      local why = flags .. path
      unit.assertTrue(run(flags .. path) == wanted, why)
      unit.assertTrue(run(flags .. "-", { stdin = path }) == wanted, why .. " on standard input")
    end
  end
end

TestFast = {}

local shapes = {
  grouped = "--order grouped",
  shuffled = "--order shuffled --seed 3",
  quoted = "--order grouped --quoted 30 --missing 10",
}

for name, options in pairs(shapes) do
  TestFast["test_" .. name] = function()
    local folder = support.folder()
    local data, general, ids = folder .. "/data.csv", folder .. "/general.csv", folder .. "/ids.csv"
    local text = generate(data, options)
    support.write(general, for_general_way(text))
    support.write(ids, with_ids(text))
    for _, level in ipairs({ "bureau", "department" }) do
      local words = ("--level %s --format csv"):format(level)
      local wanted = run(words .. " --data " .. general)
      unit.assertStrMatches(wanted, (level == "bureau" and "" or "bureau,") .. level
        .. ",projects,normal,sluggish,percent_normal\n.*")
      assert_same(wanted, words, data)
      unit.assertTrue(run(words .. " --data " .. ids) == wanted, "with ids")
    end
    assert_same(run("--level project --format csv --data " .. general), "--level project --format csv", data)
  end
end

-- CRLF, a byte order mark, no line end behind the last row.
function TestFast.test_line_ends()
  local folder = support.folder()
  local data, other = folder .. "/data.csv", folder .. "/other.csv"
  local text = generate(data, "--order grouped")
  local wanted = run("--level department --format csv --data " .. data)
  for _, changed in ipairs({ text:gsub("\n", "\r\n"), "\xef\xbb\xbf" .. text, text:sub(1, -2), text .. "\n\r\n",
    text:gsub("\n", "\r\n"):sub(1, -3) }) do
    support.write(other, changed)
    assert_same(wanted, "--level department --format csv", other)
  end
end

-- Rates as the rules round them, and names of any length.
function TestFast.test_projects()
  local folder = support.folder()
  local data, general = folder .. "/data.csv", folder .. "/general.csv"
  local lines = { "bureau,department,project,indicator,unit,target,actual" }
  for n = 1, 3000 do
    lines[n + 1] = ("b%d,d,%s%d,i%d,u,%d,%d"):format(n // 1000, n == 1500 and ("n"):rep(70000) or "p", n // 3, n,
      n % 7 + 1, n % 97 - 40)
  end
  local text = table.concat(lines, "\n") .. "\n"
  support.write(data, text)
  support.write(general, for_general_way(text))
  local roundings = { '0, mode = "half_even"', '1, mode = "floor"', '12, mode = "up"' }
  for _, rounding in ipairs(roundings) do
    support.write(folder .. "/r.lua", ([[return ruleset {
      title = "t", data = "data.csv", rate = field.actual / field.target * 100, rounding = { digits = %s },
      project = { rate = mean, missing = "leave_out" },
      verdict = { { "x", key = "x", at_most = 0 }, { "y", key = "y" } },
    }]]):format(rounding))
    local words = "run r.lua --max-cell 100000 --level project --format %s --data "
    for _, format in ipairs({ "csv", "json" }) do
      local wanted, err, status = support.run(words:format(format) .. general, { cd = folder })
      unit.assertEquals(status, 0, err)
      unit.assertTrue(support.run(words:format(format) .. data, { cd = folder }) == wanted, rounding)
    end
  end
end

-- Departments of which some are too large to be brought into order while they are written, or at all.
function TestFast.test_large_departments()
  local folder = support.folder()
  local data, general = folder .. "/data.csv", folder .. "/general.csv"
  for _, sizes in ipairs({ { 10, 9000, 10 }, { 10, 66000 } }) do
    local lines = { "bureau,department,project,indicator,unit,direction,target,actual" }
    for department, size in ipairs(sizes) do
      for n = 1, size do
        lines[#lines + 1] = ("b,d%d,p%d,i,u,up,100,%d"):format(-department, n * 7919 % size, n % 150)
      end
    end
    local text = table.concat(lines, "\n") .. "\n"
    support.write(data, text)
    support.write(general, for_general_way(text))
    local words = "--level project --format csv --data "
    unit.assertTrue(run(words .. general) == run(words .. data), "of " .. #lines)
  end
end

function TestFast.test_refusals()
  for _, level in ipairs({ "avx", "AVX2", "plain,avx2", "0" }) do
    local out, err, status = support.run("run rules/examples/bench.lua --cpu " .. level)
    unit.assertEquals({ out, status }, { "", 64 }, level)
    unit.assertStrContains(err, "--cpu " .. level .. ": it can be plain, avx2, avx512")
  end
  local _, err, status = support.run("check rules/examples/bench.lua --cpu plain")
  unit.assertEquals(status, 64)
  unit.assertStrContains(err, "error[unknown-flag]")
  unit.assertStrContains(support.run("run --help"), "--cpu LEVEL")
  unit.assertStrContains(support.run("run --help --lang ko"), "--cpu 수준")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
