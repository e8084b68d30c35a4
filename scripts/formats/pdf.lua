-- PDF: A4 쪽에 놓을 것을 적는다. 글꼴로 찍고 쪽을 나누는 일은 엔진이 한다(scripts/README.md의 "쪽").
local charts = require("charts")
local paper = require("paper")

-- 쪽의 크기와 여백, 포인트(1인치는 72).
local PAGE = { width = 595.28, height = 841.89, top = 60, right = 56, bottom = 60, left = 56 }
local WIDTH = math.floor(PAGE.width - PAGE.left - PAGE.right)
local HEIGHT = PAGE.height - PAGE.top - PAGE.bottom

local FONT = "NanumGothic, Noto Sans CJK KR, sans-serif"
local INK, SOFT, ALERT, BAR, WASH = "#1b1f24", "#545b64", "#b3261e", "#4a6fa5", "#fdecea"

local function style(size, more)
  local one = { font = FONT, size = size, color = INK }
  for name, value in pairs(more or {}) do one[name] = value end
  return one
end

local STYLES = {
  title = style(20, { bold = true, align = "center", line = 1.3, below = 18, rule = INK }),
  heading1 = style(15, { bold = true, above = 16, below = 8, rule = INK }),
  heading2 = style(12.5, { bold = true, above = 14, below = 6 }),
  heading3 = style(11.5, { bold = true, above = 12, below = 5 }),
  heading4 = style(10.5, { bold = true, above = 10, below = 4 }),
  paragraph = style(10.5, { line = 1.4, above = 4, below = 4 }),
  note = style(9.5, { line = 1.3, color = SOFT, above = 2, below = 2, hang = 13 }),
  caption = style(9.5, { color = SOFT, above = 4, below = 3 }),
  picture = style(10.5, { bold = true, above = 14, below = 5 }),
  head = style(9.5, { bold = true, align = "center", line = 1.15 }),
  left = style(9.5, { line = 1.2 }),
  center = style(9.5, { line = 1.2, align = "center" }),
  right = style(9.5, { line = 1.2, align = "right" }),
  marked = style(9.5, { line = 1.2, bold = true, color = ALERT }),
  number = style(9.5, { align = "center", color = SOFT }),
}
for level = 1, 6 do
  STYLES["bullet" .. level] = style(10.5, { line = 1.35, above = 2, below = 2, indent = 12 * (level - 1), hang = 13 })
end

-- 그림의 글: 이름과 맞추는 곳(start, middle, end)마다 하나.
local LABELS = {
  name = { 10, INK }, count = { 10, INK }, scale = { 9, SOFT }, past = { 9, SOFT },
  ["target-name"] = { 10, INK }, ["threshold-name"] = { 10, ALERT },
}
local SIDES = { start = "left", middle = "center", ["end"] = "right" }
for class, look in pairs(LABELS) do
  for _, side in pairs(SIDES) do
    STYLES[class .. " " .. side] = style(look[1], { color = look[2], align = side })
  end
end

local PAINTS = {
  cell = { stroke = "#8a919a", width = 0.6 },
  head = { stroke = "#8a919a", width = 0.6, fill = "#dfe6f7" },
  marked = { stroke = "#8a919a", width = 0.6, fill = WASH },
  bar = { fill = BAR },
  ["bar alert"] = { fill = WASH, hatch = ALERT, stroke = ALERT, width = 1 },
  dot = { fill = BAR },
  ["dot alert"] = { fill = "#ffffff", stroke = ALERT, width = 1.8 },
  base = { stroke = SOFT, width = 0.8 },
  tick = { stroke = SOFT, width = 0.8 },
  slope = { stroke = BAR, width = 1.4 },
  ["slope alert"] = { stroke = ALERT, width = 1.4, dashed = true },
  target = { stroke = INK, width = 1.2 },
  threshold = { stroke = ALERT, width = 1.2, dashed = true },
}

-- ---- 표

-- 사이를 띄운 글: 행 정 국
local function spaced(words)
  return table.concat(text.letters(words), " ")
end

local function add_head(cells, block)
  local rows = paper.head(block.columns)
  for r, row in ipairs(rows) do
    for _, cell in ipairs(row) do
      cells[#cells + 1] = { row = r, column = cell.column, rows = cell.rows, columns = cell.columns,
        text = text.visible(cell.text), style = "head", paint = "head" }
    end
  end
  return #rows
end

local function cell_of(block, cell, r, c)
  local words, mark = paper.cell(cell)
  words = text.visible(words)
  if cell.spaced then words = spaced(words) end
  return { row = r, column = c, rows = cell.rows, columns = cell.columns,
    text = mark and words .. text.visible(mark) or words,
    style = mark and "marked" or paper.align(block, cell, c), paint = mark and "marked" or "cell" }
