-- 종이에 놓는 문서(HWPX, DOCX)가 함께 쓰는 것: 제목의 단계, 표의 머리, 열의 너비.
local numbers = require("numbers")

local paper = {}

-- 블록마다의 단계. 제목은 위에 열린 제목의 수(Ⅰ. 아래는 2), 목록은 그 아래로 이어진다: Ⅰ. → □ → ㅇ → - → ㆍ
function paper.depths(blocks)
  local depths, open = {}, {}
  for at, block in ipairs(blocks) do
    if block.kind == "heading" then
      while #open > 0 and open[#open] >= block.level do table.remove(open) end
      open[#open + 1] = block.level
      depths[at] = #open
    elseif block.kind == "bullet" then
      depths[at] = 2 + block.level
    end
  end
  return depths
end

local MARKS = { "", "□ ", "ㅇ ", "- ", "ㆍ " }

-- 단계의 표시. 첫 단계의 번호(Ⅰ.)는 보고서가 적는다.
function paper.mark(depth)
  return MARKS[math.min(depth, #MARKS)]
end

local function has_groups(columns)
  for _, column in ipairs(columns) do
    if column.group then return true end
  end
  return false
end

-- 표의 머리: 행의 목록, 칸은 { text, column, rows, columns }. 이어진 같은 묶음은 한 칸이다.
function paper.head(columns)
  local first, second, c = {}, {}, 1
  if not has_groups(columns) then
    for i, column in ipairs(columns) do first[i] = { text = column.title, column = i, rows = 1, columns = 1 } end
    return { first }
  end
  while c <= #columns do
    local group, last = columns[c].group, c
    while group and columns[last + 1] and columns[last + 1].group == group do last = last + 1 end
    first[#first + 1] = { text = group or columns[c].title, column = c, rows = group and 1 or 2,
      columns = last - c + 1 }
    for i = c, group and last or c - 1 do
      second[#second + 1] = { text = columns[i].title, column = i, rows = 1, columns = 1 }
    end
    c = last + 1
  end
  return { first, second }
end

-- 칸의 정렬: 열이 정하고, 없으면 글은 왼쪽, 숫자는 오른쪽.
function paper.align(block, cell, c)
  if cell.spaced then return "center" end
  return block.columns[c].align or (cell.kind == "number" and "right" or "left")
end

-- 칸의 글과, 그 뒤에 덧붙이는 말(빈칸으로 시작).
function paper.cell(cell)
  return numbers.cell(cell), cell.mark and " 【" .. cell.mark .. "】" or nil
end

local LEAST, MOST = 4, 40 -- 열의 너비를 정할 때 글을 세는 범위(칸)

-- 나누지 않는 가장 긴 말과 글 전체의 너비.
local function measure(span, words)
  words = text.visible(words)
  span.want = math.max(span.want, math.min(text.width(words), MOST))
  for word in string.gmatch(words, "[^ ]+") do
    span.least = math.max(span.least, math.min(text.width(word), MOST // 2))
  end
end

local function measure_table(spans, block)
  for c, column in ipairs(block.columns) do
    measure(spans[c], column.title)
    for _, row in ipairs(block.rows) do
      local cell = row[c]
      if cell and cell.columns == 1 then
        local words, mark = paper.cell(cell)
        measure(spans[c], words)
        if mark then measure(spans[c], mark) end
        if cell.kind == "number" then spans[c].least, spans[c].number = spans[c].want, true end -- 나누지 않는다
      end
    end
  end
end

-- 나누지 못하는 너비도 모자라면 글의 열만 줄인다. 숫자는 나뉘지 않게.
local function squeeze(spans, total, least)
  local fixed = 0
  for _, span in ipairs(spans) do fixed = fixed + (span.number and span.low or 0) end
  if fixed * 2 > total or fixed == least then fixed = 0 end
  for _, span in ipairs(spans) do
    local keeps = fixed > 0 and span.number
    span.width = keeps and span.low or span.low * (total - fixed) // (least - fixed)
  end
end

-- 모자라면 긴 말을 줄이고, 남으면 원하는 만큼, 그래도 남으면 원하는 크기대로 나눈다.
local function share(spans, total, unit, padding)
  local least, want = 0, 0
  for _, span in ipairs(spans) do
    span.low, span.high = span.least * unit + padding, span.want * unit + padding
    least, want = least + span.low, want + span.high
  end
  if least > total then squeeze(spans, total, least) end
  local widths, used = {}, 0
  for c, span in ipairs(spans) do
    local width = span.high * total // want
    if least > total then
      width = span.width
    elseif want > total then
      width = span.low + (span.high - span.low) * (total - least) // (want - least)
    end
    widths[c], used = width, used + width
  end
  widths[1] = widths[1] + total - used
  return widths
end

local function titles(block)
  local parts = {}
  for c, column in ipairs(block.columns) do parts[c] = column.title .. "\n" .. (column.group or "") end
  return table.concat(parts, "\n\n")
end

-- 표 블록마다 열의 너비 목록. total은 모두의 너비, unit은 글자 한 칸(한글은 두 칸), padding은 칸의 안쪽 여백이고 모두
-- 정수이다. 열의 제목이 같은 표는 너비도 같다.
function paper.widths(blocks, total, unit, padding)
  local spans, shared, widths = {}, {}, {}
  for _, block in ipairs(blocks) do
    if block.kind == "table" then
      local key = titles(block)
      if not spans[key] then
        spans[key] = {}
        for c = 1, #block.columns do spans[key][c] = { least = LEAST, want = LEAST } end
      end
      measure_table(spans[key], block)
      widths[block] = key
    end
  end
  for key, list in pairs(spans) do shared[key] = share(list, total, unit, padding) end
  for _, block in ipairs(blocks) do
    if block.kind == "table" then widths[block] = shared[widths[block]] end
  end
  return widths
end

return paper
