-- Output of many rows: the same bytes from any number of threads, to a file and to standard output; a full disk and a
-- reader that goes away end it with a message, and nothing is left behind.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local bench = (os.getenv("BUILD") or os.getenv("PWD") .. "/build") .. "/bench/"
local folder = support.folder()
local data = folder .. "/data.csv"
assert(os.execute(bench .. "generate 20000 --quoted 20 --order shuffled >" .. data))
local run = "run rules/examples/bench.lua --data " .. data .. " "

-- Names in a folder, hidden ones too.
local function names_in(path)
  local pipe = assert(io.popen("ls -A " .. path))
  local names = pipe:read("a")
  pipe:close()
  return names
end

TestOutput = {}

function TestOutput.test_threads()
  local file = folder .. "/out"
  for _, what in ipairs({ "csv", "jsonl", "json", "csv --level project", "json --level project",
    "json --level indicator", "jsonl --level bureau" }) do
    local plain, err, status = support.run(run .. "--threads 1 --format " .. what)
    unit.assertEquals({ err, status }, { "", 0 }, what)
    for _, threads in ipairs({ "2", "8" }) do
      local command = run .. "--threads " .. threads .. " --format " .. what
      local out
      out, err, status = support.run(command)
      unit.assertEquals({ err, status }, { "", 0 }, command)
      unit.assertTrue(out == plain, command) -- without megabytes in the message
      out, err, status = support.run(command .. " -o " .. file)
      unit.assertEquals({ out, err, status }, { "", "", 0 }, command)
      unit.assertTrue(support.read(file) == plain, command .. " -o")
      unit.assertEquals(names_in(folder), "data.csv\nout\n")
      os.remove(file)
    end
  end
end

