-- What of a report is made ready while its rules are run: the guess may be wrong, the scripts may be the project's own,
-- and a script may ask for something before the narrative is there. The document is the same each time.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local folder = support.folder()
os.execute(("mkdir -p %s/rules %s/scripts/reports %s/scripts/formats"):format(folder, folder, folder))
support.write(folder .. "/d.csv", "국,부서,주요사업,성과지표,단위,목표,실적\n가,나,다,라,건,10,9\n")

local function rules(name, keys)
  support.write(("%s/rules/%s.lua"):format(folder, name), ([[
return ruleset {
  title = "시험", data = "../d.csv", %s
  rate = field.actual / field.target * 100,
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "low", at_most = 80 }, { "정상", key = "high" } },
}
]]):format(keys))
end
rules("plain", "")
rules("own", 'report = "own",')
rules("tells", 'narrative = "../n.json", report = "own",')
rules("broken", 'narrative = "../broken.json",')
rules("lacks", 'report = "nowhere",')
support.write(folder .. "/n.json", '{ "title": "성과", "bureaus": [ { "name": "가", "count": 12.5, "good": true } ] }')
support.write(folder .. "/broken.json", '{ "title": "성과", }')
support.write(folder .. "/scripts/reports/own.lua", [[
return { build = function(results)
  local told = results.narrative
  local bureau = told and told.bureaus[1]
  local words = told and table.concat({ told.title, bureau.name, tostring(bureau.count), tostring(bureau.good) }, " ")
  return { title = results.title, blocks = { { paragraph = words or "서술 없음" } } }
end }
]])
-- The name is put together, so that it is read when it is asked for and not before.
support.write(folder .. "/scripts/formats/asks.lua", [[
local numbers = require("num" .. "bers")
return { draw = function(document) return numbers.show("1.50") .. " " .. document.blocks[1].text .. "\n" end }
]])
support.write(folder .. "/scripts/formats/fails.lua", 'error("no format")')

local function run(words) return support.run("run " .. words, { cd = folder }) end

TestEarly = {}

function TestEarly.test_reports_and_formats()
  local plain = run("rules/plain.lua")
  unit.assertStrContains(plain, "Ⅰ. 국별 사업추진 현황")
  unit.assertEquals(run("rules/own.lua --report status"), plain)
  local own = run("rules/own.lua")
  unit.assertStrContains(own, "서술 없음")
  unit.assertEquals(run("rules/plain.lua --report own"), own)
  unit.assertStrContains(run("rules/tells.lua"), "성과 가 12.5 true")
end

-- The narrative comes to a script that has asked for another one first.
function TestEarly.test_asked_before_the_narrative()
  unit.assertEquals(run("rules/tells.lua --format asks"), "1.50 성과 가 12.5 true\n")
  unit.assertEquals(run("rules/own.lua --format asks"), "1.50 서술 없음\n")
end

-- A record reads all of it beforehand; the document is the same.
function TestEarly.test_recorded()
  local out = run("rules/tells.lua --record rec")
  unit.assertEquals(out, (run("rules/tells.lua")))
end

-- The data file is read while the rules are run, where their text names a small one: what comes out is what the rules
-- return, whatever their text shows.
local TABLE = [[
  title = "시험", rounding = { digits = 0, mode = "half_up" }, project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "low", at_most = 80 }, { "정상", key = "high" } },
]]
local USUAL = "rate = field.actual / field.target * 100,"

local function counts(name, text, flags)
  support.write(("%s/rules/%s.lua"):format(folder, name), text)
  local out, err, status = run(("rules/%s.lua --format markdown %s"):format(name, flags or ""))
  unit.assertEquals({ err, status }, { "", 0 })
  return out
end

function TestEarly.test_data()
  local heading = "국,부서,주요사업,성과지표,단위,목표,실적"
  support.write(folder .. "/e.csv", heading .. "\n가,나,다,라,건,10,7\n")
  support.write(folder .. "/f.csv", heading .. ",가산\n가,나,다,라,건,10,7,20\n가,나,다,마,건,10,비공개,1\n")
  local normal = counts("shown", ('return ruleset { data = "../d.csv", %s %s }'):format(USUAL, TABLE))
  local low = counts("shown", ('return ruleset { data = "../e.csv", %s %s }'):format(USUAL, TABLE))
  unit.assertStrContains(normal, "정상")
  unit.assertStrContains(low, "부진")
  unit.assertNotEquals(normal, low)
  -- by name on the command line; put together; and not the one that the text shows
  local shown = ('return ruleset { data = "../d.csv", %s %s }'):format(USUAL, TABLE)
  unit.assertEquals(counts("flag", shown, "--data e.csv"), low)
  unit.assertEquals(counts("made", ('return ruleset { data = "../" .. "e.csv", %s %s }'):format(USUAL, TABLE)), low)
  unit.assertEquals(counts("other", ([[
local function other(t)
  t.data = "../e.csv"
  return ruleset(t)
end
return other { data = "../d.csv", %s %s }]]):format(USUAL, TABLE)), low)
  -- a column of one's own is a number where a formula uses it, words of absence are the rules'
  local own = counts("own_words", ([[return ruleset { data = "../f.csv", missing = { withheld = { "비공개" } },
    rate = field.actual / field.target * 100 + field["가산"], %s }]]):format(TABLE))
  unit.assertStrContains(own, "| 다 | 라 | 건 | 10 | 7 | 90 |\n| 다 | 마 | 건 | 10 | - | 비공개 |")
  -- a function sees what is written
  local seen = counts("written", ([[return ruleset { data = "../f.csv", missing = { withheld = { "비공개" } },
    rate = function(row) return (row["가산"] == "20" or row["가산"] == "1") and 90 or 0 end, %s }]]):format(TABLE))
  unit.assertStrContains(seen, "| 다 | 라 | 건 | 10 | 7 | 90 |\n| 다 | 마 | 건 | 10 | - | 90 |")
end

function TestEarly.test_data_said_once()
  support.write(folder .. "/g.csv", '국,부서,주요사업,성과지표,단위,목표,실적\n가,나,다,라,건,"1,000",△5\n')
  support.write(folder .. "/h.csv", "국,부서,주요사업,성과지표,단위,목표,실적\n가,나,다,라,건,열,9\n")
  rules("says", "") -- the text names d.csv
  local out, err, status = run("rules/says.lua --data g.csv")
  unit.assertStrContains(out, "Ⅰ. 국별 사업추진 현황")
  unit.assertEquals({ select(2, err:gsub("g.csv:2", "")), status }, { 2, 0 })
  out, err, status = run("rules/says.lua --data h.csv")
  unit.assertEquals({ out, select(2, err:gsub("not%-a%-number", "")), status }, { "", 1, 3 })
  out, err, status = run("rules/says.lua --data nowhere.csv")
  unit.assertEquals({ out, select(2, err:gsub("nowhere.csv", "")) > 0, status }, { "", true, 5 })
end

function TestEarly.test_faults()
  local out, err, status = run("rules/broken.lua")
  unit.assertEquals({ out, status }, { "", 3 })
  unit.assertStrContains(err, "broken.json:1")
  out, err, status = run("rules/lacks.lua")
  unit.assertEquals({ out, status }, { "", 2 })
  unit.assertStrContains(err, "nowhere")
  out, err, status = run("rules/tells.lua --format fails")
  unit.assertEquals({ out, status }, { "", 2 })
  unit.assertStrContains(err, "no format")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
