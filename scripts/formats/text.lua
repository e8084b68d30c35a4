-- 터미널에서 보는 글: 상자 선으로 그린 표. 한글은 두 칸으로 세어 줄을 맞춘다.
local numbers = require("numbers")

local WIDTH = 100 -- 문서의 너비(칸)
local LEAST = 4 -- 표에서 가장 좁은 열

local HEADING_MARKS = { "", "■ ", "▢ ", "▪ " }
local BULLET_MARKS = { "◇", "○", "-", "·" }

-- 선이 만나는 자리의 글자. 열쇠는 위, 아래, 왼쪽, 오른쪽에 선이 있는가.
local JOINTS = {
  ["0011"] = "─", ["1100"] = "│", ["1111"] = "┼",
  ["0101"] = "┌", ["0110"] = "┐", ["1001"] = "└", ["1010"] = "┘",
  ["1101"] = "├", ["1110"] = "┤", ["0111"] = "┬", ["1011"] = "┴",
}

-- 글자 사이를 띄운다: 세 글자까지 두 칸, 넘으면 한 칸.
local function spread(words)
  local letters = text.letters(words)
  return table.concat(letters, #letters <= 3 and "  " or " ")
end

-- 제목은 괄호 앞에서 줄을 나눌 수 있다: 달성률(%)
local function title_parts(title)
  local head, tail = string.match(title, "^(.-)%s*(%(.*)$")
  if head and head ~= "" then return { head, tail } end
  return { title }
end

-- 표시(mark)는 색이 아니라 말로 붙인다.
local function mark_text(cell)
  if cell.mark then return "【" .. text.visible(cell.mark) .. "】" end
  return nil
end

-- 한 줄에 다 들어갈 때의 칸의 글.
local function cell_text(cell)
  local words = text.visible(numbers.cell(cell))
  if cell.spaced then words = spread(words) end
  if cell.mark then words = words .. " " .. mark_text(cell) end
  return words
end

-- 격자: grid[행][열]은 그 자리를 차지하는 상자. 합친 자리에서는 같은 상자다.

local function put(grid, box, row, column)
  box.row, box.column = row, column
  for r = row, row + box.rows - 1 do
    grid[r] = grid[r] or {}
    for c = column, column + box.columns - 1 do grid[r][c] = box end
  end
end

local function title_box(title, rows, columns)
  return { words = text.visible(title), align = "center", rows = rows, columns = columns, is_title = true }
end

-- 이어지는 열이 같은 묶음(group)이면 위에 묶음의 이름을 둔다. 제목이 차지한 행의 수를 돌려준다.
local function add_titles(grid, columns)
  local levels = 1
  for _, column in ipairs(columns) do
    if column.group then levels = 2 end
  end
  local c = 1
  while c <= #columns do
    local group, last = columns[c].group, c
    if group then
      while columns[last + 1] and columns[last + 1].group == group do last = last + 1 end
      put(grid, title_box(group, 1, last - c + 1), 1, c)
      for i = c, last do put(grid, title_box(columns[i].title, 1, 1), 2, i) end
    else
      put(grid, title_box(columns[c].title, levels, 1), 1, c)
    end
    c = last + 1
  end
  return levels
end

local function cell_box(cell, column)
  return {
    words = cell_text(cell),
    plain = text.visible(numbers.cell(cell)),
    mark = mark_text(cell),
    align = column.align or (cell.kind == "number" and "right" or "left"),
    rows = cell.rows,
    columns = cell.columns,
  }
end

local function new_grid(block)
  local grid = {}
  local levels = add_titles(grid, block.columns)
  for r, row in ipairs(block.rows) do
    for c, cell in ipairs(row) do
      if cell then put(grid, cell_box(cell, block.columns[c]), levels + r, c) end
    end
  end
  return grid
end

-- 격자의 상자를 왼쪽 위부터 하나씩.
local function each_box(grid, visit)
  for r, row in ipairs(grid) do
    for c, box in ipairs(row) do
      if box.row == r and box.column == c then visit(box) end
    end
  end
end

-- 열의 너비

local function natural_width(box)
  if not box.is_title then return text.width(box.words) end
  local most = 0
  for _, part in ipairs(title_parts(box.words)) do most = math.max(most, text.width(part)) end
  return most
end

local function widen(widths, grid)
  each_box(grid, function(box)
    if box.columns == 1 then
      local wanted = math.min(natural_width(box), WIDTH)
      widths[box.column] = math.max(widths[box.column] or LEAST, wanted)
    end
  end)
end

local function inner_width(widths, box)
  local sum = 3 * (box.columns - 1)
  for c = box.column, box.column + box.columns - 1 do sum = sum + widths[c] end
  return sum
end

-- 여러 열에 걸친 글이 들어가게 마지막 열을 넓힌다.
local function widen_for_spans(widths, grid)
  each_box(grid, function(box)
    if box.columns > 1 then
      local last = box.column + box.columns - 1
      local lacking = math.min(natural_width(box), WIDTH) - inner_width(widths, box)
      widths[last] = widths[last] + math.max(lacking, 0)
    end
  end)
end

-- 너무 넓으면 가장 넓은 열부터 줄인다.
local function shrink(widths)
  local total = 1
  for c = 1, #widths do total = total + widths[c] + 3 end
  while total > WIDTH do
    local widest = 1
    for c = 2, #widths do
      if widths[c] > widths[widest] then widest = c end
    end
    if widths[widest] <= LEAST then return end
    widths[widest] = widths[widest] - 1
    total = total - 1
  end
end

-- 상자의 줄과 행의 높이

-- 표시는 나누지 않는다: 마지막 줄에 남은 자리가 모자라면 다음 줄에 적는다.
local function add_mark(lines, mark, width)
  local last = lines[#lines] .. " " .. mark
  if text.width(last) <= width then
    lines[#lines] = last
    return
  end
  for _, line in ipairs(text.wrap(mark, width)) do lines[#lines + 1] = line end
end

local function box_lines(box, width)
  if text.width(box.words) <= width then return { box.words } end
  local lines = {}
  for _, part in ipairs(box.is_title and title_parts(box.words) or { box.plain }) do
    for _, line in ipairs(text.wrap(part, width)) do lines[#lines + 1] = line end
  end
  if box.mark then add_mark(lines, box.mark, width) end
  return lines
end

-- 상자의 높이. 합친 행 사이의 선 자리도 쓴다.
local function box_height(heights, box)
  local sum = box.rows - 1
  for r = box.row, box.row + box.rows - 1 do sum = sum + heights[r] end
  return sum
end

local function row_heights(grid)
  local heights = {}
  for r = 1, #grid do heights[r] = 1 end
  each_box(grid, function(box)
    if box.rows == 1 then heights[box.row] = math.max(heights[box.row], #box.lines) end
  end)
  each_box(grid, function(box)
    local last = box.row + box.rows - 1
    heights[last] = heights[last] + math.max(#box.lines - box_height(heights, box), 0)
  end)
  return heights
end

local function lay_out(grid, widths)
  each_box(grid, function(box)
    box.width = inner_width(widths, box)
    box.lines = box_lines(box, box.width)
  end)
  local heights = row_heights(grid)
  each_box(grid, function(box)
    local spare = box_height(heights, box) - #box.lines
    local centred = box.align == "center" and (box.is_title or box.rows > 1)
    box.above = centred and spare // 2 or 0
  end)
  return heights
end

-- 선과 글을 그린다.

local function bit(is)
  return is and "1" or "0"
end

-- r행과 r+1행 사이에, c열에 선이 있는가.
local function has_rule(grid, r, c)
  local above, below = grid[r], grid[r + 1]
  return not above or not below or above[c] ~= below[c]
end

-- r행에서 c열과 c+1열 사이에 선이 있는가.
local function has_wall(grid, r, c)
  local row = grid[r]
  return row ~= nil and row[c] ~= row[c + 1]
end

local function joint(grid, r, c, columns)
  return JOINTS[bit(has_wall(grid, r, c)) .. bit(has_wall(grid, r + 1, c))
    .. bit(c > 0 and has_rule(grid, r, c)) .. bit(c < columns and has_rule(grid, r, c + 1))] or " "
end

-- 상자에서 r행의 k번째 줄. k가 행의 높이를 넘으면 그 아래 선 자리의 글이다.
local function piece(box, heights, r, k)
  for above = box.row, r - 1 do k = k + heights[above] + 1 end
  return " " .. text.pad(box.lines[k - box.above] or "", box.width, box.align) .. " "
end

local function rule_line(grid, widths, heights, r)
  local parts, c = {}, 1
  while c <= #widths do
    parts[#parts + 1] = joint(grid, r, c - 1, #widths)
    if has_rule(grid, r, c) then
      parts[#parts + 1] = string.rep("─", widths[c] + 2)
      c = c + 1
    else
      local box = grid[r][c]
      parts[#parts + 1] = piece(box, heights, r, heights[r] + 1)
      c = c + box.columns
    end
  end
  return table.concat(parts) .. joint(grid, r, #widths, #widths)
end

local function content_line(grid, widths, heights, r, k)
  local parts, c = {}, 1
  while c <= #widths do
    local box = grid[r][c]
    parts[#parts + 1] = piece(box, heights, r, k)
    c = c + box.columns
  end
  return "│" .. table.concat(parts, "│") .. "│"
end

local function draw_table(out, block, widths)
  local grid = new_grid(block)
  local heights = lay_out(grid, widths)
  if block.caption then out.wrapped(" ", block.caption) end
  out.line(rule_line(grid, widths, heights, 0))
  for r = 1, #grid do
    for k = 1, heights[r] do out.line(content_line(grid, widths, heights, r, k)) end
    out.line(rule_line(grid, widths, heights, r))
  end
end

-- 제목이 같은 표는 너비도 같게 그린다.
local function layout_key(block)
  local titles = {}
  for c, column in ipairs(block.columns) do titles[c] = column.title end
  return table.concat(titles, "\n")
end

local function each_table(document, visit)
  for _, block in ipairs(document.blocks) do
    if block.kind == "table" then visit(block, layout_key(block)) end
  end
end

-- 격자는 그때그때 다시 만든다: 큰 문서에서 모두 들고 있으면 메모리가 모자란다.
local function all_widths(document)
  local layouts = {}
  each_table(document, function(block, key)
    layouts[key] = layouts[key] or {}
    widen(layouts[key], new_grid(block))
  end)
  each_table(document, function(block, key)
    widen_for_spans(layouts[key], new_grid(block))
  end)
  for _, widths in pairs(layouts) do shrink(widths) end
  return layouts
end

-- 줄을 모은다.
local function new_output()
  local lines = {}
  local out = {}
  function out.line(words)
    lines[#lines + 1] = words
  end
  -- 빈 줄은 하나만.
  function out.gap()
    if #lines > 0 and lines[#lines] ~= "" then lines[#lines + 1] = "" end
  end
  -- 여러 줄이면 둘째 줄부터 앞의 표시만큼 들인다.
  function out.wrapped(first, words)
    local indent = text.width(first)
    for i, line in ipairs(text.wrap(text.visible(words), WIDTH - indent)) do
      lines[#lines + 1] = (i == 1 and first or string.rep(" ", indent)) .. line
    end
  end
  function out.finish()
    return table.concat(lines, "\n") .. "\n"
  end
  return out
end

local DRAW = {}

function DRAW.heading(out, block)
  out.gap()
  out.wrapped(HEADING_MARKS[block.level], block.text)
  if block.level == 1 then out.line(string.rep("─", WIDTH)) end
  if block.level <= 2 then out.line("") end
end

function DRAW.paragraph(out, block)
  out.gap()
  out.wrapped("", block.text)
  out.line("")
end

function DRAW.note(out, block, _, before)
  if before and before.kind == "bullet" then out.gap() end
  out.wrapped(" ※ ", block.text)
end

function DRAW.bullet(out, block, _, before)
  local follows = before and before.kind == "bullet" and before.level == 1
  if block.level == 1 and not follows then out.gap() end
  local mark = BULLET_MARKS[block.level] or BULLET_MARKS[#BULLET_MARKS]
  out.wrapped(string.rep("  ", block.level - 1) .. " " .. mark .. " ", block.text)
end

function DRAW.table(out, block, layouts)
  draw_table(out, block, layouts[layout_key(block)])
end

function DRAW.page_break(out)
  out.gap()
end

local function draw_title(out, title)
  out.line(string.rep("━", WIDTH))
  for _, line in ipairs(text.wrap(text.visible(title), WIDTH)) do
    out.line((string.gsub(text.pad(line, WIDTH, "center"), " +$", "")))
  end
  out.line(string.rep("━", WIDTH))
end

local function draw(document)
  local out = new_output()
  local layouts = all_widths(document)
  draw_title(out, document.title)
  for i, block in ipairs(document.blocks) do
    DRAW[block.kind](out, block, layouts, document.blocks[i - 1])
  end
  return out.finish()
end

return { purpose = "터미널에서 보는 글", draw = draw }
