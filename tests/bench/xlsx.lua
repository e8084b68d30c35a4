-- Writes a workbook of many rows: xlsx.lua ROWS FILE
package.path = "tests/lua/?.lua;" .. package.path
local containers = require("containers")

local rows = tonumber(arg[1])
local names = { "국", "부서", "주요사업", "성과지표", "단위", "목표", "실적" }
local strings, lines = {}, { '<row r="1">' }
for i, name in ipairs(names) do
  lines[#lines + 1] = ('<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>'):format(string.char(64 + i), name)
end
lines[#lines + 1] = "</row>"
for i = 0, 24999 do strings[#strings + 1] = "<si><t>이름 " .. i .. "</t></si>" end
local row = '<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="s"><v>%d</v></c><c r="C%d" t="s"><v>%d</v></c>' ..
  '<c r="D%d" t="s"><v>%d</v></c><c r="E%d" t="s"><v>0</v></c><c r="F%d"><v>%d</v></c><c r="G%d"><v>%g</v></c></row>'
for r = 2, rows + 1 do
  lines[#lines + 1] = row:format(r, r, 1 + r % 9, r, 10 + r % 37, r, 50 + r // 4 % 3000, r, 4000 + r % 20000, r, r,
    r % 1000 + 1, r, (r * 7 % 1000) / 4)
end
local file = assert(io.open(arg[2], "wb"))
file:write(containers.xlsx({ { "지표", {}, xml = "<sheetData>" .. table.concat(lines) .. "</sheetData>" } },
  { strings = table.concat(strings) }))
file:close()
