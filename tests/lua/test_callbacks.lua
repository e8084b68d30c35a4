-- Functions of rule files: what they see of their row and of the other rows of its project.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local RULES = [[
return ruleset {
  title = "t", data = "d.csv",
  rate = { %s },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
]]
-- Projects 가 (rows 1, 3, 4) and 나 (row 2): the rows of a project need not be neighbours.
local DATA = [[
국,부서,주요사업,성과지표,단위,목표,실적,weight,note,예산
국,과,가,ㄱ,건,"1,000",50.0,20,처음,3억
국,과,나,ㄴ,%,10,-,,,7
국,과,가,ㄷ,건,300,해당없음,30,,
국,과,가,ㄹ,명,△5,05,50,끝,"1,5"
]]

local function run(cases, data)
  local folder = support.folder()
  support.write(folder .. "/r.lua", RULES:format(cases))
  support.write(folder .. "/d.csv", data or DATA)
  local out, err, status = support.run("run r.lua --format csv", { cd = folder })
  local found = {}
  for i, record in ipairs(support.records(out)) do
    found[i] = record.rate ~= "" and record.rate or record.missing
  end
  return table.concat(found, " "), err, status
end

-- The rates that a function's body gives, without the warnings of unusual numbers.
local function rates(body)
  local found, err, status = run("{ function(i) " .. body .. " end }")
  unit.assertNotStrContains(err, "error[")
  unit.assertEquals(status, 0, body)
  return found
end

TestCallbacks = {}

-- body, rates of the four rows
local siblings = {
  { "return #i.siblings", "3 1 3 3" },
  { "local sum = 0 for _, s in ipairs(i.siblings) do sum = sum + (s.weight or 0) end return sum", "100 0 100 100" },
  { "local place for n, s in ipairs(i.siblings) do if s == i then place = n end end return place", "1 1 2 3" },
  { "return i.siblings[#i.siblings].row", "4 2 4 4" },
  { "local top = i for _, s in ipairs(i.siblings) do if s.target > top.target then top = s end end return top.row",
    "1 2 1 1" },
  { "local n = 0 for _, s in ipairs(i.siblings) do if s.unit == i.unit then n = n + 1 end end return n", "2 1 2 1" },
  { "local n = 0 for _, s in ipairs(i.siblings) do if s['note'] then n = n + 1 end end return n", "2 0 2 2" },
  { "local n = 0 for k in pairs(i.siblings) do n = n + k end return n", "6 1 6 6" },
  { "return i.siblings[1].siblings == i.siblings and 1 or 0", "1 1 1 1" },
  { "return #i.siblings[1]:raw('예산')", "4 1 4 4" }, -- 3억: a digit and one character of three bytes
  { "return i.siblings[9] == nil and 1 or 0", "1 1 1 1" },
}

function TestCallbacks.test_siblings()
  for _, case in ipairs(siblings) do unit.assertEquals(rates(case[1]), case[2], case[1]) end
end

-- Row by row in `when`, too: only the first row of a project.
function TestCallbacks.test_siblings_in_when()
  local found, _, status = run("{ when = function(i) return i.siblings[1] == i end, 1 }, { 2 }")
  unit.assertEquals({ found, status }, { "1 1 2 2", 0 })
end

local texts = {
  { "target", "1,000 10 300 △5" }, { "목표", "1,000 10 300 △5" }, { "actual", "50.0 - 해당없음 05" },
  { "예산", "3억 7  1,5" }, { "weight", "20  30 50" }, { "비고", "처음   끝" }, { "base", "   " },
  { "project", "가 나 가 가" },
}

function TestCallbacks.test_raw()
  for _, case in ipairs(texts) do
    local body = "if i.row == 1 then local t = {} for n = 1, 4 do t[n] = rows[n]:raw('" .. case[1] .. "') end " ..
      "error(table.concat(t, ' '), 0) end return 0"
    -- all rows are in one project here, in the same order
    local data = DATA:gsub(",나,", ",가,")
    if case[1] == "project" then data, case[2] = data, "가 가 가 가" end
    local _, err = run("{ function(i) local rows = i.siblings " .. body .. " end }", data)
    unit.assertStrContains(err, "data row 1: " .. case[2] .. "\n")
  end
end

-- body, what the message says, in rules that see all rows
local misuses = {
  { "return i.siblings[1].rate", "an indicator has no result yet while rules are evaluated, its siblings neither" },
  { "return i.siblings[1].missing", "an indicator has no result yet" },
  { "i.siblings[1] = nil", "siblings is read-only" },
  { "i.siblings[1].target = 5", "Indicator is read-only" },
  { "table.sort(i.siblings) return 1", "read-only" },
  { "return i.raw('target')", "write i:raw(\"target\"), with a colon and a column's name" },
  { "return i:raw()", "write i:raw(\"target\")" },
  { "return i:raw(1)", "write i:raw(\"target\")" },
  { "return i:raw('tarket')", "Indicator has no field 'tarket', did you mean 'target'?" },
  { "return i:raw('가나다라')", "Indicator has no field '가나다라'" },
  { "return i.sibling", "did you mean 'siblings'?" },
}

function TestCallbacks.test_misuse()
  for _, case in ipairs(misuses) do
    local found, err, status = run("{ function(i)\n " .. case[1] .. "\n end }")
    unit.assertEquals({ found, status }, { ("function_failed "):rep(4):sub(1, -2), 1 }, case[1])
    unit.assertStrContains(err, "r.lua:4:1: error[function-failed]: data row 1: ")
    unit.assertStrContains(err, case[2])
  end
end

-- body, cut, verdicts of projects 가 (rows 1, 3, 4) and 나 (row 2): a number that a function returns is what is written
local exact = {
  { "return 77.6", "77.6", "부진 부진" },
  { "return 77.60000000000001", "77.6", "정상 정상" },
  { "return 77.59999999999999", "77.6", "부진 부진" },
  { "return 80.00000000000001", "80", "정상 정상" },
  { "return ({ 77.5, 77.6, 77.6, 77.7 })[i.row]", "77.6", "부진 부진" }, -- 가: a mean of exactly 77.6
  { "return ({ 77.5, 77.7, 77.6, 77.70000000000002 })[i.row]", "77.6", "정상 정상" },
  { "return 0.1 + 0.2", "0.3", "정상 정상" },
  { "return 9007199254740991 + i.row", "9007199254740993", "정상 부진" }, -- 가: …992, …994 and …995
  { "return 9007199254740993", "9007199254740993", "부진 부진" },
  { "return 9007199254740993", "9007199254740992", "정상 정상" },
  { "return -0.0", "0", "부진 부진" },
  { "return 1e300", "1e300", "부진 부진" },
  { "return 5e-324", "0", "정상 정상" },
}

function TestCallbacks.test_exact_answers()
  for _, case in ipairs(exact) do
    local folder = support.folder()
    local rules = RULES:format("{ function(i) " .. case[1] .. " end }"):gsub("at_most = 80", "at_most = " .. case[2])
    support.write(folder .. "/r.lua", rules)
    support.write(folder .. "/d.csv", DATA)
    local out = support.run("run r.lua --level project --format csv", { cd = folder })
    local found = {}
    for i, record in ipairs(support.records(out)) do
      found[i] = record.verdict_name
    end
    unit.assertEquals(table.concat(found, " "), case[3], case[1])
  end
end

-- Text of a rule file before `return ruleset`, the function, and the rate of row k ("" for one that failed): what a
-- function keeps from call to call is what it kept, whichever child is asked, and a row that it keeps stays that row.
local function before(k) return k - 1 end
local keepers = {
  { "", "function(i) return i.row end", function(k) return k end },
  { "local n = 0", "function(i) n = n + 1 return n end", function(k) return k end },
  { "local last", "function(i) local o = last last = i return o and o.row or 0 end", before },
  { "local last", "function(i) local o = last last = i return o and o.actual or 0 end", before },
  { "local last", "function(i) local o, a = last, i.actual last = i return o and a - o.actual or 1 end",
    function() return 1 end },
  { "local seen = {}", "function(i) seen[#seen + 1] = i return #seen > 1 and seen[#seen - 1].actual or 0 end", before },
  { "local seen = {}", "function(i) seen[i.row] = i return seen[1].target end", function() return 100 end },
  { "local last", [[function(i) local o = last last = i
    if i.row % 3 == 0 then error("third") end return o and o.row or 0 end]],
    function(k) return k % 3 == 0 and "" or k - 1 end },
  { "", [[function(i) if i.row == 1 then _ENV = { last = i } return 0 end
    local o = last.actual last = i return o end]], before },
  { "local swap = require('stash')", "function(i) local o = swap.of(i) return o and o.actual or 0 end", before },
  { "", "function(i) local o = require('stash').of(i) return o and o.actual or 0 end", before },
  { "local function wrap() local last return function(i) local o = last last = i return o end end local of = wrap()",
    "function(i) local o = of(i) return o and o.actual or 0 end", before },
  { "local letters = ('abc'):gmatch('.')", "function(i) return letters() and i.row or 0 end",
    function(k) return k <= 3 and k or 0 end },
  { "", "function(i) if i.row > 2 and i.note == nil then return nil + i.row end return i.row end",
    function(k) return k > 2 and "" or k end },
}

-- The whole output of a run over that many rows, of which row k has the actual k.
local function run_keeper(case, count, threads)
  local folder = support.folder()
  local rows = { "국,부서,주요사업,성과지표,단위,목표,실적,note" }
  for n = 1, count do rows[n + 1] = ("국,과,사업 %d,지표,건,100,%d,%s"):format(n // 7, n, n < 3 and "n" or "") end
  support.write(folder .. "/r.lua", case[1] .. " " .. RULES:format("{ " .. case[2] .. " }"))
  support.write(folder .. "/d.csv", table.concat(rows, "\n") .. "\n")
  os.execute("mkdir " .. support.quote(folder .. "/scripts"))
  support.write(folder .. "/scripts/stash.lua",
    "local kept\nreturn { of = function(row) local o = kept kept = row return o end }\n")
  return support.run("run r.lua --format csv --threads " .. threads, { cd = folder })
end

-- Of output without quotes in front of the rates.
local function rate_column(out)
  local at, found = 0, {}
  local names = out:match("^[^\n]*")
  for name in names:gmatch("[^,]+") do
    at = at + 1
    if name == "rate" then break end
  end
  for line in out:sub(#names + 2):gmatch("[^\n]+") do
    found[#found + 1] = line:match("^" .. ("[^,]*,"):rep(at - 1) .. "([^,]*)")
  end
  return found
end

function TestCallbacks.test_keepers()
  for _, case in ipairs(keepers) do
    local out = run_keeper(case, 7, 2)
    local expected = {}
    for k = 1, 7 do expected[k] = tostring(case[3](k)) end
    unit.assertEquals(rate_column(out), expected, case[2])
  end
end

-- Enough calls for several children: the same output, messages and status.
function TestCallbacks.test_threads()
  for _, case in ipairs(keepers) do
    local out, err, status = run_keeper(case, 24000, 1)
    local found, failed = rate_column(out), 0
    for k = 1, 24000 do
      local expected = tostring(case[3](k))
      if found[k] ~= expected then unit.assertEquals({ k, found[k] }, { k, expected }, case[2]) end
      if expected == "" then failed = failed + 1 end
    end
    unit.assertEquals(status, failed > 0 and 1 or 0, case[2])
    if failed > 0 then unit.assertStrContains(err, ("%d rows"):format(failed)) end
    local other, said, code = run_keeper(case, 24000, 2)
    unit.assertEquals(code, status, case[2])
    unit.assertTrue(said == err and other == out, case[2])
  end
end

function TestCallbacks.test_many_threads()
  local case = { "", "function(i) if i.row % 1000 == 7 then error('no ' .. i.row) end return i.row / 8 end" }
  local out, err, status = run_keeper(case, 90000, 1)
  unit.assertStrContains(err, "90 rows")
  unit.assertStrContains(err, "data row 2007: no 2007")
  for _, threads in ipairs { 2, 8 } do
    local other, said, code = run_keeper(case, 90000, threads)
    unit.assertEquals(code, status, threads)
    unit.assertTrue(said == err and other == out, threads)
  end
end

-- A limit that is met on the way: the same message.
function TestCallbacks.test_threads_limit()
  local case = { "", "function(i)\n if i.row == 20000 then while true do end end\n return i.row end" }
  local out, err, status = run_keeper(case, 24000, 1)
  unit.assertEquals({ out, status }, { "", 4 })
  unit.assertStrContains(err, "r.lua:4:2: error[cpu-limit]")
  local _, said, code = run_keeper(case, 24000, 2)
  unit.assertEquals({ said, code }, { err, status })
end

-- A project of many rows: the list is made once, and every function may go through it.
function TestCallbacks.test_large_project()
  local rows = { "국,부서,주요사업,성과지표,단위,목표,실적" }
  for n = 1, 3000 do rows[n + 1] = ("국,과,가,지표 %d,건,%d,%d"):format(n, n, n) end
  local found, err, status = run("{ function(i) return i.siblings[#i.siblings].row + i.siblings[1].row end }",
    table.concat(rows, "\n") .. "\n")
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertEquals(found, ("3001 "):rep(3000):sub(1, -2))
end

-- Rates of 80 x 10^399 / (10^399 + k): their mean lies below 80 by less than 10^-390, and its exact fraction has about
-- 2 x 1320 bits a row. 300 rows are decided, 450 are beyond 1,048,576 bits.
function TestCallbacks.test_exact_limit()
  local function rows(count)
    local lines = { "국,부서,주요사업,성과지표,단위,목표,실적" }
    for n = 1, count do
      lines[n + 1] = ("국,과,긴 사업,ㄱ,건,1%s%04d,8%s"):format(("0"):rep(395), 2 * n - 1, ("0"):rep(398))
    end
    return table.concat(lines, "\n") .. "\n"
  end
  local found, err, status = run("{ field.actual / field.target * 100 }", rows(300))
  unit.assertEquals({ err, status, found:sub(1, 6) }, { "", 0, "80 80 " })
  found, err, status = run("{ field.actual / field.target * 100 }", rows(450))
  unit.assertEquals({ found, status }, { "", 4 })
  unit.assertStrContains(err,
    "r.lua:5:13: error[exact-limit]: project 긴 사업: an exact value has more than 1048576 bits\n")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
