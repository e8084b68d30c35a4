-- Limits of data files in every reader, messages that do not flood, and work that grows with the file alone.
package.path = "tests/lua/?.lua;" .. package.path
local lu = require("luaunit")
local support = require("support")
local containers = require("containers")

local folder = support.folder()
local heading = { "국", "부서", "주요사업", "성과지표", "단위", "목표", "실적" }
local rules = folder .. "/r.lua"
support.write(rules, [[
return ruleset {
  title = "한도", data = "none.csv", report = "status",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

local function run(name, flags)
  return support.run(("run %s --format csv --data %s %s"):format(rules, folder .. "/" .. name, flags or ""))
end

local function csv(rows)
  local lines = {}
  for i, row in ipairs(rows) do lines[i] = table.concat(row, ",") end
  return table.concat(lines, "\n") .. "\n"
end

local function json(rows)
  local objects = {}
  for i = 2, #rows do
    local parts = {}
    for column, value in ipairs(rows[i]) do
      parts[column] = ('"%s":%s'):format(rows[1][column],
        math.type(value) and tostring(value) or '"' .. value .. '"')
    end
    objects[#objects + 1] = "{" .. table.concat(parts, ",") .. "}"
  end
  return objects
end

-- The same rows in every format; the file's name says which.
local function save_all(name, rows)
  local objects = json(rows)
  local files = {
    [name .. ".csv"] = csv(rows),
    [name .. "-long.csv"] = csv(rows) .. ("\n"):rep(70000), -- above what the fast way leaves to the other
    [name .. ".json"] = "[" .. table.concat(objects, ",\n") .. "]",
    [name .. ".ndjson"] = table.concat(objects, "\n"),
    [name .. ".xlsx"] = containers.xlsx { { "지표", rows } },
    [name .. ".ods"] = containers.ods("지표", rows),
    [name .. ".hwpx"] = containers.hwpx(rows),
    [name .. ".db"] = containers.sqlite("indicators", rows),
  }
  local names = {}
  for file, bytes in pairs(files) do
    support.write(folder .. "/" .. file, bytes)
    names[#names + 1] = file
  end
  table.sort(names)
  return names
end

local function rows_of(count)
  local rows = { heading }
  for i = 1, count do rows[i + 1] = { "행정국", "총무과", "청사 관리", "지표" .. i, "회", 12, 12 } end
  return rows
end

TestLimits = {}

-- What fits is read, and one more is refused: exit 4, the number, and the flag.
function TestLimits.test_all_readers()
  local rows = rows_of(6)
  for _, name in ipairs(save_all("six", rows)) do
    local out, err, status = run(name, "--max-rows 6 --max-columns 7 --max-cell 24 --max-file 1")
    lu.assertEquals({ err, status }, { "", 0 }, name)
    lu.assertStrContains(out, "지표6")
    for flags, said in pairs({
      ["--max-rows 5"] = "error[too-many-rows]: more than 5 rows (--max-rows)",
      ["--max-columns 6"] = "columns; the limit is 6 (--max-columns)",
      ["--max-cell 6"] = "bytes; the limit is 6 (--max-cell)",
    }) do
      out, err, status = run(name, flags)
      lu.assertEquals({ out, status }, { "", 4 }, name .. " " .. flags .. "\n" .. err)
      lu.assertStrContains(err, said)
    end
  end
end

-- Counts of a large file without its rows (--level) keep to the limits, too.
function TestLimits.test_counts()
  support.write(folder .. "/many.csv", csv(rows_of(3000)))
  local out, err, status = run("many.csv", "--level bureau --max-rows 3000")
  lu.assertEquals({ err, status }, { "", 0 })
  lu.assertStrContains(out, "행정국,1,1,0,100.00")
  out, err, status = run("many.csv", "--level bureau --max-rows 2999")
  lu.assertEquals({ out, status }, { "", 4 })
  lu.assertStrContains(err, "more than 2999 rows (--max-rows)")
  for _, flags in ipairs({ "--max-cell 8", "--max-columns 6" }) do
    out, err, status = run("many.csv", "--level bureau " .. flags)
    lu.assertEquals({ out, status }, { "", 4 }, err)
  end
end

function TestLimits.test_file()
  local rows = csv(rows_of(3))
  support.write(folder .. "/big.csv", rows .. ("\n"):rep((1 << 20) - #rows))
  local _, err, status = run("big.csv", "--max-file 1")
  lu.assertEquals({ err, status }, { "", 0 })
  support.write(folder .. "/big.csv", rows .. ("\n"):rep((1 << 20) - #rows + 1))
  local out
  out, err, status = run("big.csv", "--max-file 1")
  lu.assertEquals({ out, status }, { "", 4 })
  lu.assertStrContains(err, "error[file-too-large]")
  lu.assertStrContains(err, "has 1048577 bytes; the limit is 1048576 (--max-file)")
  out, err, status = support.run(("run %s --data - --max-file 1"):format(rules), { stdin = folder .. "/big.csv" })
  lu.assertEquals({ out, status }, { "", 4 }, err)
  lu.assertStrContains(err, "the limit is 1048576 (--max-file)")
end

function TestLimits.test_flags()
  for _, flags in ipairs({ "--max-rows 0", "--max-rows -1", "--max-rows 1000000001", "--max-cell 1e3", "--max-file x",
    "--max-columns 16385", "--max-unpacked 65537" }) do
    local out, err, status = run("six.csv", flags)
    lu.assertEquals({ out, status }, { "", 64 }, flags)
    lu.assertStrContains(err, flags:match("%S+"))
  end
  local out, _, status = support.run("rules " .. rules .. " --max-rows 5")
  lu.assertEquals({ out, status }, { "", 64 }) -- reads no data
end

-- 50,000 bad rows: a hundred messages and a count, below 100 KB, also where each names as much as it can.
function TestLimits.test_no_flood()
  for _, bad in ipairs({ "많음", ("가나다라"):rep(1000), ("\1"):rep(3000) }) do
    local count = #bad > 100 and 2000 or 50000
    local line = "행정국,총무과,청사 관리,지표,회,12," .. bad .. "\n"
    support.write(folder .. "/bad.csv", csv { heading } .. line:rep(count))
    local out, err, status = run("bad.csv")
    lu.assertEquals({ out, status }, { "", 3 })
    lu.assertTrue(#err < 100000, #err)
    local _, shown = err:gsub("error%[not%-a%-number%]", "")
    lu.assertTrue(shown <= 100 and shown >= 40, bad:sub(1, 12) .. " " .. shown)
    lu.assertStrContains(err, ("and %d more messages"):format(count - shown))
    local messages = err:gsub("…[^\n]*\n$", "/")
    for message in messages:gmatch("(%S+:%d+:%d+: .-\n)%f[/]") do lu.assertTrue(#message <= 2000) end
  end
end

-- A name that nobody can see is as good as none, in both ways of reading.
function TestLimits.test_names_that_nobody_sees()
  for _, name in ipairs({ "\u{200b}", "\u{3164}\u{200d}", "\u{a0}", "\u{202e}", "\u{feff}" }) do
    for column = 1, 4 do
      local rows = rows_of(2000)
      rows[1500] = { table.unpack(rows[1500]) }
      rows[1500][column] = name
      support.write(folder .. "/unseen.csv", csv(rows))
      for _, flags in ipairs({ "", "--level bureau", "--level department" }) do
        local out, err, status = run("unseen.csv", flags)
        lu.assertEquals({ out, status }, { "", 3 }, err)
        lu.assertStrContains(err, "unseen.csv:1500:")
        lu.assertStrContains(err, "error[blank-name]")
      end
    end
  end
end

-- The report of 2019 needs little: half of the memory and a tenth of the time that scripts may have.
function TestLimits.test_2019()
  local narrow = " --memory-limit 32 --cpu-limit 1 --load-limit 1"
  for _, format in ipairs({ "text", "markdown", "html" }) do
    local wanted = support.run("run rules/2019.lua --format " .. format)
    local out, err, status = support.run("run rules/2019.lua --format " .. format .. narrow)
    lu.assertEquals({ err, status }, { "", 0 }, format)
    lu.assertTrue(out == wanted and #out > 40000, format)
  end
end

-- Work that would take minutes if it grew with the square of the size: what each ends with, whatever the time.
TestLinear = {}

local function ends(name, bytes, wanted, code)
  support.write(folder .. "/" .. name, bytes)
  local out, err, status = run(name)
  lu.assertEquals({ out, status }, { "", wanted }, name .. "\n" .. err:sub(1, 300))
  lu.assertStrContains(err, "error[" .. code .. "]")
  lu.assertTrue(#err < 100000)
end

local row = "행정국,총무과,청사 관리,지표,회,12,"

function TestLinear.test_columns()
  local names = {}
  for i = 1, 100000 do names[i] = "열" .. i end
  ends("columns.csv", table.concat(heading, ",") .. "," .. table.concat(names, ",") .. "\n" .. row .. "1\n", 4,
    "too-many-columns")
end

function TestLinear.test_fields()
  ends("fields.csv", csv { heading } .. row .. ("1,"):rep(1000000) .. "\n", 4, "too-many-columns")
end

function TestLinear.test_quotes()
  ends("quotes.csv", csv { heading } .. row .. '"' .. ('""'):rep(250000) .. '"\n', 4, "cell-too-long")
  ends("stray.csv", csv { heading } .. row .. ('x"\n'):rep(250000), 3, "stray-quote")
  ends("open.csv", csv { heading } .. row .. '"' .. ('\n'):rep(500000), 3, "unclosed-quote")
  ends("pairs.csv", csv { heading } .. (row .. '"1\n'):rep(20000), 3, "unclosed-quote")
end

function TestLinear.test_digits()
  ends("digits.csv", csv { heading } .. row .. ("7"):rep(60000) .. "\n", 4, "number-too-long")
  ends("longer.csv", csv { heading } .. row .. ("7"):rep(100000) .. "\n", 4, "cell-too-long")
  ends("digits.json", '[{"목표":' .. ("7"):rep(100000) .. "}]", 4, "number-too-long")
  ends("exponent.json", '[{"목표":1e' .. ("9"):rep(100000) .. "}]", 4, "number-too-long")
end

-- Names made so that a hash of products would be the same for all.
function TestLinear.test_names_made_to_collide()
  local lines = { table.concat(heading, ",") }
  for i = 1, 60000 do lines[i + 1] = ("국,과,wz14pxvd5xlnu33c%08d:[Kr{3gYtail,i,건,100,%d"):format(i, i % 100) end
  support.write(folder .. "/collide.csv", table.concat(lines, "\n") .. "\n")
  for _, flags in ipairs({ "", "--level project", "--level bureau" }) do
    local out, err, status = run("collide.csv", flags)
    lu.assertEquals({ err, status }, { "", 0 })
    lu.assertEquals(select(2, out:gsub("\n", "\n")), flags == "--level bureau" and 2 or 60001)
  end
end

function TestLinear.test_keys()
  local keys = {}
  for i = 1, 60000 do keys[i] = ('"k%d":1'):format(i) end
  ends("keys.json", "[{" .. table.concat(keys, ",") .. "}]", 4, "too-many-columns")
  for i = 1, 60000 do keys[i] = ('{"k%d":1}'):format(i) end
  ends("keys.ndjson", table.concat(keys, "\n"), 4, "too-many-columns")
  ends("deep.json", '[{"a":' .. ("["):rep(100000), 4, "json-too-deep")
end

-- Column names are looked for in the first rows, whatever their width, and where merged cells lie over them.
function TestLinear.test_wide_headings()
  local wide, merges = {}, {}
  for r = 1, 31 do
    wide[r] = {}
    for column = 1, 3000 do wide[r][column] = "실적" .. r .. "-" .. column end
  end
  ends("wide.xlsx", containers.xlsx { { "지표", wide } }, 4, "too-many-columns")
  for i = 1, 20000 do merges[i] = "A1:XFD40" end
  wide = { { "표" } }
  for r = 2, 31 do wide[r] = { "", [16384] = { '<c r="XFD' .. r .. '"><v>1</v></c>' } } end
  for r = 2, 31 do
    for column = 1, 16383 do wide[r][column] = false end
  end
  ends("merged.xlsx", containers.xlsx { { "지표", wide, merges = merges } }, 3, "missing-column")
end

-- What an archive says once for many cells counts as often.
function TestLinear.test_said_once()
  local long = ("가"):rep(10000)
  local function copies(times, text)
    return { { ('<table:table-cell office:value-type="string" table:number-columns-repeated="%d"><text:p>%s</text:p>' ..
      "</table:table-cell>"):format(times, text) } }
  end
  local function ods(rows) return (containers.ods("지표", rows)) end
  local percent = { { '<table:table-cell office:value-type="percentage" office:value="5x" ' ..
    'table:number-columns-repeated="16377"/>' } }
  ends("percent.ods", ods { heading, percent }, 3, "cell-outside")
  ends("cells.ods", ods { heading, copies(16384, long) }, 4, "zip-limit")
  local many = copies(16384, "1")
  many[1][1] = many[1][1] .. '</table:table-row><table:table-row table:number-rows-repeated="9999">' .. many[1][1]
  ends("rows.ods", ods { heading, many }, 4, "zip-limit")
  ends("behind.ods", ods { heading, { copies(16384, "1")[1], "1" } }, 3, "xml-broken")
  local cells = {}
  for i = 1, 10000 do cells[i] = { { '<c r="A' .. i .. '" t="s"><v>0</v></c>' } } end
  ends("shared.xlsx", containers.xlsx({ { "지표", cells } }, { strings = "<si><t>" .. long .. "</t></si>" }), 4,
    "zip-limit")
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
