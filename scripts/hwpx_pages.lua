-- HWPX의 쪽 나눔: 부서의 제목과 표가 남은 자리에 들지 않으면 새 쪽에서 시작한다. 줄은 한글이 나누므로 높이는 어림이고,
-- 새 쪽마다 다시 맞는다. 길이의 단위는 HWPUNIT.
local head = require("hwpx_head")
local paper = require("paper")

local pages = {}

local ROWS = 3 -- 한 쪽에 들지 않는 긴 표는 이만큼은 제목과 함께 둔다

-- 글이 lines줄인 행의 높이. 마지막 줄 아래에는 줄 간격이 없지만 한 줄인 행은 그만큼 넉넉히 둔다.
function pages.row_height(lines, cell)
  local size, _, _, spacing = head.size("cell"), head.spaces("left")
  local line = size * spacing // 100
  return math.max(line, lines * line - (line - size)) + 2 * cell.top
end

local function line_count(words, width, size)
  return #text.wrap(text.visible(words), math.max(2, width * 2 // size))
end

local function paragraph_height(shape, char, words, width)
  local around, left, spacing = head.spaces(shape)
  local size = head.size(char)
  return line_count(words, width - left, size) * size * spacing // 100 + around
end

local function span_width(widths, c, columns)
  local width = 0
  for i = c, c + columns - 1 do width = width + widths[i] end
  return width
end

-- 행마다의 높이. 세로로 합친 칸의 글이 길면 마지막 행이 커진다.
local function row_heights(block, widths, page)
  local heights, size = {}, head.size("cell")
  for r in ipairs(block.rows) do heights[r] = pages.row_height(1, page.cell) end
  for r, row in ipairs(block.rows) do
    for c = 1, #block.columns do
      local cell = row[c]
      if cell then
        local words, mark = paper.cell(cell)
        local width = span_width(widths, c, cell.columns) - 2 * page.cell.side
        local need = pages.row_height(line_count(words .. (mark or ""), width, size), page.cell)
        local last = r + cell.rows - 1
        for i = r, last - 1 do need = need - heights[i] end
        heights[last] = math.max(heights[last], need)
      end
    end
  end
  return heights
end

-- 표의 높이와, 쪽을 넘길 때 제목과 함께 둘 높이.
local function table_height(block, widths, page)
  local all = #paper.head(block.columns) * pages.row_height(1, page.cell)
  local least = all
  if block.caption then all = all + paragraph_height("caption", "caption", block.caption, page.width) end
  for r, height in ipairs(row_heights(block, widths, page)) do
    all = all + height
    if r <= ROWS then least = least + height end
  end
  all = all + head.size("anchor") + 500
  return all, all > page.height and least or all
end

local function text_height(block, depth, page)
  local shape, words = block.kind == "paragraph" and "body" or block.kind, block.text
  if depth then
    shape, words = "depth" .. math.min(depth, block.kind == "heading" and 3 or 5), paper.mark(depth) .. words
  end
  return paragraph_height(shape, shape, words, page.width)
end

-- at부터 이어진 제목과 그 표: 높이, 함께 둘 높이, 마지막 블록의 자리. 표로 이어지지 않으면 nil.
local function group_height(blocks, at, depths, widths, page)
  local sum, i = 0, at
  while blocks[i] and blocks[i].kind == "heading" do
    sum = sum + text_height(blocks[i], depths[i], page)
    i = i + 1
  end
  if i == at or not blocks[i] or blocks[i].kind ~= "table" then return nil end
  local all, least = table_height(blocks[i], widths[blocks[i]], page)
  return sum + all, sum + least, i
end

-- 차트의 제목, 그림들, 설명의 높이. 그림은 줄 하나로 놓인다.
local function chart_height(block, page)
  local all = paragraph_height("picture", "caption", block.title, page.width)
  for _, picture in ipairs(page.placed[block]) do all = all + math.ceil(picture.height * 100) + 600 end
  if block.text then all = all + paragraph_height("note", "note", "※ " .. block.text, page.width) end
  return all
end

local function height_of(block, depth, widths, page)
  if block.kind == "table" then return (table_height(block, widths[block], page)) end
  return text_height(block, depth, page)
end

-- 새 쪽에서 시작할 블록의 자리마다 true. page는 { width, height, cell, placed }: 본문의 크기, 칸의 안쪽 여백, 차트마다의
-- 그림들.
function pages.breaks(blocks, depths, widths, page)
  local breaks, used, at = {}, 0, 1
  while at <= #blocks do
    local all, least, last = group_height(blocks, at, depths, widths, page)
    if blocks[at].kind == "page_break" then
      used, last = 0, at
    elseif all then
      if used > 0 and used + least > page.height then breaks[at], used = true, 0 end
      used = (used + all) % page.height
    elseif blocks[at].kind == "chart" then
      local height = chart_height(blocks[at], page)
      if used > 0 and used + height > page.height then breaks[at], used = true, 0 end
      used, last = (used + height) % page.height, at
    else
      used, last = (used + height_of(blocks[at], depths[at], widths, page)) % page.height, at
    end
    at = last + 1
  end
  return breaks
end

return pages
