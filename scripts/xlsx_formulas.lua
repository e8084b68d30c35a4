-- XLSX 표의 수식: 읽는 사람이 따라갈 수 있게, 합과 백분율과 규칙의 식을 그 값이 찍힌 값과 꼭 같을 때만 둔다.
local workbooks = require("workbooks")

local formulas = {}

local place, range = workbooks.place, workbooks.range

-- 그 칸의 수를 정수로. 수가 아니면 nil.
local function whole(cell)
  return cell and cell.kind == "number" and math.tointeger(tonumber(cell.text)) or nil
end

-- 판정별 사업 수의 칸인가.
local function is_count(cell)
  return cell and cell.verdict and not cell.percent and whole(cell) ~= nil
end

-- 그 열에서 첫째 수가, 이어진 아래 수들의 합인가. 합이면 그 처음과 마지막 행.
local function sum_below(block, r, c)
  local total, first, last = 0, nil, nil
  for i = 1, r - 1 do
    if is_count(block.rows[i][c]) then return nil end
  end
  for i = r + 1, #block.rows do
    local cell = block.rows[i][c]
    if is_count(cell) then
      first, last = first or i, i
      total = total + whole(cell)
    elseif first then
      return nil
    end
  end
  if not first or total ~= whole(block.rows[r][c]) then return nil end
  return first, last
end

-- 그 행의 판정별 칸: 처음과 끝. 합이 그 칸의 수와 같을 때만.
local function sum_beside(row, c)
  local first, last, total = nil, nil, 0
  for i = c + 1, #row do
    if is_count(row[i]) and (not last or last == i - 1) then
      first, last = first or i, i
      total = total + whole(row[i])
    end
  end
  if not first or total ~= whole(row[c]) then return nil end
  return first, last
end

-- 백분율의 수식: 위에서 그 판정의 수와 계를 찾고, 반올림한 값이 찍힌 값과 꼭 같을 때만.
local function percent_formula(block, r, c, top)
  local cell = block.rows[r][c]
  local decimals = string.match(cell.text, "%.(%d+)$") or ""
  local scale = math.tointeger(10 ^ #decimals)
  for i = r - 1, 1, -1 do
    local count = block.rows[i][c]
    if is_count(count) and count.verdict == cell.verdict and count.of == cell.of then
      for t = c - 1, 1, -1 do
        local all = block.rows[i][t]
        local total = whole(all)
        if total and total > 0 and not all.verdict then
          local rounded = (2 * whole(count) * 100 * scale + total) // (2 * total)
          local printed = math.tointeger(tonumber((string.gsub(cell.text, "%.", ""))))
          if rounded ~= printed then return nil end
          return "ROUND(" .. place(top + i, c) .. "/" .. place(top + i, t) .. "*100," .. #decimals .. ")"
        end
      end
    end
  end
  return nil
end

-- 보고서가 적은 식: {target}은 그 행의 그 열. 글인 칸이나 없는 열을 가리키면 식을 두지 않는다.
local function rule_formula(block, r, cell, top)
  local good = true
  local formula = string.gsub(cell.formula, "{(.-)}", function(field)
    for c, column in ipairs(block.columns) do
      local other = block.rows[r][c]
      if column.field == field and other and other.kind == "number" and workbooks.fits(other.text) then
        return place(top + r, c)
      end
    end
    good = false
    return "0"
  end)
  return good and formula or nil
end

-- 칸의 수식: 합, 백분율, 규칙의 식. 어느 것도 아니면 nil. top은 표의 행 바로 위의 행.
function formulas.of(block, r, c, top)
  local row, cell = block.rows[r], block.rows[r][c]
  if cell.formula then return rule_formula(block, r, cell, top) end
  if cell.percent and cell.verdict then return percent_formula(block, r, c, top) end
  if not whole(cell) then return nil end
  if is_count(cell) then
    local first, last = sum_below(block, r, c)
    return first and "SUM(" .. range(top + first, c, top + last, c) .. ")" or nil
  end
  local first, last = sum_beside(row, c)
  return first and "SUM(" .. range(top + r, first, top + r, last) .. ")" or nil
end

return formulas
