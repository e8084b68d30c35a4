-- Parts of a run: joined in any order they are the bytes of one run.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local rules = "rules/2019.lua"

-- Parts 1 to `count` in a new folder; their paths.
local function parts(count, flags, file)
  local folder, paths = support.folder(), {}
  for i = 1, count do
    paths[i] = ("%s/%d.part"):format(folder, i)
    local command = ("run %s %s --partial --partition %d/%d -o %s"):format(file or rules, flags, i, count, paths[i])
    local out, err, status = support.run(command)
    unit.assertEquals({ out, err, status }, { "", "", 0 })
  end
  return paths, folder
end

local function shuffled(list, seed)
  local out, state = {}, seed
  for i, value in ipairs(list) do
    state = (state * 1103515245 + 12345) % 2147483648
    local at = state % i + 1
    out[i] = out[at]
    out[at] = value
  end
  return out
end

local function merge(paths)
  return support.run("merge " .. table.concat(paths, " "))
end

local function same_as_one(count, flags, file)
  local one = support.run(("run %s %s"):format(file or rules, flags))
  local paths = parts(count, flags, file)
  for seed = 1, 2 do
    local out, err, status = merge(shuffled(paths, seed))
    unit.assertEquals({ err, status }, { "", 0 })
    unit.assertEquals(out, one, flags .. " in " .. count)
  end
end

TestPartial = {}

function TestPartial.test_any_number_of_parts_gives_the_bytes_of_one_run()
  same_as_one(64, "--level bureau --format csv")
  same_as_one(64, "--format csv")
  for _, flags in ipairs({
    "--level bureau --format json", "--level department --format jsonl", "--level project --format json",
    "--level project --format csv --set sluggish_at_most=85", "--level indicator --format json", "--format jsonl",
  }) do
    same_as_one(1, flags)
    same_as_one(2, flags)
    same_as_one(7, flags)
  end
end

-- 2019 has 154 projects: counts of the parts' headers add up to its 244 rows, and no part is all of it.
function TestPartial.test_each_row_is_in_one_part()
  local rows, most = 0, 0
  for _, path in ipairs(parts(7, "--level bureau --format csv")) do
    local count = tonumber(support.read(path):match('"rows":"(%d+)"'))
    rows = rows + count
    most = math.max(most, count)
  end
  unit.assertEquals(rows, 244)
  unit.assertTrue(most < 60)
end

local heading = "bureau,department,project,indicator,unit,target,actual\n"

local function small(text)
  local folder = support.folder()
  support.write(folder .. "/data.csv", heading .. text)
  support.write(folder .. "/rules.lua", [[
return ruleset {
  title = "t", data = "data.csv",
  special = { { when = { project = "P3" }, exclude = true, because = "agreed" } },
  rate = { { name = "rate", field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "low", at_most = 80, key = "low" }, { "good", key = "normal" } },
}
]])
  return folder .. "/rules.lua", folder
end

-- A stream of whole projects: A has P1 (100) and P2 (50), B has P2 (90). Bureau B comes with the second stream.
function TestPartial.test_streams_of_whole_projects()
  local file, folder = small("A,D,P1,I,x,2,2\nA,D,P2,I,x,2,1\nB,D,P2,I,x,10,9\n")
  support.write(folder .. "/1.csv", heading .. "A,D,P1,I,x,2,2\n")
  support.write(folder .. "/2.csv", heading .. "B,D,P2,I,x,10,9\nA,D,P2,I,x,2,1\n")
  for i = 1, 2 do
    local out, err, status = support.run(("run %s --data - --partial --level bureau --format csv -o %s/%d.part")
      :format(file, folder, i), { stdin = ("%s/%d.csv"):format(folder, i) })
    unit.assertEquals({ out, err, status }, { "", "", 0 })
  end
  local out, err, status = merge({ folder .. "/2.part", folder .. "/1.part" })
  unit.assertEquals({ out, status },
    { "bureau,projects,normal,low,percent_normal\nA,2,1,1,50.00\nB,1,1,0,100.00\n", 1 })
  unit.assertStrContains(err, "special-unused") -- P3 is nowhere, and it is said once, of all
  unit.assertEquals(select(2, err:gsub("special%-unused", "")), 1)
end

function TestPartial.test_a_project_in_two_streams_is_refused()
  local file, folder = small("A,D,P1,I,x,2,2\n")
  support.run(("run %s --partial --level project --format csv -o %s/1.part"):format(file, folder))
  os.execute(("cp %s/1.part %s/2.part"):format(folder, folder))
  local _, err, status = merge({ folder .. "/1.part", folder .. "/2.part" })
  unit.assertStrContains(err, "partial-project")
  unit.assertStrContains(err, "A > D > P1")
  unit.assertEquals(status, 3)
