-- DOCX: Word 문서. XML 부분들의 글을 적고, 묶는 일(ZIP)은 엔진이 한다. 이름에 든 것은 글로만 남는다(markup).
local drawings = require("drawings")
local markup = require("markup")
local paper = require("paper")
local styles = require("docx_styles")

-- A4와 여백(1/20포인트): 사방 20 mm.
local PAGE = { width = 11906, height = 16838, side = 1134, edge = 567 }
local BODY = PAGE.width - 2 * PAGE.side
local UNIT, PADDING = 125, 240 -- 표의 글자 한 칸과 칸의 안쪽 여백
local WHOLE = 20               -- 행이 이보다 많지 않은 표는 쪽에 걸치지 않게 한다

-- ---- 문단

-- 문단을 연다. style에 더해 keep(다음 문단과 함께), align(정렬).
local function open_paragraph(w, page, style, keep, align)
  w.open("w:p")
  w.open("w:pPr")
  w.single("w:pStyle", { "w:val", style })
  if keep then w.single("w:keepNext") end
  if page.breaks then w.single("w:pageBreakBefore") end
  if align then w.single("w:jc", { "w:val", align }) end
  w.close("w:pPr")
  page.breaks = false
end

local function draw_run(w, words, look)
  w.open("w:r")
  if look == "mark" then
    w.own('<w:rPr><w:b/><w:color w:val="C00000"/></w:rPr><w:br/>') -- 줄의 끝에서 나뉘지 않게
  elseif look == "spaced" then
    w.own('<w:rPr><w:spacing w:val="110"/></w:rPr>')
  end
  w.element("w:t", { "xml:space", "preserve" }, words)
  w.close("w:r")
end

local function draw_paragraph(w, page, style, words)
  open_paragraph(w, page, style)
  draw_run(w, words)
  w.close("w:p")
end

-- ---- 표

local function span_width(widths, c, columns)
  local width = 0
  for i = c, c + columns - 1 do width = width + widths[i] end
  return width
end

-- 칸의 머리. merge: 세로로 합친 칸이면 "restart"(시작)나 "continue"(이어짐).
local function open_cell(w, width, columns, merge, fill)
  w.open("w:tc")
  w.open("w:tcPr")
  w.single("w:tcW", { "w:w", width, "w:type", "dxa" })
  if columns > 1 then w.single("w:gridSpan", { "w:val", columns }) end
  if merge then w.single("w:vMerge", { "w:val", merge }) end
  if fill then w.single("w:shd", { "w:val", "clear", "w:color", "auto", "w:fill", fill }) end
  w.single("w:vAlign", { "w:val", "center" })
  w.close("w:tcPr")
end

local function open_row(w, is_head)
  w.open("w:tr")
  w.open("w:trPr")
  w.single("w:cantSplit")
  if is_head then w.single("w:tblHeader") end
  w.close("w:trPr")
end

-- 위의 칸에 덮인 자리: 빈 칸으로 잇는다.
local function draw_covered(w, widths, c, span, keep)
  open_cell(w, span_width(widths, c, span.columns), span.columns, "continue", span.fill)
  open_paragraph(w, {}, "Cell", keep)
  w.close("w:p")
  w.close("w:tc")
end

-- 한 행. cells는 열마다 칸이나 false, draw는 칸을 그리는 함수. carried는 아래로 이어지는 칸.
local function draw_row(w, widths, cells, carried, keep, fill, draw)
  local c = 1
  while c <= #widths do
    local cell, span = cells[c], carried[c]
    if cell then
      span = { left = cell.rows, columns = cell.columns, fill = fill }
      carried[c] = span
      open_cell(w, span_width(widths, c, cell.columns), cell.columns, cell.rows > 1 and "restart", fill)
      draw(cell, c)
      w.close("w:tc")
    else
      draw_covered(w, widths, c, span, keep)
    end
    span.left = span.left - 1
    c = c + span.columns
  end
end

local function draw_head(w, columns, widths)
  local carried = {}
  for _, row in ipairs(paper.head(columns)) do
    local cells = {}
    for c = 1, #columns do cells[c] = false end
    for _, cell in ipairs(row) do cells[cell.column] = cell end
    open_row(w, true)
    draw_row(w, widths, cells, carried, true, "DFE6F7", function(cell)
      open_paragraph(w, {}, "CellHead")
      draw_run(w, cell.text)
      w.close("w:p")
    end)
    w.close("w:tr")
  end
end

