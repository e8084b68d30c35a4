-- 숫자의 모양: 천 단위 쉼표, 음수는 △.
local numbers = {}

-- "-1234.5" -> "△1,234.5"
function numbers.look(printed)
  local words = text.grouped(printed)
  if string.sub(words, 1, 1) ~= "-" then return words end
  return "△" .. string.sub(words, 2)
end

-- 0, -0.00 같은 값인가.
function numbers.is_zero(printed)
  return string.match(printed, "^%-?[0.]+$") ~= nil
end

-- 숫자를 찍는 글로: 모양을 갖추고, 0이면 칸이 정한 글(zero)로.
function numbers.show(printed, zero)
  if zero and numbers.is_zero(printed) then return zero end
  return numbers.look(printed)
end

-- 표의 칸을 글로.
function numbers.cell(cell)
  if cell.kind ~= "number" then return cell.text end
  return numbers.show(cell.text, cell.zero)
end

return numbers
