-- Markdown: 제목은 #, 목록은 -, 표는 | 로. 이름에 든 기호는 글로만 남는다.
local numbers = require("numbers")

-- Markdown이 뜻으로 읽는 기호 앞에 \를 둔다.
local function escape(words)
  words = string.gsub(text.visible(words), "[\\`*_{}%[%]<>#|~&@$]", "\\%0")
  words = string.gsub(words, "://", ":\\//")
  words = string.gsub(words, "[wW][wW][wW]%.", function(www) return string.sub(www, 1, 3) .. "\\." end)
  return words
end

-- 줄의 머리에서만 뜻이 있는 것: 목록(-, +, 1.), 밑줄 제목(=), 들여쓴 코드.
local function escape_line(words)
  words = string.match(escape(words), "^ *(.-) *$")
  words = string.gsub(words, "^[-+=]", "\\%0")
  words = string.gsub(words, "^(%d+)([.)])", "%1\\%2")
  return words
end

local function cell_text(cell)
  local words = escape(numbers.cell(cell))
  if cell.mark then words = words .. " **【" .. escape(cell.mark) .. "】**" end
  return words
end

local function title_text(column)
  if column.group then return escape(column.group .. " " .. column.title) end
  return escape(column.title)
end

local RULES = { left = ":---", right = "---:", center = ":---:" }

-- 열의 정렬. 정하지 않았으면 첫 칸이 숫자일 때 오른쪽.
local function column_rule(block, c)
  local first = block.rows[1] and block.rows[1][c]
  local align = block.columns[c].align or (first and first.kind == "number" and "right" or "left")
  return RULES[align]
end

-- 세로로 합친 칸은 행마다 되풀이해 한 줄만 보아도 뜻이 통하게 하고, 가로로 합친 칸의 나머지는 비운다.
local function row_texts(row, carried)
  local texts = {}
  local c = 1
  while c <= #row do
    local cell, span = row[c], carried[c]
    if cell then
      span = { words = cell_text(cell), left = cell.rows, columns = cell.columns }
      carried[c] = span
    end
    texts[c] = span.words
    for i = c + 1, c + span.columns - 1 do texts[i] = "" end
    span.left = span.left - 1
    c = c + span.columns
  end
  return texts
end

local function table_line(texts)
  return "| " .. table.concat(texts, " | ") .. " |"
end

local DRAW = {}

function DRAW.heading(block)
  return { string.rep("#", block.level + 1) .. " " .. escape_line(block.text) }
end

function DRAW.paragraph(block)
  return { escape_line(block.text) }
end

function DRAW.note(block)
  return { "※ " .. escape(block.text) }
end

function DRAW.bullet(block)
  return { string.rep("  ", block.level - 1) .. "- " .. escape_line(block.text) }
end

function DRAW.table(block)
  local titles, rules, carried, lines = {}, {}, {}, {}
  if block.caption then lines = { escape_line(block.caption), "" } end
  for c, column in ipairs(block.columns) do
    titles[c], rules[c] = title_text(column), column_rule(block, c)
  end
  lines[#lines + 1] = table_line(titles)
  lines[#lines + 1] = table_line(rules)
  for _, row in ipairs(block.rows) do lines[#lines + 1] = table_line(row_texts(row, carried)) end
  return lines
end

function DRAW.page_break()
  return { "---" }
end

local function draw(document)
  local lines = { "# " .. escape_line(document.title) }
  local before = "title"
  for _, block in ipairs(document.blocks) do
    if not (before == "bullet" and block.kind == "bullet") then lines[#lines + 1] = "" end
    for _, line in ipairs(DRAW[block.kind](block)) do lines[#lines + 1] = line end
    before = block.kind
  end
  return lines
end

return { purpose = "Markdown 글", draw = draw }