end

local function refused(code, expected, words)
  local out, err, status = support.run(words)
  unit.assertStrContains(err, "[" .. code .. "]")
  unit.assertEquals({ out, status }, { "", expected })
end

function TestPartial.test_what_does_not_join()
  local flags = "--level bureau --format csv"
  local paths, folder = parts(3, flags)
  refused("partial-missing", 3, ("merge %s %s"):format(paths[1], paths[3]))
  refused("partial-twice", 3, ("merge %s %s"):format(table.concat(paths, " "), paths[2]))
  local other = parts(3, flags .. " --set sluggish_at_most=85")
  refused("partial-other", 3, ("merge %s %s %s"):format(paths[1], paths[2], other[3]))
  local text = support.read(paths[2])
  support.write(folder .. "/cut.part", text:sub(1, -80))
  refused("partial-damaged", 3, ("merge %s %s %s"):format(paths[1], folder .. "/cut.part", paths[3]))
  support.write(folder .. "/edited.part", (text:gsub("(\0%d+)", "%10", 1)))
  refused("partial-damaged", 3, ("merge %s %s %s"):format(paths[1], folder .. "/edited.part", paths[3]))
  refused("partial-damaged", 3, "merge " .. rules)
  unit.assertEquals(support.read(paths[2]), text)
end

function TestPartial.test_what_has_no_parts()
  refused("partial-format", 64, "run rules/2019.lua --partial --partition 1/2")
  refused("partial-format", 64, "run rules/2019.lua --partial --partition 1/2 --format json")
  refused("partial-order", 64, "run rules/2019.lua --partial --format csv")
  refused("partial-flag", 64, "run rules/2019.lua --partition 1/2 --format csv")
  refused("partial-flag", 64, "run rules/2019.lua --partial --level bureau --format csv --record x")
  for _, text in ipairs({ "0/2", "3/2", "1", "a/b", "1/65537" }) do
    refused("partition-syntax", 64, "run rules/2019.lua --partial --format csv --partition " .. text)
  end
  local file = small("A,D,P1,I,x,2,2\n")
  local function with(from, to) support.write(file, (support.read(file):gsub(from, to))) end
  with("field%.actual / field%.target %* 100", "function(i) return i.actual end")
  refused("partial-rules", 2, ("run %s --partial --partition 1/2 --level bureau --format csv"):format(file))
end

-- The mapper keeps commas within quotes in their field, and the reducer gives the bytes of one run.
function TestPartial.test_mapper_and_reducer()
  local file, folder = small('A,D,"P1, new",I,x,2,2\nA,D,P3,I,x,2,1\nA,D,"P1, new",J,x,2,2\n')
  local one = support.run(("run %s --level project --format csv"):format(file))
  local here = io.popen("pwd"):read("l")
  local command = ("cd %s && awk -f %s/scripts/cluster/map.awk data.csv | sort | PERFEVAL=%s ")
    :format(folder, here, support.program)
  command = command .. ("sh %s/scripts/cluster/reduce.sh rules.lua "):format(here)
  command = command .. "bureau,department,project,indicator,unit,target,actual --level project --format csv >1.part"
  unit.assertTrue(os.execute(command))
  local out = merge({ folder .. "/1.part" })
  unit.assertEquals(out, one)
  unit.assertStrContains(out, '\nA,D,"P1, new",2,100,100,normal,good,\n')
end

-- What slurm.sh hands to sbatch does the work (a stand-in runs it at once); words with blanks stay whole.
function TestPartial.test_slurm_jobs()
  local folder = support.folder()
  local here = io.popen("pwd"):read("l")
  support.write(folder .. "/sbatch", [[
#!/bin/sh
for word; do case $word in --array=1-*) n=${word#--array=1-} ;; esac; done
if [ -n "$n" ]; then for i in $(seq "$n"); do SLURM_ARRAY_TASK_ID=$i sh "$word" || exit; done; else sh "$word"; fi
echo 7
]])
  support.write(folder .. "/it's data.csv", support.read("data/2019/indicators.csv"))
  local command = ("cd %s && chmod +x sbatch && PATH=.:$PATH PERFEVAL=%s sh %s/scripts/cluster/slurm.sh %s/%s 3 "
    .. 'out.csv --data "it\'s data.csv" --level project --format csv >job')
    :format(folder, support.program, here, here, rules)
  unit.assertTrue(os.execute(command))
  unit.assertEquals(support.read(folder .. "/job"), "7\n") -- that of the joining job
  unit.assertEquals(support.read(folder .. "/out.csv"), support.run("run rules/2019.lua --level project --format csv"))
end

local status = unit.LuaUnit.run()
support.clean()
os.exit(status)
