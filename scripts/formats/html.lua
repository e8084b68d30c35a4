-- HTML: 파일 하나로 된 쪽. 어디에도 요청하지 않고(CSP), 이름에 든 것은 글로만 남는다(markup).
local charts = require("charts")
local markup = require("markup")
local numbers = require("numbers")
local script = require("html_script").text
local style = require("html_style").text

local function hash(words)
  return "'sha256-" .. text.sha256(words) .. "'"
end

-- ---- 표

local function align_of(block, c)
  local first = block.rows[1] and block.rows[1][c]
  return block.columns[c].align or (first and first.kind == "number" and "right" or "left")
end

local function has_groups(block)
  for _, column in ipairs(block.columns) do
    if column.group then return true end
  end
  return false
end

-- 이어진 같은 묶음은 한 칸.
local function group_length(columns, c)
  local last = c
  while columns[last + 1] and columns[last + 1].group == columns[c].group do last = last + 1 end
  return last - c + 1
end

local function draw_head(w, block)
  local columns, grouped = block.columns, has_groups(block)
  w.open("thead")
  w.open("tr")
  local c = 1
  while c <= #columns do
    local column, length = columns[c], 1
    if column.group then
      length = group_length(columns, c)
      w.element("th", { "scope", "colgroup", "colspan", length }, column.group)
    else
      w.element("th", { "scope", "col", "rowspan", grouped and 2 or false }, column.title)
    end
    c = c + length
  end
  w.close("tr")
  if grouped then
    w.open("tr")
    for _, column in ipairs(columns) do
      if column.group then w.element("th", { "scope", "col" }, column.title) end
    end
    w.close("tr")
  end
  w.close("thead")
end

-- 칸의 글. 사업의 이름은 설명으로 가는 이음.
local function draw_cell_text(w, page, cell)
  local words = numbers.cell(cell)
  if cell.of and not cell.verdict and page.why[cell.of] then
    w.element("a", { "href", "#why-" .. cell.of, "data-why", true }, words)
  else
    w.text(words)
  end
  if cell.mark then w.element("span", { "class", "mark" }, cell.mark) end
end

local function draw_cell(w, page, block, cell, c)
  local head = c == 1 and cell.kind == "text"
  local class = cell.spaced and "spaced" or cell.kind == "number" and "right" or align_of(block, c)
  w.open(head and "th" or "td", {
    "scope", head and (cell.rows > 1 and "rowgroup" or "row"),
    "rowspan", cell.rows > 1 and cell.rows,
    "colspan", cell.columns > 1 and cell.columns,
    "class", class,
    "data-column", c - 1,
    "data-number", cell.kind == "number" and cell.text,
    "data-text", cell.kind == "text" and cell.mark and cell.text,
    "data-of", cell.of or false,
    "data-verdict", cell.verdict or false,
    "data-percent", cell.percent or false,
    "data-zero", cell.verdict and cell.zero or false,
  })
  draw_cell_text(w, page, cell)
  w.close(head and "th" or "td")
end

-- 합친 칸으로 이어진 행들이 한 묶음(tbody)이다: 정렬과 찾기는 사업을 쪼개지 않는다.
local function draw_body(w, page, block)
  local left = 0
  for _, row in ipairs(block.rows) do
    if left == 0 then w.open("tbody") end
    w.open("tr")
    for c = 1, #block.columns do
      local cell = row[c]
      if cell then
        left = math.max(left, cell.rows)
        draw_cell(w, page, block, cell, c)
      end
    end
    w.close("tr")
    left = left - 1
    if left == 0 then w.close("tbody") end
    w.line()
  end
end

-- 사업의 칸이 있는 표는 정렬하고 찾는다.
local function names_projects(block)
  for _, row in ipairs(block.rows) do
    if row[1] and row[1].of and not row[1].verdict and string.sub(row[1].of, 1, 1) == "p" then return true end
  end
  return false
end

local DRAW = {}