local function draw_rows(w, block, widths)
  local carried = {}
  for r, row in ipairs(block.rows) do
    local keep = #block.rows <= WHOLE and r < #block.rows
    open_row(w, false)
    draw_row(w, widths, row, carried, keep, nil, function(cell, c)
      local words, mark = paper.cell(cell)
      open_paragraph(w, {}, "Cell", keep, paper.align(block, cell, c))
      draw_run(w, words, cell.spaced and "spaced" or nil)
      if mark then draw_run(w, string.sub(mark, 2), "mark") end
      w.close("w:p")
    end)
    w.close("w:tr")
  end
end

local DRAW = {}

function DRAW.table(w, page, block)
  local widths = page.widths[block]
  if block.caption then
    draw_paragraph(w, page, "Caption", block.caption)
  elseif page.breaks then
    draw_paragraph(w, page, "Gap", "")
  end
  w.open("w:tbl")
  w.open("w:tblPr")
  w.single("w:tblStyle", { "w:val", "Grid" })
  w.single("w:tblW", { "w:w", BODY, "w:type", "dxa" })
  w.single("w:tblLayout", { "w:type", "fixed" })
  w.close("w:tblPr")
  w.open("w:tblGrid")
  for _, width in ipairs(widths) do w.single("w:gridCol", { "w:w", width }) end
  w.close("w:tblGrid")
  draw_head(w, block.columns, widths)
  draw_rows(w, block, widths)
  w.close("w:tbl")
  draw_paragraph(w, page, "Gap", "") -- 표끼리 붙지 않게
end

-- ---- 그림

local DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
local POINT = 12700 -- 1포인트의 EMU
local FIRST = 3     -- 그림보다 먼저 오는 관계(styles, settings, footer)의 수

-- 글자처럼 놓이는 그림 하나.
local function draw_picture(w, page, picture, keep)
  local id = tonumber(string.match(picture.name, "%d+"))
  local size = { "cx", math.floor(picture.width * POINT), "cy", math.floor(picture.height * POINT) }
  open_paragraph(w, page, "Figure", keep)
  w.open("w:r")
  w.open("w:drawing")
  w.open("wp:inline", { "distT", 0, "distB", 0, "distL", 0, "distR", 0 })
  w.single("wp:extent", size)
  w.single("wp:docPr", { "id", id, "name", picture.name, "descr", picture.words })
  w.open("wp:cNvGraphicFramePr")
  w.single("a:graphicFrameLocks", { "noChangeAspect", 1 })
  w.close("wp:cNvGraphicFramePr")
  w.open("a:graphic")
  w.open("a:graphicData", { "uri", DRAWING .. "picture" })
  w.open("pic:pic")
  w.open("pic:nvPicPr")
  w.single("pic:cNvPr", { "id", id, "name", picture.name .. ".png", "descr", picture.words })
  w.single("pic:cNvPicPr")
  w.close("pic:nvPicPr")
  w.open("pic:blipFill")
  w.single("a:blip", { "r:embed", "rId" .. FIRST + id })
  w.own("<a:stretch><a:fillRect/></a:stretch>")
  w.close("pic:blipFill")
  w.open("pic:spPr")
  w.open("a:xfrm")
  w.single("a:off", { "x", 0, "y", 0 })
  w.single("a:ext", size)
  w.close("a:xfrm")
  w.own('<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>')
  for _, name in ipairs({ "pic:spPr", "pic:pic", "a:graphicData", "a:graphic", "wp:inline", "w:drawing" }) do
    w.close(name)
  end
  w.close("w:r")
  w.close("w:p")
end

