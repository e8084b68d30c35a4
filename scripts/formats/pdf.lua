-- PDF: A4 쪽에 놓을 것을 적는다. 글꼴로 찍고 쪽을 나누는 일은 엔진이 한다(scripts/README.md의 "쪽").
local drawings = require("drawings")
local paper = require("paper")

-- 쪽의 크기와 여백, 포인트(1인치는 72).
local PAGE = { width = 595.28, height = 841.89, top = 60, right = 56, bottom = 60, left = 56 }
local WIDTH = math.floor(PAGE.width - PAGE.left - PAGE.right)
local HEIGHT = PAGE.height - PAGE.top - PAGE.bottom

local colors = drawings.colors
local INK, SOFT, ALERT, WASH = colors.ink, colors.soft, colors.alert, colors.wash

local function style(size, more)
  local one = { font = drawings.font, size = size, color = INK }
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

for name, one in pairs(drawings.styles) do STYLES[name] = one end

local PAINTS = {
  cell = { stroke = "#8a919a", width = 0.6 },
  head = { stroke = "#8a919a", width = 0.6, fill = "#dfe6f7" },
  marked = { stroke = "#8a919a", width = 0.6, fill = WASH },
}
for name, one in pairs(drawings.paints) do PAINTS[name] = one end

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

-- ---- 블록

local HEADINGS = { "", "■ ", "▢ ", "▪ " }
local BULLETS = { "◇ ", "○ ", "- ", "· " }

local DRAW = {}

function DRAW.heading(add, block)
  local words = text.visible(block.text)
  add({ text = HEADINGS[block.level] .. words, style = "heading" .. block.level, outline = words, level = block.level,
    keep = true, tag = "H" .. block.level + 1 })
end

function DRAW.paragraph(add, block)
  add({ text = text.visible(block.text), style = "paragraph" })
end

function DRAW.note(add, block)
  add({ text = "※ " .. text.visible(block.text), style = "note" })
end

function DRAW.bullet(add, block)
  local mark = BULLETS[math.min(block.level, #BULLETS)]
  add({ text = mark .. text.visible(block.text), style = "bullet" .. block.level, tag = "LI" })
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
  for _, drawing in ipairs(drawings.of(block, HEIGHT - 60)) do add({ drawing = drawing }) end
  if block.text then add({ text = text.visible(block.text), style = "note" }) end
end

local function draw(document)
  local title = text.visible(document.title)
  local blocks = { { text = title, style = "title", tag = "H1" } }
  local widths = paper.widths(document.blocks, WIDTH * 10, 56, 20 * PADDING)
  local function add(block)
    blocks[#blocks + 1] = block
  end
  for _, block in ipairs(document.blocks) do DRAW[block.kind](add, block, widths) end
  return { pdf = { title = title, language = "ko", page = PAGE, number = "- {page} -", number_style = "number",
    styles = STYLES, paints = PAINTS, blocks = blocks } }
end

return {
  purpose = "PDF: A4, 쪽 번호와 책갈피, 태그",
  wants = drawings.wants,
  draw = draw,
}
