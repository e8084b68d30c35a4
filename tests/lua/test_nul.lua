-- A NUL in data, which is UTF-8 and yet no text, is refused with its place, whatever the format and the way that reads
-- it; in a database also bytes that are no UTF-8.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local containers = require("containers")

local folder = support.folder()
local modules = support.program:match("^(.*)/[^/]*$") .. "/modules/"
os.execute("mkdir -p " .. folder .. "/rules")
support.write(folder .. "/rules/r.lua", [[
return ruleset {
  title = "입력", data = "../plain.csv", report = "status",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

local function has(module)
  local file = io.open(modules .. module .. ".so")
  return file and file:close()
end

-- The table of which one cell is odd: the name of the indicator in the second row of data.
local function table_with(odd, name)
  return {
    { "국", "부서", "주요사업", "성과지표", "단위", "목표", name or "실적" },
    { "행정국", "총무과", "청사 관리", "점검 횟수", "회", 12, 12 },
    { "행정국", "총무과", "청사 관리", odd, "점", 90.5, 72.25 },
  }
end

local function csv(rows)
  local lines = {}
  for i, row in ipairs(rows) do lines[i] = table.concat(row, ",") .. "\n" end
  return table.concat(lines)
end

local function json(rows, odd, line)
  local objects = {}
  for i = 2, #rows do
    local members = {}
    for c, name in ipairs(rows[1]) do
      local value = rows[i][c]
      local text = type(value) == "number" and value or '"' .. value .. '"'
      members[c] = ('"%s":%s'):format(name, value == "?" and odd or text)
    end
    objects[i - 1] = "{" .. table.concat(members, ",") .. "}"
  end
  return line and table.concat(objects, "\n") .. "\n" or "[" .. table.concat(objects, ",\n") .. "]\n"
end

local function iconv(text, encoding)
  support.write(folder .. "/utf8", text)
  local pipe <close> = io.popen(("iconv -f UTF-8 -t %s %s/utf8"):format(encoding, folder))
  return pipe:read("a")
end

-- Expects exit code 3, no output, and the message, from the file and, where it is no archive, from standard input.
local function refuse(file, bytes, message)
  support.write(folder .. "/" .. file, bytes)
  for _, way in ipairs({ folder .. "/" .. file, not file:find("x$") and not file:find("[ds][sb]$") and "-" or nil }) do
    local words = ("run %s/rules/r.lua --format json --data %s"):format(folder, way)
    local out, err, status = support.run(words,
      { stdin = way == "-" and folder .. "/" .. file or nil })
    unit.assertEquals({ out, status }, { "", 3 }, file .. err)
    unit.assertStrContains(err, (message:gsub("FILE", way == "-" and "<stdin>" or file, 1)), false, way)
  end
end

TestNul = {}

function TestNul.test_csv()
  local text = csv(table_with("만\0족도"))
  refuse("cell.csv", text, "FILE:3:16: error[nul-character]: a NUL character (byte 0), which is no text")
  refuse("crlf.csv", (text:gsub("\n", "\r\n")), "FILE:3:16: error[nul-character]")
  refuse("quoted.csv", csv(table_with('"만\n\0족도"')), "FILE:4:1: error[nul-character]")
  refuse("name.csv", csv(table_with("만족도", "실적\0")), "FILE:1:24: error[nul-character]")
  refuse("tabs.csv", (text:gsub(",", "\t")), "FILE:3:16: error[nul-character]")
  refuse("cp949.csv", iconv(text, "CP949"), "FILE:3:16: error[nul-character]")
  refuse("wide.csv", "\xff\xfe" .. iconv(text, "UTF-16LE"), "FILE:3:16: error[nul-character]")
  refuse("zeros.csv", ("\0"):rep(5000), "FILE:1:1: error[nul-character]")
end

function TestNul.test_json()
  local rows = table_with("?")
  for _, odd in ipairs({ '"만\\u0000족도"', '"\\u0000"' }) do
    refuse("cell.json", json(rows, odd), "expected a character other than NUL")
    refuse("cell.jsonl", json(rows, odd, true), "expected a character other than NUL")
  end
  refuse("raw.json", json(rows, '"만\0족도"'), "FILE:2:")
  refuse("raw.jsonl", json(rows, '"만\0족도"', true), "FILE:2:")
  refuse("behind.json", json(rows, '"만족도"') .. "\0", "FILE:3:1")
end

function TestNul.test_databases()
  unit.skipIf(not has("sqlite"), "no module sqlite")
  refuse("a.db", containers.sqlite("지표", table_with("만\0족도")), "FILE:지표[2].성과지표: error[nul-character]")
  refuse("b.db", containers.sqlite("지표", table_with("만\xff족도")),
    "FILE:지표[2].성과지표: error[cell-utf8]: a cell with the byte 0xff, which is not UTF-8")
end

function TestNul.test_workbooks_and_documents()
  unit.skipIf(not has("office"), "no module office")
  refuse("a.xlsx", containers.xlsx({ { "지표", table_with("만_x0000_족도") } }),
    "FILE:지표!D3: error[nul-character]")
  refuse("b.xlsx", containers.xlsx({ { "지표", table_with("만족도", "실적_x0000_") } }), "FILE:지표!G1: error[nul-character]")
  local nul = "<table:table-cell office:value-type=\"string\"><text:p>만&#0;족도</text:p></table:table-cell>"
  refuse("a.ods", containers.ods("지표", table_with({ nul })), "error[xml-broken]")
  refuse("a.hwpx", containers.hwpx(table_with("만\0족도")), "error[xml-broken]")
end

-- The ways through large files, which look at many bytes at once: all refuse what the plain one refuses.
function TestNul.test_fast_ways()
  local bench = (os.getenv("BUILD") or os.getenv("PWD") .. "/build") .. "/bench/"
  local path = folder .. "/large.csv"
  for _, order in ipairs({ "grouped", "shuffled --seed 3" }) do
    local pipe <close> = io.popen(("%sgenerate 20000 --order %s"):format(bench, order))
    local text = pipe:read("a")
    local at, line = text:find("\n", #text // 3, true), 1
    for _ in text:sub(1, at):gmatch("\n") do line = line + 1 end
    support.write(path, text:sub(1, at) .. "\0" .. text:sub(at + 2))
    for i, cpu in ipairs({ "plain", "avx2", "avx512" }) do
      for _, level in ipairs({ "bureau", "project" }) do
        local stdin = (i + #level) % 2 == 0
        local words = ("run rules/examples/bench.lua --level %s --format csv --cpu %s --threads %d --data %s")
          :format(level, cpu, i, stdin and "-" or path)
        local out, err, status = support.run(words, { stdin = stdin and path or nil })
        unit.assertEquals({ out, status }, { "", 3 }, cpu)
        unit.assertStrContains(err, (":%d:1: error[nul-character]"):format(line), false, cpu)
      end
    end
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
