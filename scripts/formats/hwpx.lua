-- HWPX: 한글 공문서. XML 부분들의 글을 적고, 묶는 일(ZIP)은 엔진이 한다. 이름에 든 것은 글로만 남는다(markup).
local drawings = require("drawings")
local head = require("hwpx_head")
local markup = require("markup")
local pages = require("hwpx_pages")
local paper = require("paper")

local borders, chars, paragraphs = head.borders, head.chars, head.paragraphs

-- A4와 여백(HWPUNIT): 왼쪽과 오른쪽 20 mm, 위와 아래 15 mm, 머리말과 꼬리말 10 mm.
local PAGE = { width = 59528, height = 84186, side = 5669, top = 4252, edge = 2835 }
local BODY = PAGE.width - 2 * PAGE.side
local HEIGHT = PAGE.height - 2 * (PAGE.top + PAGE.edge)
local CELL = { side = 400, top = 250 } -- 칸의 안쪽 여백
local LINE = pages.row_height(1, CELL)

-- ---- 문단

local function open_paragraph(w, page, shape)
  w.open("hp:p", { "id", 0, "paraPrIDRef", paragraphs[shape], "styleIDRef", 0, "pageBreak", page.breaks and 1 or 0,
    "columnBreak", 0, "merged", 0 })
  page.breaks = false
end

local function draw_run(w, char, words)
  w.open("hp:run", { "charPrIDRef", chars[char] })
  w.element("hp:t", nil, words)
  w.close("hp:run")
end

local function draw_paragraph(w, page, shape, char, words)
  open_paragraph(w, page, shape)
  draw_run(w, char, words)
  w.close("hp:p")
end

-- ---- 표

-- 칸 하나. place: 놓이는 자리와 크기, runs: { 글자 모양, 글 }의 목록.
local function draw_cell(w, place, border, shape, runs)
  w.open("hp:tc", { "name", "", "header", place.head and 1 or 0, "hasMargin", 0, "protect", 0, "editable", 0,
    "dirty", 0, "borderFillIDRef", borders[border] })
  w.open("hp:subList", { "id", "", "textDirection", "HORIZONTAL", "lineWrap", "BREAK", "vertAlign", "CENTER",
    "linkListIDRef", 0, "linkListNextIDRef", 0, "textWidth", 0, "textHeight", 0, "hasTextRef", 0, "hasNumRef", 0 })
  open_paragraph(w, {}, shape)
  for _, run in ipairs(runs) do draw_run(w, run[1], run[2]) end
  w.close("hp:p")
  w.close("hp:subList")
  w.single("hp:cellAddr", { "colAddr", place.column - 1, "rowAddr", place.row - 1 })
  w.single("hp:cellSpan", { "colSpan", place.columns, "rowSpan", place.rows })
  w.single("hp:cellSz", { "width", place.width, "height", LINE * place.rows })
  w.single("hp:cellMargin", { "left", CELL.side, "right", CELL.side, "top", CELL.top, "bottom", CELL.top })
  w.close("hp:tc")
end

local function span_width(widths, c, columns)
  local width = 0
  for i = c, c + columns - 1 do width = width + widths[i] end
  return width
end

local function place_of(widths, row, column, cell)
  return { row = row, column = column, rows = cell.rows, columns = cell.columns,
    width = span_width(widths, column, cell.columns) }
end

local function draw_head(w, rows, widths)
  for r, row in ipairs(rows) do
    w.open("hp:tr")
    for _, cell in ipairs(row) do
      local place = place_of(widths, r, cell.column, cell)
      place.head = true
      draw_cell(w, place, "head", "center", { { "head", cell.text } })
    end
    w.close("hp:tr")
  end
end

local function draw_row(w, block, widths, row, at)
  w.open("hp:tr")
  for c = 1, #block.columns do
    local cell = row[c]
    if cell then
      local words, mark = paper.cell(cell)
      local runs = { { cell.spaced and "spaced" or "cell", words } }
      if mark then runs[2] = { "mark", mark } end
      draw_cell(w, place_of(widths, at, c, cell), "cell", paper.align(block, cell, c), runs)
    end
  end
  w.close("hp:tr")
end

