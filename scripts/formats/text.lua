-- 터미널에서 보는 글: 상자 선으로 그린 표. 한글은 두 칸으로 세어 줄을 맞춘다.
local numbers = require("numbers")

local WIDTH = 100 -- 문서의 너비(칸)
local block_of = text.block -- 문단마다 부른다

-- 표의 모양: 너비, 가장 좁은 열, 숫자를 찍는 글. 그리는 일은 엔진이 한다(text.tables).
local TABLES = { width = WIDTH, least = 4, number = numbers.show }

local HEADING_MARKS = { "", "■ ", "▢ ", "▪ " }
local BULLET_MARKS = { "◇", "○", "-", "·" }

-- 목록의 단계마다 첫 줄의 앞에 적는 글.
local BULLETS = {}
for level = 1, 6 do
  BULLETS[level] = string.rep("  ", level - 1) .. " " .. (BULLET_MARKS[level] or BULLET_MARKS[#BULLET_MARKS]) .. " "
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
    lines[#lines + 1] = block_of(first, words, WIDTH)
  end
  function out.finish()
    return lines
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
  out.wrapped(BULLETS[block.level], block.text)
end

function DRAW.table(out, block, drawn)
  if block.caption then out.wrapped(" ", block.caption) end
  out.line(drawn[block])
end

function DRAW.page_break(out)
  out.gap()
end

-- 표마다 그려진 글. 제목이 같은 표는 너비도 같다.
local function draw_tables(document)
  local blocks, tables, drawn = document.blocks, {}, {}
  for i = 1, #blocks do
    if blocks[i].kind == "table" then tables[#tables + 1] = blocks[i] end
  end
  for i, words in ipairs(text.tables(tables, TABLES)) do drawn[tables[i]] = words end
  return drawn
end

local BAR = 50 -- 가장 긴 막대(칸)

-- 터미널에서만: 국마다 막대 하나, 눈에 띄는 계열은 ▒.
function DRAW.chart(out, block)
  local widest, most = 0, 1
  for _, row in ipairs(block.rows) do
    local total = 0
    for _, value in ipairs(row.values) do total = total + value.value end
    widest, most = math.max(widest, text.width(text.visible(row.label))), math.max(most, total)
  end
  out.gap()
  out.wrapped(" ", block.title)
  for _, row in ipairs(block.rows) do
    local bar, sum, drawn, words = {}, 0, 0, {}
    for i, value in ipairs(row.values) do
      local series = block.series[i]
      sum = sum + value.value
      local upto = math.max(math.ceil(sum * BAR / math.max(most, BAR)), value.value > 0 and drawn + 1 or drawn)
      bar[i] = string.rep(series.alert and "▒" or "█", upto - drawn)
      if series.alert and value.value > 0 then words[#words + 1] = series.name .. " " .. (value.text or value.value) end
      drawn = upto
    end
    out.line(" " .. text.pad(text.visible(row.label), widest) .. " " .. table.concat(bar) .. " "
      .. text.visible(table.concat(words, ", ")))
  end
  out.line("")
end

local function draw_title(out, title)
  out.line(string.rep("━", WIDTH))
  for _, line in ipairs(text.wrap(text.visible(title), WIDTH)) do
    out.line(string.rep(" ", (WIDTH - text.width(line)) // 2) .. line)
  end
  out.line(string.rep("━", WIDTH))
end

local function draw(document)
  local out = new_output()
  local drawn = draw_tables(document)
  draw_title(out, document.title)
  local blocks = document.blocks
  for i = 1, #blocks do DRAW[blocks[i].kind](out, blocks[i], drawn, blocks[i - 1]) end
  return out.finish()
end

return { purpose = "터미널에서 보는 글", wants = { "sketch" }, draw = draw }