function DRAW.chart(w, page, block)
  local placed = page.pictures.add(block)
  draw_paragraph(w, page, "FigureTitle", block.title)
  for i, picture in ipairs(placed) do draw_picture(w, page, picture, i < #placed or block.text) end
  if block.text then draw_paragraph(w, page, "Note", "※ " .. block.text) end
end

-- ---- 글

function DRAW.heading(w, page, block, depth)
  draw_paragraph(w, page, "Heading" .. math.min(depth, 3), paper.mark(depth) .. block.text)
end

function DRAW.paragraph(w, page, block)
  draw_paragraph(w, page, "Normal", block.text)
end

function DRAW.note(w, page, block)
  draw_paragraph(w, page, "Note", "※ " .. block.text)
end

function DRAW.bullet(w, page, block, depth)
  draw_paragraph(w, page, "Item" .. math.min(depth, 6), paper.mark(depth) .. block.text)
end

function DRAW.page_break(_, page)
  page.breaks = true
end

-- ---- 부분

local OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
local PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
local WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

local function document_text(document, pictures)
  local w = markup.writer()
  local page = { widths = paper.widths(document.blocks, BODY, UNIT, PADDING), pictures = pictures }
  local depths = paper.depths(document.blocks)
  w.own(styles.declaration)
  w.open("w:document", { "xmlns:w", styles.space, "xmlns:r", OFFICE, "xmlns:a", DRAWING .. "main", "xmlns:pic",
    DRAWING .. "picture", "xmlns:wp", DRAWING .. "wordprocessingDrawing" })
  w.open("w:body")
  draw_paragraph(w, page, "Title", document.title)
  for at, block in ipairs(document.blocks) do DRAW[block.kind](w, page, block, depths[at]) end
  w.open("w:sectPr")
  w.single("w:footerReference", { "w:type", "default", "r:id", "rId3" })
  w.single("w:pgSz", { "w:w", PAGE.width, "w:h", PAGE.height })
  w.single("w:pgMar", { "w:top", PAGE.side, "w:right", PAGE.side, "w:bottom", PAGE.side, "w:left", PAGE.side,
    "w:header", PAGE.edge, "w:footer", PAGE.edge, "w:gutter", 0 })
  w.close("w:sectPr")
  w.close("w:body")
  w.close("w:document")
  return w.finish()
end

-- 쪽 번호: - 5 -
local FOOTER = styles.declaration .. '<w:ftr xmlns:w="' .. styles.space
  .. '"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">- </w:t></w:r>'
  .. '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
  .. '<w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p></w:ftr>'

local SETTINGS = styles.declaration .. '<w:settings xmlns:w="' .. styles.space .. '"><w:compat><w:compatSetting '
  .. 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'

local TYPES = {
  { "/word/document.xml", WORD .. "document.main+xml" }, { "/word/styles.xml", WORD .. "styles+xml" },
  { "/word/settings.xml", WORD .. "settings+xml" }, { "/word/footer1.xml", WORD .. "footer+xml" },
  { "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml" },
}

local function types_text(has_pictures)
  local w = markup.writer()
  w.own(styles.declaration)
  w.open("Types", { "xmlns", PACKAGE .. "content-types" })
  w.single("Default", { "Extension", "rels", "ContentType",
    "application/vnd.openxmlformats-package.relationships+xml" })
  w.single("Default", { "Extension", "xml", "ContentType", "application/xml" })
  if has_pictures then w.single("Default", { "Extension", "png", "ContentType", "image/png" }) end
  for _, entry in ipairs(TYPES) do w.single("Override", { "PartName", entry[1], "ContentType", entry[2] }) end
  w.close("Types")
  return w.finish()
end

local function relations_text(targets)
  local w = markup.writer()
  w.own(styles.declaration)
  w.open("Relationships", { "xmlns", PACKAGE .. "relationships" })
  for i, entry in ipairs(targets) do
    w.single("Relationship", { "Id", "rId" .. i, "Type", entry[1], "Target", entry[2] })
  end
  w.close("Relationships")
  return w.finish()
end

local function core_text(title)
  local w = markup.writer()
  w.own(styles.declaration)
  w.open("cp:coreProperties", { "xmlns:cp", PACKAGE .. "metadata/core-properties", "xmlns:dc",
    "http://purl.org/dc/elements/1.1/" })
  w.element("dc:title", nil, title)
  w.element("dc:language", nil, "ko-KR")
  w.close("cp:coreProperties")
  return w.finish()
end

local HEIGHT = (PAGE.height - 2 * PAGE.side) / 20 -- 본문의 높이(포인트)

local function draw(document)
  local pictures = drawings.pictures("word/media/", HEIGHT - 90)
  local body = document_text(document, pictures)
  local targets = { { OFFICE .. "/styles", "styles.xml" }, { OFFICE .. "/settings", "settings.xml" },
    { OFFICE .. "/footer", "footer1.xml" } }
  for _, part in ipairs(pictures.parts) do
    targets[#targets + 1] = { OFFICE .. "/image", string.match(part.name, "^word/(.*)$") }
  end
  return pictures.pack({
    { name = "[Content_Types].xml", text = types_text(#pictures.parts > 0) },
    { name = "_rels/.rels", text = relations_text({ { OFFICE .. "/officeDocument", "word/document.xml" },
      { PACKAGE .. "relationships/metadata/core-properties", "docProps/core.xml" } }) },
    { name = "docProps/core.xml", text = core_text(document.title) },
    { name = "word/document.xml", text = body },
    { name = "word/_rels/document.xml.rels", text = relations_text(targets) },
    { name = "word/styles.xml", text = styles.text() },
    { name = "word/settings.xml", text = SETTINGS },
    { name = "word/footer1.xml", text = FOOTER },
  })
end

return { purpose = "DOCX: Word 문서", draw = draw, wants = { "pictures", table.unpack(drawings.wants) } }
