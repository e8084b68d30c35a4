-- perfeval infer: 2019 against a second computation in Lua, and small data whose rules are known.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local head = "bureau,department,project,indicator,unit,target,actual,polarity,weight,published_rate,published_verdict\n"

local function infer(rows, words)
  local path = support.folder() .. "/x.csv"
  support.write(path, head .. table.concat(rows, "\n") .. "\n")
  local out, err, status = support.run("infer " .. path .. " --format json " .. (words or ""))
  unit.assertEquals({ err, status }, { "", 0 })
  return support.json(out)
end

local function good(tree)
  local names = {}
  for _, candidate in ipairs(tree.candidates) do
    if candidate.reproduces then names[#names + 1] = candidate.aggregation end
  end
  return names
end

TestInfer = {}

-- Means of 2019 in fractions: the highest of the three sluggish projects and the lowest of the others.
function TestInfer.test_2019()
  local sums, order = {}, {}
  for _, row in ipairs(support.records(support.read("data/2019/indicators.csv"))) do
    local key = row.bureau .. "|" .. row.department .. "|" .. row.project
    if not sums[key] then
      sums[key] = { { 0, 1 }, 0 }
      order[#order + 1] = sums[key]
    end
    sums[key][1] = support.add(sums[key][1], support.divide(support.decimal(row.actual), support.decimal(row.target)))
    sums[key][2] = sums[key][2] + 1
  end
  local means = {}
  for _, sum in ipairs(order) do means[#means + 1] = support.multiply(sum[1], { 100, sum[2] }) end
  table.sort(means, function(a, b) return a[1] * b[2] < b[1] * a[2] end)
  local out, err, status =
    support.run("infer data/2019/indicators.csv --published data/2019/published.json --format json")
  unit.assertEquals({ err, status }, { "", 0 })
  local tree = support.json(out)
  unit.assertEquals(tree.format, "perfeval.infer/1")
  unit.assertEquals({ tree.aggregation, tree.source, tree.verdict }, { "mean", "counts", "sluggish" })
  unit.assertEquals(tree.threshold.low_exact, means[3][1] .. "/" .. means[3][2])
  unit.assertEquals(tree.threshold.low_exact, "15450/199")
  unit.assertEquals(tree.threshold.high_exact, ("%d"):format(means[4][1] // means[4][2]))
  unit.assertEquals(tree.threshold.at_most, "[15450/199≈77.638, 85)")
  -- no project has three indicators whose middle one would tell mean and median apart; no rate is on a tie to odd
  unit.assertEquals(good(tree), { "mean", "median" })
  unit.assertEquals(tree.not_identified, { "rounding", "aggregation", "side", "cap", "floor" })
  local unexplained = {}
  for _, row in ipairs(tree.unexplained_rows) do unexplained[#unexplained + 1] = math.tointeger(row.number) end
  -- the 13 of data/README.md
  unit.assertEquals(unexplained, { 1, 3, 4, 5, 85, 86, 87, 114, 115, 116, 119, 192, 193 })
  unit.assertEquals(#tree.unexplained_verdicts, 0)
end

-- Rates 60 and 100, 70 and 70, 90 and 95, 85: any indicator at most 60 … below 70 is 부진; no mean is (80 is, 70 is not).
function TestInfer.test_any_indicator()
  local tree = infer({
    "가,과,하나,갑,건,10,6,,,60,부진", "가,과,하나,을,건,10,10,,,100,부진",
    "가,과,둘,병,건,10,7,,,70,정상", "가,과,둘,정,건,10,7,,,70,정상",
    "가,과,셋,무,건,10,9,,,90,정상", "가,과,셋,기,건,100,95,,,95,정상",
  })
  unit.assertEquals({ tree.source, tree.verdict, tree.aggregation }, { "column", "부진", "min" })
  unit.assertEquals(good(tree), { "min" })
  unit.assertEquals({ tree.threshold.at_most, tree.threshold.below }, { "[60, 70)", "(60, 70]" })
  unit.assertEquals(tree.rates.reproduced.number, "6")
end

-- Weighted: (1 x 50 + 3 x 100) / 4 = 87.5 and (3 x 70 + 1 x 90) / 4 = 75; plain means 75 and 80.
function TestInfer.test_weighted()
  local tree = infer({
    "가,과,하나,갑,건,10,5,,1,50,정상", "가,과,하나,을,건,10,10,,3,100,정상",
    "가,과,둘,병,건,10,7,,3,70,부진", "가,과,둘,정,건,10,9,,1,90,부진",
  })
  unit.assertEquals(tree.aggregation, "weighted_mean")
  unit.assertEquals(tree.threshold.at_most, "[75, 87.5)")
end

-- Lower is better: (2 - 9/8) x 100 = 87.5 printed 87, cut off; 8/9 is 88.9. 2/3 cut off is 66.
function TestInfer.test_rates()
  local tree = infer({ "가,과,하나,갑,건,8,9,lower,,87,정상", "가,과,둘,을,건,3,2,,,66,부진",
    "가,과,셋,병,건,10,9,,,90,정상" })
  unit.assertEquals(tree.rates.lower, { "2-actual/target" })
  unit.assertEquals(tree.rates.rounding, { "down", "floor" })
  unit.assertEquals(#tree.unexplained_rows, 0)
  -- 66 2/3 is 부진, 87.5 is not; a cap at 100 and a floor at 0 change nothing
  unit.assertEquals(tree.threshold.at_most, "[200/3≈66.667, 87.5)")
end

-- Nothing reproduces a normal 50 beside a sluggish 90.
function TestInfer.test_contradiction()
  local rows = { "가,과,하나,갑,건,10,5,,,,정상", "가,과,둘,을,건,10,9,,,,부진", "가,과,셋,병,건,10,3,,,,부진",
    "가,과,넷,병,건,10,10,,,,정상" }
  local tree = infer(rows)
  unit.assertEquals(good(tree), {})
  unit.assertFalse(tree.reproduces)
  unit.assertEquals(#tree.unexplained_verdicts, 1)
  unit.assertEquals(tree.not_identified, { "rounding", "aggregation", "threshold", "side", "cap", "floor" })
end

function TestInfer.test_nothing_published()
  local path = support.folder() .. "/x.csv"
  support.write(path, "bureau,department,project,indicator,unit,target,actual\n가,과,하나,갑,건,10,5\n")
  local out, err, status = support.run("infer " .. path)
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, "rates: none are published\nverdicts: none are published\n")
  local faults = { { "infer", 64, "missing-operand" }, { "infer a.csv b.csv", 64, "extra-operand" },
    { "infer " .. path .. " --format html", 64, "flag-choice" }, { "infer nothing.csv", 5, "file-open" },
    { "infer " .. path .. " --published nothing.json", 5, "file-open" } }
  for _, fault in ipairs(faults) do
    out, err, status = support.run(fault[1])
    unit.assertEquals({ out, status }, { "", fault[2] }, fault[1])
    unit.assertStrContains(err, "error[" .. fault[3] .. "]")
  end
end

function TestInfer.test_help_examples()
  local count = 0
  for line in support.run("help infer"):match("examples:\n(.*)"):gmatch("  perfeval ([^\n]+)") do
    local _, err, status = support.run((line:gsub("%-o %S+", "-o /dev/null")))
    unit.assertEquals({ err, status }, { "", 0 }, line)
    count = count + 1
  end
  unit.assertEquals(count, 2)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