function DRAW.table(w, page, block)
  local caption = block.caption or page.heading .. " 표"
  page.tables = page.tables + 1
  w.open("section", { "class", "scroll", "tabindex", 0, "aria-label", caption .. " " .. page.tables })
  w.open("table", { "data-sort", names_projects(block) })
  w.element("caption", { "class", not block.caption and "hidden" }, caption)
  draw_head(w, block)
  draw_body(w, page, block)
  w.close("table")
  w.close("section")
  w.line()
end

-- ---- 글

function DRAW.paragraph(w, _, block)
  w.element("p", nil, block.text)
  w.line()
end

function DRAW.note(w, _, block)
  w.element("p", { "class", "note" }, "※ " .. block.text)
  w.line()
end

function DRAW.page_break(_, page)
  page.breaks = true
end

-- 목록: 단계만큼 ul을 연다.
local function to_level(w, page, level)
  while page.level > level do
    w.own("</li></ul>")
    page.level = page.level - 1
  end
  if page.level == level and level > 0 then w.own("</li><li>") end
  while page.level < level do
    w.own("<ul><li>")
    page.level = page.level + 1
  end
end

function DRAW.bullet(w, page, block)
  to_level(w, page, block.level)
  w.text(block.text)
  w.line()
end

-- ---- 그림

local SHAPES = {}

local function shared(item)
  return "class", item.class or false, "data-of", item.of or false, "data-verdict", item.verdict or false,
    "data-param", item.param or false
end

function SHAPES.rect(w, item)
  w.element("rect", { "x", item.x, "y", item.y, "width", item.w, "height", item.h, shared(item) })
end

function SHAPES.line(w, item)
  w.element("line", { "x1", item.x, "y1", item.y, "x2", item.x2, "y2", item.y2, shared(item) })
end

function SHAPES.dot(w, item)
  w.open("circle", { "cx", item.x, "cy", item.y, "r", item.r, shared(item) })
  if item.label then w.element("title", nil, item.label) end
  w.close("circle")
end

function SHAPES.text(w, item)
  w.element("text", { "x", item.x, "y", item.y, "text-anchor", item.anchor ~= "start" and item.anchor, shared(item) },
    item.text)
end

local LONG = 700 -- 이보다 높은 그림은 쪽을 넘어도 된다

