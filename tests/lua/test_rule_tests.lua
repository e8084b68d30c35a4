-- Tests of rules: those that are shipped, and that what `mutate` and `--boundaries` print does what they say.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

TestRuleTests = {}

-- The shipped tests pass, reach all cases and bands, and test each cut exactly.
function TestRuleTests.test_shipped()
  local out, err, status = support.run("test rules/2019.lua --coverage --min 100")
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, "17 passed, 0 failed; cases: 17, files: 1\ncoverage of rules/2019.lua: 100 %\n" ..
    "  cases               2 of 2\n  bands               2 of 2\n" ..
    "  exact boundaries    1 of 1 (not in the percentage)\n")
  out, err, status = support.run("test rules/2020.lua --coverage --min 100")
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, "14 passed, 0 failed; cases: 14, files: 1\ncoverage of rules/2020.lua: 100 %\n" ..
    "  cases               3 of 3\n  special cases       1 of 1\n  bands               2 of 2\n" ..
    "  exact boundaries    1 of 1 (not in the percentage)\n")
end

-- The changes of a list: path to number, by the longest of `paths` that begins it.
local function count_changes(list, paths)
  local counts = {}
  for _, path in ipairs(paths) do counts[path] = 0 end
  for path in list:gmatch("\n  [^ ]+:%d+: ([^ ]+) %[") do
    for _, begin in ipairs(paths) do
      if path:sub(1, #begin) == begin then counts[begin] = counts[begin] + 1 end
    end
  end
  return counts
end

-- No change of the 2019 rules goes unnoticed, and there are at least four for each band, case and parameter.
function TestRuleTests.test_no_survivor()
  local out, err, status = support.run("mutate rules/2019.lua --list")
  unit.assertEquals({ err, status }, { "", 0 })
  local paths = { "params.sluggish_at_most", "rate[1]", "rate[2]", "verdict[1]", "verdict[2]", "rounding" }
  for path, count in pairs(count_changes("\n" .. out, paths)) do unit.assertTrue(count >= 4, path .. " " .. count) end
  for _, kind in ipairs({ "threshold", "side", "polarity", "rounding", "parameter", "formula", "entry" }) do
    unit.assertStrContains(out, " [" .. kind .. "] ")
  end
  unit.assertStrContains(out, ": verdict[1].at_most [side] at_most -> below: noticed by \"정확히 80%는 부진\"\n")
  unit.assertNotStrContains(out, "not noticed;")
end

local function project(rules, tests)
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules")
  support.write(folder .. "/rules/a.lua", rules)
  support.write(folder .. "/rules/a.test.lua", tests)
  return folder
end

-- The tests that mutate prints for what is left pass as they stand, and leave nothing that they could notice.
function TestRuleTests.test_printed_tests_notice()
  local rules = support.read("tests/cases/rule-mutants/rules/a.lua"):gsub("    { when = { unit.-      end },\n", "")
  unit.assertNotStrContains(rules, "function")
  local weak = 'return tests {\n  { name = "weak", rows = { { target = 1, actual = 1 } }, rate = 100 },\n'
  local folder = project(rules, weak .. "}\n")
  local out, err, status = support.run("mutate rules/a.lua", { cd = folder })
  unit.assertEquals({ err, status }, { "", 1 })
  local found, count = {}, 0
  for line in out:gmatch("\n      ({ name = [^\n]+)") do
    found[#found + 1] = "  " .. line .. "\n"
    count = count + 1
  end
  unit.assertTrue(count > 40, count)
  support.write(folder .. "/rules/a.test.lua", weak .. table.concat(found) .. "}\n")
  out, err, status = support.run("test --coverage --min 90", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 }, out)
  out, err, status = support.run("mutate rules/a.lua", { cd = folder })
  unit.assertEquals({ err, status }, { "", 1 })
  unit.assertNil(out:match("\n      { name = [^\n]+"), out)
  local _, left = out:gsub("\n      %-%- none was found", "")
  unit.assertEquals(out:match(", (%d+) not noticed\n$"), tostring(left))
end

-- A side that is wrong by hand is found at the boundary, and nowhere else.
function TestRuleTests.test_boundaries_find_a_wrong_side()
  local rules = support.read("tests/cases/rule-coverage/rules/a.lua")
  local folder = project(rules, "return tests {}\n")
  local cases, err, status = support.run("test rules/a.lua --boundaries", { cd = folder })
  unit.assertEquals({ err, status }, { "", 0 })
  support.write(folder .. "/rules/a.test.lua", cases)
  support.write(folder .. "/rules/a.lua", (rules:gsub('below = 90, any', 'at_most = 90, any')))
  local out
  out, err, status = support.run("test rules/a.lua", { cd = folder })
  unit.assertEquals({ err, status }, { "", 1 })
  unit.assertStrContains(out, "  FAIL  verdict[2].below 90, exactly ")
  unit.assertStrContains(out, "        verdict  normal    watch (주의)\n")
  unit.assertStrContains(out, "        rules/a.lua:19: verdict[2]  ")
  unit.assertStrContains(out, "8 passed, 1 failed; cases: 9, files: 1\n")
end

-- Times are only shown where they are asked for; outputs without them are the same bytes.
function TestRuleTests.test_time()
  local plain = support.run("test rules/2019.lua")
  local timed = support.run("test rules/2019.lua --time")
  unit.assertNotEquals(timed, plain)
  unit.assertEquals((timed:gsub(" %d+%.%d%d ms\n", "\n")), plain)
end

-- An empty table of tests is no success.
function TestRuleTests.test_no_case()
  local folder = project(support.read("tests/cases/rule-coverage/rules/a.lua"), "return tests {}\n")
  local _, err, status = support.run("test", { cd = folder })
  unit.assertEquals({ err, status }, { "perfeval: error[no-tests]: no test was run: rules/a.test.lua\n", 1 })
  _, err, status = support.run("mutate rules/a.lua", { cd = folder })
  unit.assertEquals({ err, status }, { "perfeval: error[no-tests]: no test was run: rules/a.test.lua\n", 1 })
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
