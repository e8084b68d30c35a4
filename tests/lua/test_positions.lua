-- Where a fault of a data file stands: files of random rows with one fault each, behind quoted line breaks and Korean
-- names, with and without a byte order mark, CRLF, in CP949. The place is counted here while the file is written.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local worlds = require("worlds")

-- SEEDS=2000 looks further.
local seeds = tonumber(os.getenv("SEEDS")) or 72
local folder = support.folder()
os.execute("mkdir -p " .. folder .. "/rules")
support.write(folder .. "/rules/r.lua", [[
return ruleset {
  title = "자리", data = "../d.csv", report = "status",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

local NAMES <const> = { "행정국", "총무과", "가", "ABC 점검", "노인 일자리", "2019년" }

-- A cell with a fault: text, characters before the place, code. The place of a wrong number is its cell.
local function no_number() return "많음", 0, "not-a-number" end
local FAULTS <const> = {
  { columns = { 6, 7 }, make = no_number },
  { columns = { 6, 7 }, make = function() return '"열 "', 0, "not-a-number" end },
  { columns = { 3, 4 }, make = function() return '청소"과', 2, "stray-quote" end },
  { columns = { 3, 4 }, make = function() return '"청소"과', 4, "text-after-quote" end },
  { columns = { 3, 4 }, make = function() return "청\0소", 1, "nul-character" end },
  { columns = { 3, 4, 5 }, make = function() return "청\xff소", 1, "bad-utf8" end, utf8 = true },
}

-- What a file is written as; its text counts up to the place that is kept.
local function writer(line_end)
  local parts, line, column, bytes = {}, 1, 1, 0
  local self = {}
  function self.add(text)
    text = text:gsub("\n", line_end)
    parts[#parts + 1] = text
    bytes = bytes + #text
    local last = text:match(".*()\n")
    for _ in text:gmatch("\n") do line = line + 1 end
    local behind = last and text:sub(last + 1) or text
    column = (last and 1 or column) + (utf8.len(behind) or 0)
  end
  function self.place() return line, column, bytes end
  function self.text() return table.concat(parts) end
  return self
end

local function name(chance)
  local text = chance:pick(NAMES)
  local kind = chance:below(6)
  if kind == 0 then return '"' .. text .. "\n" .. chance:pick(NAMES) .. '"' end
  if kind == 1 then return '"' .. text .. ', ""' .. chance:pick(NAMES) .. '"""' end
  return text
end

-- The text, and the place and code of its fault.
local function file_of(chance, fault, line_end)
  local out = writer(line_end)
  local rows, column = 3 + chance:below(20), chance:pick(fault.columns)
  local wrong = 1 + chance:below(rows)
  local line, at, code, offset
  out.add("국,부서,주요사업,성과지표,단위,목표,실적\n")
  for row = 1, rows do
    for c = 1, 7 do
      if c > 1 then out.add(",") end
      local number = tostring(1 + chance:below(900)) .. (chance:below(2) == 0 and "" or ".25")
      local text = c <= 4 and name(chance) or c == 5 and "건" or number
      if row == wrong and c == column then
        local before
        text, before, code = fault.make()
        line, at, offset = out.place()
        at = at + before
        offset = offset + (code == "bad-utf8" and text:find("\xff", 1, true) - 1 or 0)
      end
      if c == 4 and not (row == wrong and c == column) then text = ("지표 %d"):format(row) end
      out.add(text)
    end
    if row < rows or chance:below(2) == 0 then out.add("\n") end
  end
  return out.text(), line, at, code, offset
end

local function to_cp949(text)
  support.write(folder .. "/utf8", text)
  local pipe <close> = io.popen("iconv -f UTF-8 -t CP949 " .. folder .. "/utf8")
  return pipe:read("a")
end

TestPositions = {}

function TestPositions.test_seeded_faults()
  local tried = {}
  for seed = 1, seeds do
    local chance = worlds.chance(300 + seed)
    local fault = FAULTS[1 + seed % #FAULTS]
    local text, line, column, code, offset = file_of(chance, fault, seed % 4 == 1 and "\r\n" or "\n")
    local mark = seed % 5 == 2
    if seed % 3 == 0 and not fault.utf8 then text = to_cp949(text) elseif mark then text = "\xef\xbb\xbf" .. text end
    support.write(folder .. "/d.csv", text)
    local out, err, status = support.run("run " .. folder .. "/rules/r.lua")
    local wanted = ("/d.csv:%d:%d: error[%s]"):format(line, column, code)
    unit.assertEquals({ out, status }, { "", 3 }, err)
    unit.assertStrContains(err, wanted, false, seed .. "\n" .. text)
    if code == "bad-utf8" then unit.assertStrContains(err, ("offset %d "):format(offset + (mark and 3 or 0))) end
    tried[code] = (tried[code] or 0) + 1
  end
  unit.assertEquals(tried, { ["not-a-number"] = seeds // 3, ["stray-quote"] = seeds // 6, ["bad-utf8"] = seeds // 6,
    ["text-after-quote"] = seeds // 6, ["nul-character"] = seeds // 6 })
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