-- 넓은 화면에서 나란히 놓을 조각들: 목표에 견준 막대는 반씩 둘로, 점의 띠는 행마다 하나. 눈금은 모두 같다.
local function halves(block)
  local pieces = { {}, {} }
  local half = (#block.rows + 1) // 2
  for part, piece in ipairs(pieces) do
    for name, value in pairs(block) do piece[name] = value end
    piece.rows = {}
    for r = part == 1 and 1 or half + 1, part == 1 and half or #block.rows do
      piece.rows[#piece.rows + 1] = block.rows[r]
    end
  end
  return { charts.layout(pieces[1]), charts.layout(pieces[2]) }
end

local function strips(block)
  local whole = charts.layout(block, 1)
  local pieces = {}
  for r = 1, #block.rows do
    pieces[r] = { width = whole.width, height = charts.STRIP, axis = whole.axis, items = {} }
  end
  for _, item in ipairs(whole.items) do
    local r = item.y // charts.STRIP
    item.y, item.y2 = item.y - r * charts.STRIP, item.y2 and item.y2 - r * charts.STRIP
    local items = pieces[math.tointeger(r) + 1].items
    items[#items + 1] = item
  end
  return pieces
end

local function pieces_of(block)
  if block.chart == "dots" and #block.rows > 1 then return strips(block) end
  if block.chart == "bullet" and #block.rows > 1 then return halves(block) end
  return { charts.layout(block) }
end

local function draw_svg(w, drawing, attributes)
  w.open("svg", { "viewBox", string.format("0 0 %d %d", math.ceil(drawing.width), math.ceil(drawing.height)),
    table.unpack(attributes) })
  w.line()
  for _, item in ipairs(drawing.items) do
    SHAPES[item.shape](w, item)
    w.line()
  end
  w.close("svg")
end

-- 조각이 여럿이면 모두가 그림 하나이다.
local function draw_pieces(w, block, pieces)
  local words = block.title .. (block.text and ": " .. block.text or "")
  if #pieces == 1 then return draw_svg(w, pieces[1], { "role", "img", "aria-label", words }) end
  w.open("div", { "class", "pieces", "role", "img", "aria-label", words })
  w.line()
  for _, piece in ipairs(pieces) do
    draw_svg(w, piece, { "aria-hidden", "true" })
    w.line()
  end
  w.close("div")
end

function DRAW.chart(w, page, block)
  local pieces = pieces_of(block)
  local axis, height = pieces[1].axis or {}, 0
  for _, piece in ipairs(pieces) do height = height + piece.height end
  if block.chart == "dots" then height = height // 3 end
  page.charts = page.charts + 1
  local id = "chart-" .. page.charts
  w.open("figure", { "class", height > LONG and "chart long" or "chart", "data-kind", block.chart,
    "data-at", axis.at or false, "data-per", axis.per and string.format("%.4f", axis.per),
    "data-low", axis.low or false, "data-high", axis.high or false })
  w.element("figcaption", { "id", id }, block.title)
  w.open("section", { "class", "scroll", "tabindex", 0, "aria-labelledby", id })
  draw_pieces(w, block, pieces)
  w.close("section")
  if block.text then w.element("p", { "class", "note" }, block.text) end
  w.close("figure")
  w.line()
end

-- 이어진 그림들은 넓은 화면에서 나란히 놓인다.
local function follow_charts(w, blocks, at)
  local function is_chart(i)
    return blocks[i] and blocks[i].kind == "chart"
  end
  if is_chart(at) and is_chart(at + 1) and not is_chart(at - 1) then w.own('<div class="charts">\n') end
  return is_chart(at) and is_chart(at - 1) and not is_chart(at + 1)
end

-- ---- 쪽

-- level보다 낮은 단계의 절을 닫는다.
local function close_sections(w, page, level)
  while #page.sections > 0 and page.sections[#page.sections] >= level do
    w.close("section")
    w.line()
    table.remove(page.sections)
  end
end

-- 아래에 다른 제목이 없는 절.
local function is_leaf(blocks, at)
  local follower = nil
  for i = at + 1, #blocks do
    if blocks[i].kind == "heading" then
      follower = blocks[i]
      break
    end
  end
  return not follower or follower.level <= blocks[at].level
end

local function draw_heading(w, page, blocks, at)
  local block = blocks[at]
  close_sections(w, page, block.level)
  local leaf = block.level > 1 and is_leaf(blocks, at)
  local class = page.breaks and (leaf and "part leaf" or "part") or leaf and "leaf"
  page.breaks = false
  w.open("section", { "class", class })
  page.sections[#page.sections + 1] = block.level
  w.element("h" .. #page.sections + 1, { "class", "level-" .. block.level }, block.text) -- 제목의 단계는 건너뛰지 않는다
  w.line()
  page.heading = block.text
end

local function draw_blocks(w, page, blocks)
  for at, block in ipairs(blocks) do
    if block.kind ~= "bullet" then to_level(w, page, 0) end
    local last = follow_charts(w, blocks, at)
    if block.kind == "heading" then
      draw_heading(w, page, blocks, at)
    else
      DRAW[block.kind](w, page, block)
    end
    if last then w.own("</div>\n") end
  end
  to_level(w, page, 0)
  close_sections(w, page, 1)
end

local function draw_start(w, title)
  w.own("<!DOCTYPE html>\n")
  w.open("html", { "lang", "ko" })
  w.open("head")
  w.line()
  w.empty("meta", { "charset", "utf-8" })
  w.empty("meta", { "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src " .. hash(style)
    .. "; script-src " .. hash(script) .. "; base-uri 'none'; form-action 'none'" })
  w.empty("meta", { "name", "viewport", "content", "width=device-width, initial-scale=1" })
  w.line()
  w.element("title", nil, title)
  w.own("<style>" .. style .. "</style>")
  w.line()
  w.close("head")
  w.open("body")
  w.line()
  w.own('<svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" '
    .. 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    .. '<rect class="hatch-paper" width="6" height="6"></rect>'
    .. '<line class="hatch-line" x1="0" y1="0" x2="0" y2="6"></line></pattern></defs></svg>\n')
end

-- 스크립트가 켜지기 전에는 보이지 않는 도구.
local TOOLS = [[
<section class="tools" id="whatif" hidden aria-label="만약에"><h2>만약에 : 기준을 바꾸면</h2>
<div class="row"><label for="param">숫자</label><select id="param"></select>
<label for="slider">값</label><input type="range" id="slider" min="0" max="0" step="1" value="0">
<output id="value" for="slider"></output><button type="button" id="reset">되돌리기</button></div>
<p id="summary" role="status"></p><ul id="changes"></ul>
<p class="note" id="basis" hidden></p>
<p class="note" id="inexact" hidden>※ 이 숫자는 달성률도 바꾸므로, 눈금 사이에서 바뀌었다 되돌아온 판정은 보이지 않을 수 있습니다.</p>
</section>
<p class="note" id="altered" hidden></p>
]]
local FINDING = [[
<section class="tools" id="finding" hidden aria-label="찾기"><div class="row"><label for="search">찾기</label>
<input type="search" id="search" placeholder="사업, 지표, 부서" autocomplete="off">
<label><input type="checkbox" id="only"> 표시된 사업만 (부진, 판정 없음)</label>
<span id="found" role="status"></span></div></section>
]]
local WINDOW = [[
<dialog id="window" aria-labelledby="window-title"><h2 id="window-title">판정 설명</h2><pre tabindex="0"></pre>
<button type="button">닫기</button></dialog>
]]

-- 사업마다의 판정 설명. 접혀 있고 인쇄하지 않는다.
local function draw_explanations(w, explanations)
  if not explanations or #explanations == 0 then return end
  w.open("section", { "class", "why" })
  w.element("h2", nil, "판정 설명")
  for _, one in ipairs(explanations) do
    w.open("details", { "id", "why-" .. one.of })
    w.element("summary", nil, one.name)
    w.open("pre")
    w.lines(one.text)
    w.close("pre")
    w.close("details")
    w.line()
  end
  w.close("section")
  w.line()
end

local function has_projects(blocks)
  for _, block in ipairs(blocks) do
    if block.kind == "table" and names_projects(block) then return true end
  end
  return false
end

local function draw(document)
  local w = markup.writer()
  local page = { sections = {}, level = 0, heading = document.title, charts = 0, tables = 0, why = {} }
  for _, one in ipairs(document.explanations or {}) do page.why[one.of] = true end
  draw_start(w, document.title)
  w.open("main")
  w.line()
  w.element("h1", nil, document.title)
  w.line()
  if document.whatif then w.own(TOOLS) end
  if has_projects(document.blocks) then w.own(FINDING) end
  draw_blocks(w, page, document.blocks)
  draw_explanations(w, document.explanations)
  w.close("main")
  w.line()
  if document.explanations then w.own(WINDOW) end
  if document.whatif then
    w.open("script", { "type", "application/json", "id", "data" })
    w.own(markup.json(document.whatif))
    w.close("script")
    w.line()
  end
  w.own("<script>" .. script .. "</script>\n</body></html>\n")
  return w.finish()
end

return {
  purpose = "HTML: 한 파일로 된 쪽, 그림과 만약에",
  wants = { "stacked", "histogram", "bullet", "dots", "slope", "whatif", "explain" },
  draw = draw,
}