local function open_table(w, page, rows, columns)
  page.objects = page.objects + 1
  w.open("hp:tbl", { "id", page.objects, "zOrder", page.objects - 1, "numberingType", "TABLE", "textWrap",
    "TOP_AND_BOTTOM", "textFlow", "BOTH_SIDES", "lock", 0, "dropcapstyle", "None", "pageBreak", "CELL",
    "repeatHeader", 1, "rowCnt", rows, "colCnt", columns, "cellSpacing", 0, "borderFillIDRef", borders.cell,
    "noAdjust", 0 })
  w.single("hp:sz", { "width", BODY, "widthRelTo", "ABSOLUTE", "height", LINE * rows, "heightRelTo", "ABSOLUTE",
    "protect", 0 })
  w.single("hp:pos", { "treatAsChar", 0, "affectLSpacing", 0, "flowWithText", 1, "allowOverlap", 0,
    "holdAnchorAndSO", 0, "vertRelTo", "PARA", "horzRelTo", "COLUMN", "vertAlign", "TOP", "horzAlign",
    "LEFT", "vertOffset", 0, "horzOffset", 0 })
  w.single("hp:outMargin", { "left", 0, "right", 0, "top", 141, "bottom", 283 })
  w.single("hp:inMargin", { "left", CELL.side, "right", CELL.side, "top", CELL.top, "bottom", CELL.top })
end

local DRAW = {}