-- A line for each row, a heading, and the rows in order of the data.
function TestOutput.test_rows()
  local out = support.run(run .. "--format csv")
  local wanted, found = {}, {}
  for line in support.read(data):gmatch("[^\n]*\n") do
    wanted[#wanted + 1] = line:match("^(.-),[^,]*,[^,]*,[^,]*\n$") -- without direction, target and actual
  end
  for line in out:gmatch("[^\n]*\n") do found[#found + 1] = line end
  unit.assertEquals(#found, 20001)
  unit.assertEquals(found[1],
    "bureau,department,project,indicator,unit,target,actual,rate,project_rate,verdict,published_rate,missing\n")
  for i = 2, #found do
    if found[i]:sub(1, #wanted[i] + 1) ~= wanted[i] .. "," then unit.assertEquals(found[i], wanted[i]) end
  end
  local _, objects = support.run(run .. "--format jsonl"):gsub("}\n", "")
  unit.assertEquals(objects, 20000)
end

function TestOutput.test_full_disk()
  for _, what in ipairs({ "csv", "jsonl", "json", "csv --level project", "text --report sluggish" }) do
    for _, threads in ipairs({ "1", "8" }) do
      local command = run .. "--threads " .. threads .. " --format " .. what
      local out, err, status = support.run(command .. " -o /dev/full")
      unit.assertEquals({ out, status }, { "", 5 }, command)
      unit.assertEquals(err, "perfeval: error[file-write]: cannot write /dev/full: No space left on device\n")
      local script = ("%s %s >/dev/full 2>%s/err"):format(support.quote(support.program), command, folder)
      local _, _, code = os.execute("LC_ALL=C.UTF-8 " .. (os.getenv("RUNNER") or "") .. " " .. script)
      unit.assertEquals(code, 5, command)
      unit.assertEquals(support.read(folder .. "/err"),
        "perfeval: error[file-write]: cannot write standard output: No space left on device\n")
      os.remove(folder .. "/err")
    end
  end
end

-- A data file that loses bytes while it is read, at moments that differ: an error, or the whole result when it was read
-- before; never a signal, and an old output stays.
function TestOutput.test_data_that_become_shorter()
  local here = support.folder()
  assert(os.execute(bench .. "generate 60000 >" .. here .. "/all.csv"))
  local command = "cd %s && cp all.csv data.csv && { %s %s run %s/rules/examples/bench.lua --data data.csv "
    .. "--format csv -o out.csv 2>err & } && sleep %.3f && truncate -s 100 data.csv; wait $!"
  for i = 1, 8 do
    support.write(here .. "/out.csv", "old\n")
    local _, _, status = os.execute(command:format(here, os.getenv("RUNNER") or "", support.program,
      os.getenv("PWD"), i * 3 % 8 / 500))
    local out, err = support.read(here .. "/out.csv"), support.read(here .. "/err")
    unit.assertTrue(status == 0 or status == 3 or status == 5, status .. err)
    if status == 0 then
      unit.assertEquals(select(2, out:gsub("\n", "")), 60001)
    else
      unit.assertEquals(out, "old\n")
      unit.assertStrContains(err, status == 5 and "[file-read]" or "error[")
    end
  end
end

-- A limit on file sizes plays the full disk below a file that is to be replaced: the old one stays, alone.
function TestOutput.test_full_disk_keeps_the_old_file()
  local file = folder .. "/out"
  for _, format in ipairs({ "csv", "json" }) do
    support.write(file, "old")
    local command = ("ulimit -f 100; exec %s %s --threads 2 --format %s -o %s 2>/dev/null"):format(
      support.quote(support.program), run, format, file)
    local _, _, status = os.execute((os.getenv("RUNNER") or "") == "" and command or "exit 5")
    unit.assertEquals(status, 5)
    unit.assertEquals(support.read(file), "old")
    unit.assertEquals(names_in(folder), "data.csv\nout\n")
    os.remove(file)
  end
end

---- other encodings

local function converted(path)
  local pipe = assert(io.popen("iconv -f cp949 -t utf-8 " .. path))
  local text = pipe:read("a")
  pipe:close()
  return text
end

-- The report of 2019 has these characters that CP949 lacks: 15 and 3 in the CSV, 37, 16 and 14 in the text.
function TestOutput.test_cp949()
  local counts = { csv = { ["‧"] = 15, ["․"] = 3 }, text = { ["▢"] = 37, ["‧"] = 16, ["․"] = 14 } }
  local likes = { ["▢"] = "□", ["‧"] = "·", ["․"] = "·" }
  local file = folder .. "/cp949"
  for format, lacked in pairs(counts) do
    local plain = support.run("run rules/2019.lua --format " .. format)
    local out, err, status = support.run("run rules/2019.lua --output-encoding cp949 --threads 2 --format " .. format
      .. " -o " .. file)
    unit.assertEquals({ out, status }, { "", 0 })
    local warnings = 0
    for letter, times in pairs(lacked) do
      unit.assertEquals(select(2, plain:gsub(letter, likes[letter])), times)
      unit.assertStrContains(err, ("%s stands in its place, %d times, first at "):format(likes[letter], times))
      plain, warnings = plain:gsub(letter, likes[letter]), warnings + 1
    end
    unit.assertEquals(select(2, err:gsub("warning%[not%-encoded%]", "")), warnings)
    unit.assertTrue(converted(file) == plain)
    os.remove(file)
  end
end

function TestOutput.test_mark()
  local plain = support.run("run rules/2019.lua --level bureau --format csv")
  local marked, err, status = support.run("run rules/2019.lua --level bureau --format csv --output-encoding utf-8-bom")
  unit.assertEquals({ marked, err, status }, { "\u{feff}" .. plain, "", 0 })
end

function TestOutput.test_encoding_of_what()
  local out, err, status = support.run("run rules/2019.lua --format json --output-encoding cp949")
  unit.assertEquals({ out, status }, { "", 64 })
  unit.assertStrContains(err, "error[encoding-format]: --output-encoding goes with --format csv, text or markdown, "
    .. "not with json")
end

-- A record says in which encoding an output was written, and replay finds the same bytes.
function TestOutput.test_encoding_is_recorded()
  local records = folder .. "/records"
  local _, _, status = support.run("run rules/2019.lua --format csv --output-encoding cp949 -o " .. folder
    .. "/out --record " .. records)
  unit.assertEquals(status, 0)
  local out, _, code = support.run("replay " .. records .. "/000001.json")
  unit.assertEquals({ out, code }, { "identical: 244 rows, 1 outputs\n", 0 })
  unit.assertStrContains(support.read(records .. "/000001.json"), '"encoding":"cp949","bytes":')
  os.execute("rm -rf " .. records .. " " .. folder .. "/out")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
