-- Records of one build of the program, evaluated again by another: `make test-rebuild` makes that, with another version
-- and other flags of the compiler, and names it in REBUILT.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local rebuilt = assert(os.getenv("REBUILT"), "REBUILT: the other build of the program")
local data = support.read("data/2019/indicators.csv")

local function project()
  local folder = support.folder()
  os.execute("cp -r rules data scripts " .. support.quote(folder))
  return folder
end

local function run(words, folder, program)
  local out, err, status = support.run(words, { cd = folder, program = program })
  return { out, err, status }
end

local function version(program)
  return (support.run("--version", { program = program }):gsub("\n", ""))
end

local function identical(rows, outputs, before, after)
  return { ("identical: %d rows, %d outputs\nevaluated again by %s; the record was made by %s\n"):format(rows, outputs,
    version(after), version(before)), "", 0 }
end

TestRebuilt = {}

function TestRebuilt.test_another_version()
  unit.assertStrMatches(version(rebuilt), "perfeval %d+%.%d+%.%d+")
  unit.assertNotEquals(version(rebuilt), version(support.program))
end

-- Every format of a report and of results, both ways.
function TestRebuilt.test_every_format()
  local folder = project()
  for _, pair in ipairs({ { support.program, rebuilt }, { rebuilt, support.program } }) do
    for _, format in ipairs({ "text", "markdown", "html", "hwpx", "docx", "xlsx", "csv", "json", "jsonl" }) do
      os.execute("rm -rf " .. folder .. "/rec")
      local words = ("run rules/2019.lua --record rec --format %s -o out.%s"):format(format, format)
      unit.assertEquals(run(words, folder, pair[1]), { "", "", 0 }, format)
      unit.assertEquals(run("replay rec/000001.json", folder, pair[2]), identical(244, 1, pair[1], pair[2]), format)
    end
  end
end

-- Functions, weights, shares, exact fractions: every example of rules.
function TestRebuilt.test_every_example()
  local pipe, count = io.popen("cd rules/examples && ls *.lua | grep -v test"), 0
  for name in pipe:lines() do
    local folder = project()
    local _, _, status = table.unpack(run("run rules/examples/" .. name .. " --record rec --format json -o out.json",
      folder))
    if status <= 1 then
      local again = run("replay rec/000001.json", folder, rebuilt)
      unit.assertStrContains(again[1], "identical: ", false, name)
      count = count + 1
    end
  end
  pipe:close()
  unit.assertTrue(count >= 30, count)
end

function TestRebuilt.test_lock_and_history()
  local folder, empty = project(), support.folder()
  unit.assertEquals(run("lock rules/2019.lua -o 2019.lock", folder), { "", "", 0 })
  run("run rules/2019.lua --record rec --format csv -o out.csv", folder)
  os.execute(("mv %s/2019.lock %s"):format(folder, empty))
  unit.assertEquals(run("replay 2019.lock", empty, rebuilt), identical(244, 1, support.program, rebuilt))
  unit.assertEquals(run("history add rec", folder, rebuilt), { "1 added, 0 already there\n", "", 0 })
  unit.assertEquals(run("history add rec", folder), { "0 added, 1 already there\n", "", 0 })
end

-- One cell changed after the rebuild: the cell is named, and the verdict that it moves.
function TestRebuilt.test_one_cell()
  local folder = project()
  run("run rules/2019.lua --record rec -o out.txt", folder)
  local text, count = data:gsub("톤,752,%-231", "톤,752,700")
  unit.assertEquals(count, 1)
  support.write(folder .. "/data/2019/indicators.csv", text)
  local out, _, status = table.unpack(run("replay rec/000001.json", folder, rebuilt))
  unit.assertEquals(status, 1)
  unit.assertStrContains(out, '  data/2019/indicators.csv:138:52: actual: "700", was "-231"\n')
  unit.assertStrContains(out, "  verdict of 생활환경국 > 청소과 > 음식물류 폐기물 자원화: sluggish → normal\n")
  unit.assertStrContains(out, ("evaluated again by %s; the record was made by %s\n"):format(version(rebuilt),
    version(support.program)))
end

local status = unit.LuaUnit.run()
support.clean()
os.exit(status)