end

local PADDING = 3

local function table_of(block, widths)
  local cells = {}
  local head = add_head(cells, block)
  for r, row in ipairs(block.rows) do
    for c = 1, #block.columns do
      if row[c] then cells[#cells + 1] = cell_of(block, row[c], head + r, c) end
    end
  end
  local points = {}
  for c, width in ipairs(widths) do points[c] = width / 10 end
  return { widths = points, rows = head + #block.rows, head = head, padding = PADDING, cells = cells }
end

-- ---- 그림

local function item_of(item)
  if item.shape == "text" then
    return { shape = "text", x = item.x, y = item.y, text = item.text, style = item.class .. " " .. SIDES[item.anchor] }
  end
  return { shape = item.shape, x = item.x, y = item.y, w = item.w, h = item.h, x2 = item.x2, y2 = item.y2, r = item.r,
    paint = item.class }
end

-- 460 너비의 그림을 쪽에 맞춤: 부서마다 있는 그림은 표와 한 쪽에 들 만큼 작게.
local SCALE = { stacked = 0.95, histogram = 0.95, dots = 0.95, slope = 0.95, bullet = 0.68 }
local SMALL = 0.6 -- 이보다 작아야 한 쪽에 들면 나누어 그림

local function drawing_of(block)
  local drawing, items = charts.layout(block), {}
  for i, item in ipairs(drawing.items) do items[i] = item_of(item) end
  local scale = math.min(SCALE[block.chart], (HEIGHT - 60) / drawing.height)
  return { width = drawing.width, height = math.ceil(drawing.height), scale = scale, items = items }, scale
end

-- 한 쪽에 알아볼 만하게 들지 않는 그림은 행을 반으로 나눈다. 눈금은 모두 같다.
local function drawings_of(block, axis)
  block.low, block.high = axis and axis.low, axis and axis.high
  local drawing, scale = drawing_of(block)
  if scale >= SMALL or #block.rows < 2 or block.chart == "slope" then return { drawing } end
  local all, half = {}, #block.rows // 2
  axis = axis or charts.layout(block).axis
  for part = 1, 2 do
    local piece = {}
    for name, value in pairs(block) do piece[name] = value end
    local from, to = part == 1 and 1 or half + 1, part == 1 and half or #block.rows
    piece.rows = table.move(block.rows, from, to, 1, {})
    for _, one in ipairs(drawings_of(piece, axis)) do all[#all + 1] = one end
  end
  return all
end

-- ---- 블록

local HEADINGS = { "", "■ ", "▢ ", "▪ " }
local BULLETS = { "◇ ", "○ ", "- ", "· " }

local DRAW = {}

function DRAW.heading(add, block)
  local words = text.visible(block.text)
  add({ text = HEADINGS[block.level] .. words, style = "heading" .. block.level, outline = words, level = block.level,
    keep = true })
end

function DRAW.paragraph(add, block)
  add({ text = text.visible(block.text), style = "paragraph" })
end

function DRAW.note(add, block)
  add({ text = "※ " .. text.visible(block.text), style = "note" })
end

function DRAW.bullet(add, block)
  local mark = BULLETS[math.min(block.level, #BULLETS)]
  add({ text = mark .. text.visible(block.text), style = "bullet" .. block.level })
end

function DRAW.page_break(add)
  add({ page_break = true })
end

DRAW["table"] = function(add, block, widths)
  if block.caption then add({ text = text.visible(block.caption), style = "caption", keep = true }) end
  add({ table = table_of(block, widths[block]) })
end

function DRAW.chart(add, block)
  add({ text = text.visible(block.title), style = "picture", keep = true })
  for _, drawing in ipairs(drawings_of(block)) do add({ drawing = drawing }) end
  if block.text then add({ text = text.visible(block.text), style = "note" }) end
end

local function draw(document)
  local title = text.visible(document.title)
  local blocks = { { text = title, style = "title" } }
  local widths = paper.widths(document.blocks, WIDTH * 10, 56, 20 * PADDING)
  local function add(block)
    blocks[#blocks + 1] = block
  end
  for _, block in ipairs(document.blocks) do DRAW[block.kind](add, block, widths) end
  return { pdf = { title = title, page = PAGE, number = "- {page} -", number_style = "number", styles = STYLES,
    paints = PAINTS, blocks = blocks } }
end

return {
  purpose = "PDF: A4, 쪽 번호와 책갈피",
  wants = { "stacked", "histogram", "bullet", "dots", "slope" },
  draw = draw,
}
