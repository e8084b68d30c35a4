-- Last year's figures from a history, a record, a lock or a data file: exact, by name, and told where names changed.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local RULES_2024 = [[
return ruleset {
  title = "2024", data = "../data/2024.csv", date = "2024-12-31",
  rate = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean, missing = "leave_out" },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]]
local RULES_2025 = [[
return ruleset {
  base = "2024.lua", title = "2025", data = "../data/2025.csv", date = "2025-12-31",
  last_year = { rate = field.previous_actual / field.previous_target * 100 },
  verdict = {
    { "녹", key = "green", at_least = 100 },
    { "황", key = "amber", at_least = 90, improved = { at_least = 60 } },
    { "적", key = "sluggish" },
  },
}
]]
-- 2/3; 4/6, the same; 95 %; a name that changes, one that ends; two of a name; no actual.
local DATA_2024 = [[
국,부서,사업,지표,단위,목표,실적
가국,가과,오름,지표,건,3,2
가국,가과,그대로,지표,건,6,4
가국,가과,내림,지표,건,100,95
가국,가과,이름 바뀜,지표,건,100,50
가국,가과,끝남,지표,건,100,50
가국,가과,둘,지표,건,100,50
가국,가과,둘,지표,건,100,60
나국,나과,빈 실적,지표,건,100,
]]
local DATA_2025 = [[
bureau,department,project,indicator,unit,target,actual
가국,가과,오름,지표,건,100,66.7
가국,가과,그대로,지표,건,3,2
가국,가과,내림,지표,건,100,85
가국,가과,이름바뀜,지표,건,100,70
가국,가과,둘,지표,건,100,70
나국,나과,빈 실적,지표,건,100,70
나국,나과,새로,지표,건,100,70
]]

local function run(words, folder)
  local out, err, status = support.run(words, { cd = folder })
  return { out, err, status }
end

-- A project with both years, last year evaluated: a record, a history with it, a lock.
local function project()
  local folder = support.folder()
  os.execute(("mkdir %s/rules %s/data && cp -r scripts %s"):format(folder, folder, folder))
  support.write(folder .. "/rules/2024.lua", RULES_2024)
  support.write(folder .. "/rules/2025.lua", RULES_2025)
  support.write(folder .. "/data/2024.csv", DATA_2024)
  support.write(folder .. "/data/2025.csv", DATA_2025)
  unit.assertEquals(run("run rules/2024.lua --record rec --format csv -o 2024.csv", folder), { "", "", 0 })
  unit.assertEquals(run("history add rec", folder)[3], 0)
  return folder
end

