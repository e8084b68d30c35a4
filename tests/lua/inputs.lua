-- What the tests of data files share: a folder with rules and plain.csv, the same rows for other formats, and how a
-- file is evaluated.
local lu = require("luaunit")
local support = require("support")
local inputs = {}

local folder = support.folder()
inputs.folder = folder

inputs.names = { "국", "부서", "주요사업", "성과지표", "단위", "목표", "실적" }
inputs.rows = {
  inputs.names,
  { "행정국", "총무과", "청사 관리", "점검 횟수", "회", 12, 12 },
  { "행정국", "총무과", "청사 관리", "만족도", "점", 90.5, 72.25 },
  { "재정국", "세무과", "체납 정리", "정리율", "%", 40, 10 },
}

inputs.rules = folder .. "/rules/short.lua"
os.execute("mkdir -p '" .. folder .. "/rules'")
support.write(folder .. "/plain.csv", [[
국,부서,주요사업,성과지표,단위,목표,실적
행정국,총무과,청사 관리,점검 횟수,회,12,12
행정국,총무과,청사 관리,만족도,점,90.5,72.25
재정국,세무과,체납 정리,정리율,%,40,10
]])
support.write(inputs.rules, [[
return ruleset {
  title = "입력", data = "../plain.csv", report = "status",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

-- Evaluates a file of the folder: the JSON result, the messages, the exit code.
function inputs.run(file, flags)
  return support.run(("run %s --format json --data %s %s"):format(support.quote(inputs.rules),
    support.quote(folder .. "/" .. file), flags or ""))
end

-- The JSON result of plain.csv.
function inputs.expected()
  local out, err, status = inputs.run("plain.csv")
  lu.assertEquals(err, "")
  lu.assertEquals(status, 0)
  return out
end

-- The file gives what plain.csv gives, without a message.
function inputs.assertSame(file, flags)
  local out, err, status = inputs.run(file, flags)
  lu.assertEquals(err, "")
  lu.assertEquals(status, 0)
  lu.assertEquals(out, inputs.expected())
end

-- Nothing but messages, with each of these parts in them.
function inputs.assertFails(file, flags, status, ...)
  local out, err, code = inputs.run(file, flags)
  lu.assertEquals(out, "")
  for _, part in ipairs { ... } do lu.assertStrContains(err, part) end
  lu.assertEquals(code, status)
end

-- Rows that may be changed.
function inputs.copy(list)
  local new = {}
  for i, row in ipairs(list) do new[i] = { table.unpack(row) } end
  return new
end

-- Writes it into the folder; its name.
function inputs.save(name, bytes)
  support.write(folder .. "/" .. name, bytes)
  return name
end

function inputs.iconv(text, encoding)
  support.write(folder .. "/iconv.txt", text)
  local pipe = assert(io.popen("iconv -f UTF-8 -t " .. encoding .. " " .. folder .. "/iconv.txt"))
  local bytes = pipe:read("a")
  assert(pipe:close())
  return bytes
end

return inputs
