-- 숫자의 모양: 천 단위 쉼표, 음수는 △.
local numbers = {}

local MINUS = string.byte("-")
local byte, grouped, match = string.byte, text.grouped, string.match

-- "-1234.5" -> "△1,234.5"
local function look(printed)
  local words = grouped(printed)
  if byte(words) ~= MINUS then return words end
  return "△" .. string.sub(words, 2)
end
numbers.look = look

-- 0, -0.00 같은 값인가.
local function is_zero(printed)
  return match(printed, "^%-?[0.]+$") ~= nil
end
numbers.is_zero = is_zero

-- 숫자를 찍는 글로: 모양을 갖추고, 0이면 칸이 정한 글(zero)로.
function numbers.show(printed, zero)
  if zero and is_zero(printed) then return zero end
  return look(printed)
end

-- 표의 칸을 글로.
function numbers.cell(cell)
  if cell.kind ~= "number" then return cell.text end
  return numbers.show(cell.text, cell.zero)
end

return numbers