-- The project, its verdict and last year's rate, of each row of CSV.
local function rows(out)
  local list = {}
  for _, row in ipairs(support.records(out)) do
    list[#list + 1] = table.concat({ row.project, row.verdict, row.project_last_year_rate }, " ")
  end
  return list
end

-- 66.7 is more than 200/3, 2/3 is not more than 4/6, 85 less than 95.
local WANTED = { "오름 amber 66.666667", "그대로 sluggish 66.666667", "내림 sluggish 95", "이름바뀜 sluggish ",
  "둘 sluggish ", "빈 실적 sluggish ", "새로 sluggish " }

TestLastYear = {}

function TestLastYear.test_sources()
  local folder = project()
  run("lock rules/2024.lua -o 2024.lock", folder)
  os.execute("cd " .. folder .. " && iconv -t CP949 <data/2024.csv >cp949.csv")
  for _, source in ipairs({ "history.db", "rec/000001.json", "2024.lock", "data/2024.csv", "cp949.csv" }) do
    local out, err, status = table.unpack(run("run rules/2025.lua --format csv --last-year-from " .. source, folder))
    unit.assertEquals(rows(out), WANTED, source)
    unit.assertEquals(status, 0)
    unit.assertStrContains(err, "warning[last-year-gone]: 2 rows of last year (" .. source)
  end
end

function TestLastYear.test_names_that_changed_are_told()
  local folder = project()
  local _, err = table.unpack(run("run rules/2025.lua --format csv --last-year-from history.db", folder))
  unit.assertEquals(err, [[
data/2025.csv:5:12: warning[last-year-missed]: no figures of last year for 가국 > 가과 > 이름바뀜 > 지표 in history.db, 1
    5 | 가국,가과,이름바뀜,지표,건,100,70
      |                    ^~~~ last year there was 가국 > 가과 > 이름 바뀜 > 지표
data/2025.csv:6:9: warning[last-year-twice]: 가국 > 가과 > 둘 > 지표 stands 1 times this year and 2 times last year: ]]
    .. [[which is which nobody can tell, so it has no last year
    6 | 가국,가과,둘,지표,건,100,70
      |              ^~~~
data/2025.csv:8:10: warning[last-year-missed]: no figures of last year for 나국 > 나과 > 새로 > 지표 in history.db, 1
    8 | 나국,나과,새로,지표,건,100,70
      |                ^~~~
perfeval: warning[last-year-gone]: 2 rows of last year (history.db, 1) are in no row of this year: ]]
    .. "가국 > 가과 > 이름 바뀜 > 지표, 가국 > 가과 > 끝남 > 지표\n")
  -- more than three of a kind are counted; a name that stands twice this year
  local more = { DATA_2025 }
  for i = 1, 5 do more[#more + 1] = ("나국,나과,새로 %d,지표,건,1,1\n"):format(i) end
  more[#more + 1] = "가국,가과,내림,지표,건,1,1\n"
  support.write(folder .. "/data/2025.csv", table.concat(more))
  _, err = table.unpack(run("run rules/2025.lua --format csv --last-year-from history.db", folder))
  unit.assertEquals(select(2, err:gsub("warning%[last%-year%-missed%]", "")), 3)
  unit.assertStrContains(err, "warning[last-year-more]: 4 more rows without figures of last year in history.db, 1\n")
  unit.assertEquals(select(2, err:gsub("내림 > 지표 stands 2 times this year and 1 times last year", "")), 2)
  local korean = run("run rules/2025.lua --format csv --last-year-from history.db --lang ko", folder)[2]
  unit.assertStrContains(korean, "작년에 있던 이름: 가국 > 가과 > 이름 바뀜 > 지표")
end

-- What stands in the data counts; blank cells are filled.
function TestLastYear.test_columns_of_the_data_come_first()
  local folder = project()
  local text = DATA_2025:gsub("actual\n", "actual,전년목표,전년실적\n"):gsub("(,%d[%d.]*)\n", "%1,,\n")
    :gsub("이름바뀜,지표,건,100,70,,", "이름바뀜,지표,건,100,70,100,50")
    :gsub("내림,지표,건,100,85,,", "내림,지표,건,100,85,10,8")
  support.write(folder .. "/data/2025.csv", text)
  local out, err = table.unpack(run("run rules/2025.lua --format csv --last-year-from history.db", folder))
  unit.assertEquals({ rows(out)[1], rows(out)[3], rows(out)[4] },
    { "오름 amber 66.666667", "내림 amber 80", "이름바뀜 amber 50" })
  unit.assertNotStrContains(err, "이름바뀜")
end

function TestLastYear.test_records()
  local folder = project()
  local flags = " --last-year-from history.db --last-year-run rules/2024.lua"
  unit.assertEquals(run("run rules/2025.lua --record now --format csv -o now.csv" .. flags, folder)[3], 0)
  local record = support.json(support.read(folder .. "/now/000001.json"))
  local input
  for _, each in ipairs(record.inputs) do
    if each.kind == "last_year" then input = each end
  end
  unit.assertEquals({ record.last_year_from, record.last_year_run, record.last_year_found, input.kind, input.path },
    { "history.db", "rules/2024.lua", "1", "last_year", "history.db" })
  local kept = support.read(folder .. "/now/objects/" .. input.digest)
  unit.assertStrContains(kept, "bureau,department,project,indicator,target,actual,verdict,unit\n"
    .. "가국,가과,오름,지표,3,2,sluggish,\n")
  local function replay(words) return run("replay " .. words, folder)[1] end
  unit.assertEquals(replay("now/000001.json"), "identical: 7 rows, 1 outputs\n")
  unit.assertEquals(replay("now/000001.json --kept"), "identical: 7 rows, 1 outputs\n")
  -- a newer run of last year: the record's own run counts; asked for by number it is another
  support.write(folder .. "/data/2024.csv", (DATA_2024:gsub("내림,지표,건,100,95", "내림,지표,건,100,84")))
  run("run rules/2024.lua --record rec --format csv -o 2024.csv", folder)
  run("history add rec", folder)
  unit.assertEquals(replay("now/000001.json"), "identical: 7 rows, 1 outputs\n")
  local other = replay("now/000001.json --last-year-run 2")
  unit.assertStrContains(other, "  last_year: history.db is not the file that it was\n")
  unit.assertStrContains(other, "verdict of 가국 > 가과 > 내림: sluggish → amber\n")
  os.remove(folder .. "/history.db")
  unit.assertEquals(replay("now/000001.json --kept"), "identical: 7 rows, 1 outputs\n")
  unit.assertEquals(run("lock rules/2025.lua -o now.lock --last-year-from rec/000001.json", folder)[3], 0)
  os.execute("cd " .. folder .. " && rm -r rec rules data")
  unit.assertEquals(replay("now.lock"), "identical: 7 rows, 1 outputs\n")
end

function TestLastYear.test_which_run()
  local folder = project()
  os.execute("cp " .. folder .. "/data/2024.csv " .. folder .. "/data/other.csv")
  -- later, but of an earlier day
  run("run rules/2024.lua --at 2023-12-31 --record rec --format csv -o 2024.csv", folder)
  run("history add rec", folder)
  local function last(words)
    local _, err, status = table.unpack(run("run rules/2025.lua --format csv --last-year-from " .. words, folder))
    return { err:match("error[^\n]*") or err:match("of last year %(([^)]*)"), status }
  end
  unit.assertEquals(last("history.db"),
    { "error[last-year-which]: 2 runs of history.db may be meant: --last-year-run says which", 64 })
  unit.assertEquals(last("history.db --last-year-run rules/2024.lua"), { "history.db, 1", 0 })
  unit.assertEquals(last("history.db --last-year-run data/2024.csv"), { "history.db, 1", 0 })
  unit.assertEquals(last("history.db --last-year-run 2"), { "history.db, 2", 0 })
  unit.assertEquals(last("history.db --last-year-run 7")[2], 64)
  unit.assertEquals(last("history.db --last-year-run rules/none.lua")[2], 64)
  -- two offices by one rule file
  run("run rules/2024.lua --data data/other.csv --record rec --format csv -o 2024.csv", folder)
  run("history add rec", folder)
  unit.assertStrContains(last("history.db --last-year-run rules/2024.lua")[1], "[last-year-which]: 3 runs")
  unit.assertEquals(last("history.db --last-year-run data/other.csv"), { "history.db, 3", 0 })
end

function TestLastYear.test_faults()
  local folder = project()
  local function fault(words) return run("run rules/" .. words, folder) end
  local function said(words, code, status)
    local made = fault(words)
    unit.assertStrContains(made[2], "error[" .. code .. "]", false, words)
    unit.assertEquals({ made[1], made[3] }, { "", status }, words)
  end
  said("2024.lua --last-year-from history.db", "last-year-rules", 2)
  said("2025.lua --last-year-from none.db", "file-open", 5)
  said("2025.lua --last-year-from rec/000001.json --last-year-run 1", "sheet-useless", 64)
  support.write(folder .. "/bad.json", (support.read(folder .. "/rec/000001.json"):gsub("오름", "내림")))
  said("2025.lua --last-year-from bad.json", "record-damaged", 3)
  support.write(folder .. "/bad.csv", "bureau,department\n가국,가과\n")
  said("2025.lua --last-year-from bad.csv", "missing-column", 3)
  support.write(folder .. "/bad.csv", "국,부서,사업,지표,단위,목표,실적,변경목표,변경일,변경사유,변경근거\n"
    .. "가국,가과,오름,지표,건,3,2,4,2024-06-01,증액,공문\n")
  said("2025.lua --last-year-from bad.csv", "last-year-revised", 3)
  support.write(folder .. "/data/2025.csv", "bureau,department,project,indicator,unit,target,actual,period\n"
    .. "가국,가과,오름,지표,건,3,2,상반기\n")
  said("2025.lua --last-year-from history.db", "last-year-periods", 3)
end

-- Parts of a run have last year's figures too, and join into the same bytes.
function TestLastYear.test_parts()
  local folder = project()
  local flags = " --level project --format csv --last-year-from history.db"
  local whole = run("run rules/2025.lua" .. flags, folder)[1]
  for part = 1, 3 do
    run(("run rules/2025.lua --partial --partition %d/3 -o %d.part%s"):format(part, part, flags), folder)
  end
  unit.assertEquals(run("merge 2.part 3.part 1.part", folder), { whole, "", 0 })
end

function TestLastYear.test_batch()
  local folder = project()
  support.write(folder .. "/jobs.lua", [[
return jobs {
  records = "records",
  { name = "year", rules = "rules/2025.lua", last_year = "history.db", last_year_run = "rules/2024.lua",
    outputs = { { "out/2025.csv", format = "csv" } }, seconds = 60 },
}
]])
  local function batch()
    local out, err, status = support.run("batch jobs.lua", { cd = folder })
    unit.assertEquals(status, 0, err)
    return out:match("%d+ done, %d+ current")
  end
  unit.assertEquals(batch(), "1 done, 0 current")
  unit.assertEquals(rows(support.read(folder .. "/out/2025.csv")), WANTED)
  unit.assertEquals(batch(), "0 done, 1 current")
  -- last year is corrected: the run is due again
  support.write(folder .. "/data/2024.csv", (DATA_2024:gsub("내림,지표,건,100,95", "내림,지표,건,100,84")))
  run("run rules/2024.lua --record rec --format csv -o 2024.csv", folder)
  run("history add rec", folder)
  unit.assertEquals(batch(), "1 done, 0 current")
  unit.assertEquals(rows(support.read(folder .. "/out/2025.csv"))[3], "내림 amber 84")
end

-- The report that shows the direction: by bureau, by project, with last year's verdict where it is known.
function TestLastYear.test_report()
  local folder = project()
  local out = run("run rules/2025.lua --report travel --last-year-from history.db", folder)[1]
  unit.assertStrContains(out, "│ 계   │       7 │        1 │      1 │        1 │                  4 │\n")
  unit.assertStrContains(out, "│ 가과 │ 오름            │ 66.7 │ 66.7 │  ▲   │ 적        │ 황   │\n")
  unit.assertStrContains(out, "│ 가과 │ 그대로 【적】   │ 66.7 │ 66.7 │  =   │ 적        │ 적   │\n")
  unit.assertStrContains(out, "│ 가과 │ 내림 【적】     │ 95.0 │ 85.0 │  ▽   │ normal    │ 적   │\n")
  unit.assertStrContains(out, "│ 나과 │ 새로 【적】     │    - │ 70.0 │  -   │ -         │ 적   │\n")
  -- of columns of the data, without verdicts of last year; in every text format
  support.write(folder .. "/data/2025.csv", "bureau,department,project,indicator,unit,target,actual,previous_target,"
    .. "previous_actual\n가국,가과,오름,지표,건,1,1,2,1\n")
  out = run("run rules/2025.lua --report travel --format markdown", folder)[1]
  unit.assertStrContains(out, "| 가과 | 오름 | 50.0 | 100.0 | ▲ | 녹 |")
  unit.assertStrContains(run("run rules/2025.lua --report travel --format html", folder)[1], "작년과 올해의 달성률")
end

local status = unit.LuaUnit.run()
support.clean()
os.exit(status)