function DRAW.table(w, page, block)
  local top, widths = paper.head(block.columns), page.widths[block]
  if block.caption then draw_paragraph(w, page, "caption", "caption", block.caption) end
  open_paragraph(w, page, "anchor")
  w.open("hp:run", { "charPrIDRef", chars.anchor })
  open_table(w, page, #top + #block.rows, #block.columns)
  draw_head(w, top, widths)
  for r, row in ipairs(block.rows) do draw_row(w, block, widths, row, #top + r) end
  w.close("hp:tbl")
  w.single("hp:t")
  w.close("hp:run")
  w.close("hp:p")
end

-- ---- 그림

-- 글자처럼 놓이는 그림 하나. 크기는 HWPUNIT: 1포인트는 100, 화면의 점 하나(96 dpi)는 75.
local function draw_picture(w, page, shape, picture)
  local width, height = math.floor(picture.width * 100), math.floor(picture.height * 100)
  local across, down = picture.across * 75, picture.down * 75
  page.objects = page.objects + 1
  open_paragraph(w, page, shape)
  w.open("hp:run", { "charPrIDRef", chars.anchor })
  w.open("hp:pic", { "id", page.objects, "zOrder", page.objects - 1, "numberingType", "PICTURE", "textWrap",
    "TOP_AND_BOTTOM", "textFlow", "BOTH_SIDES", "lock", 0, "dropcapstyle", "None", "href", "", "groupLevel", 0,
    "instid", page.objects, "reverse", 0 })
  w.single("hp:offset", { "x", 0, "y", 0 })
  w.single("hp:orgSz", { "width", width, "height", height })
  w.single("hp:curSz", { "width", width, "height", height })
  w.single("hp:flip", { "horizontal", 0, "vertical", 0 })
  w.single("hp:rotationInfo", { "angle", 0, "centerX", width // 2, "centerY", height // 2, "rotateimage", 1 })
  w.open("hp:renderingInfo")
  for _, name in ipairs({ "hc:transMatrix", "hc:scaMatrix", "hc:rotMatrix" }) do
    w.single(name, { "e1", 1, "e2", 0, "e3", 0, "e4", 0, "e5", 1, "e6", 0 })
  end
  w.close("hp:renderingInfo")
  w.single("hc:img", { "binaryItemIDRef", picture.name, "bright", 0, "contrast", 0, "effect", "REAL_PIC", "alpha", 0 })
  w.open("hp:imgRect")
  for i, point in ipairs({ { 0, 0 }, { width, 0 }, { width, height }, { 0, height } }) do
    w.single("hc:pt" .. i - 1, { "x", point[1], "y", point[2] })
  end
  w.close("hp:imgRect")
  w.single("hp:imgClip", { "left", 0, "right", across, "top", 0, "bottom", down })
  w.single("hp:inMargin", { "left", 0, "right", 0, "top", 0, "bottom", 0 })
  w.single("hp:imgDim", { "dimwidth", across, "dimheight", down })
  w.single("hp:effects")
  w.single("hp:sz", { "width", width, "widthRelTo", "ABSOLUTE", "height", height, "heightRelTo", "ABSOLUTE",
    "protect", 0 })
  w.single("hp:pos", { "treatAsChar", 1, "affectLSpacing", 0, "flowWithText", 1, "allowOverlap", 0,
    "holdAnchorAndSO", 0, "vertRelTo", "PARA", "horzRelTo", "COLUMN", "vertAlign", "TOP", "horzAlign", "LEFT",
    "vertOffset", 0, "horzOffset", 0 })
  w.single("hp:outMargin", { "left", 0, "right", 0, "top", 0, "bottom", 0 })
  w.element("hp:shapeComment", nil, picture.words)
  w.close("hp:pic")
  w.single("hp:t")
  w.close("hp:run")
  w.close("hp:p")
end

function DRAW.chart(w, page, block)
  local placed = page.placed[block]
  draw_paragraph(w, page, "picture", "caption", block.title)
  for i, picture in ipairs(placed) do
    local last = i == #placed and not block.text
    draw_picture(w, page, last and "drawn last" or "drawn", picture)
  end
  if block.text then draw_paragraph(w, page, "note", "note", "※ " .. block.text) end
end

-- ---- 글

function DRAW.heading(w, page, block, depth)
  local shape = "depth" .. math.min(depth, 3)
  draw_paragraph(w, page, shape, shape, paper.mark(depth) .. block.text)
end

function DRAW.paragraph(w, page, block)
  draw_paragraph(w, page, "body", "body", block.text)
end

function DRAW.note(w, page, block)
  draw_paragraph(w, page, "note", "note", "※ " .. block.text)
end

function DRAW.bullet(w, page, block, depth)
  draw_paragraph(w, page, "depth" .. math.min(depth, 6), "depth" .. math.min(depth, 5), paper.mark(depth) .. block.text)
end

function DRAW.page_break(_, page)
  page.breaks = true
end

-- ---- 구역

local function draw_foot_notes(w, name, place)
  w.open(name)
  w.single("hp:autoNumFormat", { "type", "DIGIT", "userChar", "", "prefixChar", "", "suffixChar", ")", "supscript", 0 })
  w.single("hp:noteLine", { "length", -1, "type", "SOLID", "width", "0.12 mm", "color", "#000000" })
  w.single("hp:noteSpacing", { "betweenNotes", 283, "belowLine", 567, "aboveLine", 850 })
  w.single("hp:numbering", { "type", "CONTINUOUS", "newNum", 1 })
  w.single("hp:placement", { "place", place, "beneathText", 0 })
  w.close(name)
end

local function draw_page_borders(w)
  for _, kind in ipairs({ "BOTH", "EVEN", "ODD" }) do
    w.open("hp:pageBorderFill", { "type", kind, "borderFillIDRef", borders.none, "textBorder", "PAPER",
      "headerInside", 0, "footerInside", 0, "fillArea", "PAPER" })
    w.single("hp:offset", { "left", 1417, "right", 1417, "top", 1417, "bottom", 1417 })
    w.close("hp:pageBorderFill")
  end
end

local function draw_section(w)
  w.open("hp:secPr", { "id", "", "textDirection", "HORIZONTAL", "spaceColumns", 1134, "tabStop", 8000,
    "tabStopVal", 4000, "tabStopUnit", "HWPUNIT", "outlineShapeIDRef", 0, "memoShapeIDRef", 0,
    "textVerticalWidthHead", 0, "masterPageCnt", 0 })
  w.single("hp:grid", { "lineGrid", 0, "charGrid", 0, "wonggojiFormat", 0 })
  w.single("hp:startNum", { "pageStartsOn", "BOTH", "page", 0, "pic", 0, "tbl", 0, "equation", 0 })
  w.single("hp:visibility", { "hideFirstHeader", 0, "hideFirstFooter", 0, "hideFirstMasterPage", 0, "border",
    "SHOW_ALL", "fill", "SHOW_ALL", "hideFirstPageNum", 0, "hideFirstEmptyLine", 0, "showLineNumber", 0 })
  w.single("hp:lineNumberShape", { "restartType", 0, "countBy", 0, "distance", 0, "startNumber", 0 })
  w.open("hp:pagePr", { "landscape", "WIDELY", "width", PAGE.width, "height", PAGE.height, "gutterType", "LEFT_ONLY" })
  w.single("hp:margin", { "header", PAGE.edge, "footer", PAGE.edge, "gutter", 0, "left", PAGE.side, "right", PAGE.side,
    "top", PAGE.top, "bottom", PAGE.top })
  w.close("hp:pagePr")
  draw_foot_notes(w, "hp:footNotePr", "EACH_COLUMN")
  draw_foot_notes(w, "hp:endNotePr", "END_OF_DOCUMENT")
  draw_page_borders(w)
  w.close("hp:secPr")
  w.open("hp:ctrl")
  w.single("hp:colPr", { "id", "", "type", "NEWSPAPER", "layout", "LEFT", "colCount", 1, "sameSz", 1, "sameGap", 0 })
  w.close("hp:ctrl")
end

-- 첫 문단: 구역의 모양, 쪽 번호(- 5 -), 문서의 제목.
local function draw_title(w, page, title)
  open_paragraph(w, page, "title")
  w.open("hp:run", { "charPrIDRef", chars.title })
  draw_section(w)
  w.close("hp:run")
  w.open("hp:run", { "charPrIDRef", chars.title })
  w.open("hp:ctrl")
  w.single("hp:pageNum", { "pos", "BOTTOM_CENTER", "formatType", "DIGIT", "sideChar", "-" })
  w.close("hp:ctrl")
  w.close("hp:run")
  draw_run(w, "title", title)
  w.close("hp:p")
end

local function section_text(document, placed)
  local w = markup.writer()
  local unit = head.size("cell") // 2
  local blocks, depths = document.blocks, paper.depths(document.blocks)
  local page = { objects = 0, placed = placed, widths = paper.widths(blocks, BODY, unit, 2 * CELL.side + 200) }
  local breaks = pages.breaks(blocks, depths, page.widths, { width = BODY, height = HEIGHT, cell = CELL,
    placed = placed })
  w.own(head.declaration)
  w.open("hs:sec", head.root())
  draw_title(w, page, document.title)
  for at, block in ipairs(blocks) do
    page.breaks = page.breaks or breaks[at]
    DRAW[block.kind](w, page, block, depths[at])
  end
  w.close("hs:sec")
  return w.finish()
end

-- ---- 다른 부분

local CONTAINER = head.declaration
  .. '<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container" '
  .. 'xmlns:hpf="http://www.hancom.co.kr/schema/2011/hpf"><ocf:rootfiles>'
  .. '<ocf:rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>'
  .. '<ocf:rootfile full-path="Preview/PrvText.txt" media-type="text/plain"/></ocf:rootfiles></ocf:container>'

local MANIFEST = head.declaration .. '<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

-- tagetApplication은 한글이 쓰는 철자 그대로이다.
local VERSION = head.declaration
  .. '<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version" tagetApplication="WORDPROCESSOR" major="5" '
  .. 'minor="1" micro="0" buildNumber="1" os="1" xmlVersion="1.2" application="perfeval" appVersion="0, 1, 0, 0"/>'

local SETTINGS = head.declaration
  .. '<ha:HWPApplicationSetting xmlns:ha="http://www.hancom.co.kr/hwpml/2011/app" '
  .. 'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">'
  .. '<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>'

local ITEMS = {
  { "header", "Contents/header.xml" }, { "section0", "Contents/section0.xml" }, { "settings", "settings.xml" },
}

local function content_text(title, pictures)
  local w = markup.writer()
  w.own(head.declaration)
  w.open("opf:package", head.root({ "version", "", "unique-identifier", "", "id", "" }))
  w.open("opf:metadata")
  w.element("opf:title", nil, title)
  w.element("opf:language", nil, "ko")
  w.close("opf:metadata")
  w.open("opf:manifest")
  for _, item in ipairs(ITEMS) do
    w.single("opf:item", { "id", item[1], "href", item[2], "media-type", "application/xml" })
  end
  for _, part in ipairs(pictures.parts) do
    w.single("opf:item", { "id", string.match(part.name, "(%w+)%.png$"), "href", part.name, "media-type", "image/png",
      "isEmbeded", 1 })
  end
  w.close("opf:manifest")
  w.open("opf:spine")
  w.single("opf:itemref", { "idref", "header", "linear", "yes" })
  w.single("opf:itemref", { "idref", "section0", "linear", "yes" })
  w.close("opf:spine")
  w.close("opf:package")
  return w.finish()
end

local PREVIEW = 20 -- 미리 보기에 넣는 글의 수

local function preview_text(document)
  local lines = { text.visible(document.title) }
  for _, block in ipairs(document.blocks) do
    if block.text and #lines < PREVIEW then lines[#lines + 1] = text.visible(block.text) end
  end
  return table.concat(lines, "\r\n") .. "\r\n"
end

-- 차트마다 그린 그림들. 그림의 제목과 설명이 함께 들 만한 높이까지.
local function place_pictures(document, pictures)
  local placed = {}
  for _, block in ipairs(document.blocks) do
    if block.kind == "chart" then placed[block] = pictures.add(block) end
  end
  return placed
end

local function draw(document)
  local pictures = drawings.pictures("BinData/", HEIGHT / 100 - 80)
  local placed = place_pictures(document, pictures)
  return pictures.pack({
    { name = "mimetype", text = "application/hwp+zip", stored = true },
    { name = "version.xml", text = VERSION, stored = true },
    { name = "Contents/header.xml", text = head.text() },
    { name = "Contents/section0.xml", text = section_text(document, placed) },
    { name = "Preview/PrvText.txt", text = preview_text(document) },
    { name = "settings.xml", text = SETTINGS },
    { name = "META-INF/container.xml", text = CONTAINER },
    { name = "Contents/content.hpf", text = content_text(document.title, pictures) },
    { name = "META-INF/manifest.xml", text = MANIFEST },
  })
end

local wants = { "pictures", table.unpack(drawings.wants) }

return { purpose = "HWPX: 한글 공문서", draw = draw, wants = wants }
