-- 숫자의 모양: 천 단위 쉼표, 음수는 △.
local numbers = {}

local MINUS = "△"
local grouped, match = text.grouped, string.match

-- "-1234.5" -> "△1,234.5"
function numbers.look(printed)
  return grouped(printed, MINUS)
end

-- 0, -0.00 같은 값인가.
local function is_zero(printed)
  return match(printed, "^%-?[0.]+$") ~= nil
end
numbers.is_zero = is_zero

-- 숫자를 찍는 글로(printed, zero): 모양을 갖추고, 0이면 칸이 정한 글(zero)로. 다른 모양이 필요하면 함수로 바꾸어 쓴다.
numbers.show = text.numbers(MINUS)

-- 표의 칸을 글로.
function numbers.cell(cell)
  if cell.kind ~= "number" then return cell.text end
  return numbers.show(cell.text, cell.zero)
end

return numbers
