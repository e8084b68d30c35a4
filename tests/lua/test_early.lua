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
