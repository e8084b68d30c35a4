-- HWPX의 모양: 글꼴, 테두리, 글자 모양, 문단 모양. 한글이 쓰는 차례와 요소만 쓴다.
-- 길이의 단위는 1/7200인치(HWPUNIT), 글자 크기는 1000이 10포인트이다.
local markup = require("markup")

local head = {}

local SPACES = {
  ha = "http://www.hancom.co.kr/hwpml/2011/app", hp = "http://www.hancom.co.kr/hwpml/2011/paragraph",
  hp10 = "http://www.hancom.co.kr/hwpml/2016/paragraph", hs = "http://www.hancom.co.kr/hwpml/2011/section",
  hc = "http://www.hancom.co.kr/hwpml/2011/core", hh = "http://www.hancom.co.kr/hwpml/2011/head",
  hhs = "http://www.hancom.co.kr/hwpml/2011/history", hm = "http://www.hancom.co.kr/hwpml/2011/master-page",
  hpf = "http://www.hancom.co.kr/schema/2011/hpf", dc = "http://purl.org/dc/elements/1.1/",
  opf = "http://www.idpf.org/2007/opf/", ooxmlchart = "http://www.hancom.co.kr/hwpml/2016/ooxmlchart",
  hwpunitchar = "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar", epub = "http://www.idpf.org/2007/ops",
  config = "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}
local ORDER = { "ha", "hp", "hp10", "hs", "hc", "hh", "hhs", "hm", "hpf", "dc", "opf", "ooxmlchart", "hwpunitchar",
  "epub", "config" }

-- 뿌리 요소의 이름 공간과 그 뒤의 속성.
function head.root(attributes)
  local list = {}
  for _, name in ipairs(ORDER) do
    list[#list + 1] = "xmlns:" .. name
    list[#list + 1] = SPACES[name]
  end
  for _, value in ipairs(attributes or {}) do list[#list + 1] = value end
  return list
end

local FONTS = { "함초롬바탕", "함초롬돋움" }
local LANGUAGES = { "HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER" }
local SCRIPTS = { "hangul", "latin", "hanja", "japanese", "other", "symbol", "user" }

-- 테두리와 배경. line이 있으면 네 변, under가 있으면 아래만.
local BORDERS = {
  { name = "none" }, { name = "cell", line = "0.12 mm" }, { name = "head", line = "0.12 mm", fill = "#DFE6F7" },
  { name = "under", under = "0.4 mm" }, { name = "title", under = "0.7 mm" },
}

-- 글자 모양. font 0은 바탕, 1은 돋움. apart는 자간(%).
local CHARS = {
  { name = "body", size = 1300 }, { name = "title", size = 2000, font = 1, bold = true },
  { name = "depth1", size = 1600, font = 1, bold = true }, { name = "depth2", size = 1500, font = 1, bold = true },
  { name = "depth3", size = 1300, bold = true }, { name = "depth4", size = 1300 }, { name = "depth5", size = 1200 },
  { name = "note", size = 1100, font = 1 }, { name = "caption", size = 1200, font = 1, bold = true },
  { name = "cell", size = 1200 }, { name = "spaced", size = 1200, apart = 50 },
  { name = "head", size = 1200, font = 1, bold = true },
  { name = "mark", size = 1200, font = 1, bold = true, color = "#C00000" }, { name = "anchor", size = 400 },
}

-- 문단 모양. 어절을 지켜 나누므로 왼쪽으로 맞춘다: 양쪽으로 맞추면 낱말 사이가 벌어진다. left는 왼쪽 여백, hang은 둘째
-- 줄부터 더 들이는 만큼, before와 after는 위아래 간격.
local PARAGRAPHS = {
  { name = "body", after = 400 },
  { name = "title", align = "CENTER", after = 1600, border = "title" },
  { name = "depth1", before = 1200, after = 700, border = "under", keep = true },
  { name = "depth2", before = 1000, after = 400, keep = true },
  { name = "depth3", left = 500, hang = 1950, before = 300, after = 100, keep = true },
  { name = "depth4", left = 1500, hang = 1150 },
  { name = "depth5", left = 2700, hang = 1500 },
  { name = "depth6", left = 3900, hang = 1500 },
  { name = "note", left = 300, hang = 1700, spacing = 140, before = 200 },
  { name = "caption", align = "CENTER", before = 300, after = 200, keep = true },
  { name = "left", spacing = 130 }, { name = "right", align = "RIGHT", spacing = 130 },
  { name = "center", align = "CENTER", spacing = 130 },
  { name = "anchor", spacing = 100 },
  { name = "picture", align = "CENTER", before = 600, after = 200, keep = true },
  { name = "drawn", align = "CENTER", spacing = 100, keep = true },
  { name = "drawn last", align = "CENTER", spacing = 100, after = 300 },
}

local function numbered(list, first)
  local ids = {}
  for i, entry in ipairs(list) do ids[entry.name] = i - 1 + first end
  return ids
end

-- 이름에서 번호로.
head.borders, head.chars, head.paragraphs = numbered(BORDERS, 1), numbered(CHARS, 0), numbered(PARAGRAPHS, 0)

-- 글자의 크기.
function head.size(name)
  return CHARS[head.chars[name] + 1].size
end

-- 문단의 위아래 간격, 왼쪽 여백, 줄 간격(%).
function head.spaces(name)
  local paragraph = PARAGRAPHS[head.paragraphs[name] + 1]
  local left = (paragraph.left or 0) + (paragraph.hang or 0)
  return (paragraph.before or 0) + (paragraph.after or 0), left, paragraph.spacing or 160
end

local function same(w, name, value)
  local attributes = {}
  for _, language in ipairs(SCRIPTS) do
    attributes[#attributes + 1] = language
    attributes[#attributes + 1] = value
  end
  w.single(name, attributes)
end

local function draw_fonts(w)
  w.open("hh:fontfaces", { "itemCnt", #LANGUAGES })
  for _, language in ipairs(LANGUAGES) do
    w.open("hh:fontface", { "lang", language, "fontCnt", #FONTS })
    for i, face in ipairs(FONTS) do
      w.single("hh:font", { "id", i - 1, "face", face, "type", "TTF", "isEmbedded", 0 })
    end
    w.close("hh:fontface")
  end
  w.close("hh:fontfaces")
end

local function draw_edge(w, name, width)
  w.single("hh:" .. name, { "type", width and "SOLID" or "NONE", "width", width or "0.1 mm", "color", "#000000" })
end

local function draw_borders(w)
  w.open("hh:borderFills", { "itemCnt", #BORDERS })
  for i, border in ipairs(BORDERS) do
    w.open("hh:borderFill", { "id", i, "threeD", 0, "shadow", 0, "centerLine", "NONE", "breakCellSeparateLine", 0 })
    w.single("hh:slash", { "type", "NONE", "Crooked", 0, "isCounter", 0 })
    w.single("hh:backSlash", { "type", "NONE", "Crooked", 0, "isCounter", 0 })
    draw_edge(w, "leftBorder", border.line)
    draw_edge(w, "rightBorder", border.line)
    draw_edge(w, "topBorder", border.line)
    draw_edge(w, "bottomBorder", border.line or border.under)
    draw_edge(w, "diagonal", "0.1 mm")
    if border.fill then
      w.open("hc:fillBrush")
      w.single("hc:winBrush", { "faceColor", border.fill, "hatchColor", "#999999", "alpha", 0 })
      w.close("hc:fillBrush")
    end
    w.close("hh:borderFill")
  end
  w.close("hh:borderFills")
end

local function draw_chars(w)
  w.open("hh:charProperties", { "itemCnt", #CHARS })
  for i, char in ipairs(CHARS) do
    w.open("hh:charPr", { "id", i - 1, "height", char.size, "textColor", char.color or "#000000", "shadeColor", "none",
      "useFontSpace", 0, "useKerning", 0, "symMark", "NONE", "borderFillIDRef", head.borders.none })
    same(w, "hh:fontRef", char.font or 0)
    same(w, "hh:ratio", 100)
    same(w, "hh:spacing", char.apart or 0)
    same(w, "hh:relSz", 100)
    same(w, "hh:offset", 0)
    if char.bold then w.single("hh:bold") end
    w.single("hh:underline", { "type", "NONE", "shape", "SOLID", "color", "#000000" })
    w.single("hh:strikeout", { "shape", "NONE", "color", "#000000" })
    w.single("hh:outline", { "type", "NONE" })
    w.single("hh:shadow", { "type", "NONE", "color", "#C0C0C0", "offsetX", 10, "offsetY", 10 })
    w.close("hh:charPr")
  end
  w.close("hh:charProperties")
end

-- 여백과 줄 간격. 옛 한글은 여백을 두 배로 읽으므로 hp:default에는 두 배를 적는다.
local function draw_margin(w, paragraph, times)
  w.open("hh:margin")
  for _, entry in ipairs({ { "intent", -(paragraph.hang or 0) }, { "left", paragraph.left or 0 }, { "right", 0 },
    { "prev", paragraph.before or 0 }, { "next", paragraph.after or 0 } }) do
    w.single("hc:" .. entry[1], { "value", entry[2] * times, "unit", "HWPUNIT" })
  end
  w.close("hh:margin")
  w.single("hh:lineSpacing", { "type", "PERCENT", "value", paragraph.spacing or 160, "unit", "HWPUNIT" })
end

local function draw_paragraph(w, id, paragraph)
  w.open("hh:paraPr", { "id", id, "tabPrIDRef", 0, "condense", 0, "fontLineHeight", 0, "snapToGrid", 0,
    "suppressLineNumbers", 0, "checked", 0 })
  w.single("hh:align", { "horizontal", paragraph.align or "LEFT", "vertical", "BASELINE" })
  w.single("hh:heading", { "type", "NONE", "idRef", 0, "level", 0 })
  -- 한글에서 BREAK_WORD는 어절을 지키고 KEEP_WORD는 글자마다 나눈다(이름과 반대).
  w.single("hh:breakSetting", { "breakLatinWord", "KEEP_WORD", "breakNonLatinWord", "BREAK_WORD", "widowOrphan",
    0, "keepWithNext", paragraph.keep and 1 or 0, "keepLines", 0, "pageBreakBefore", 0, "lineWrap", "BREAK" })
  w.single("hh:autoSpacing", { "eAsianEng", 0, "eAsianNum", 0 })
  w.open("hp:switch")
  w.open("hp:case", { "hp:required-namespace", SPACES.hwpunitchar })
  draw_margin(w, paragraph, 1)
  w.close("hp:case")
  w.open("hp:default")
  draw_margin(w, paragraph, 2)
  w.close("hp:default")
  w.close("hp:switch")
  w.single("hh:border", { "borderFillIDRef", head.borders[paragraph.border or "none"], "offsetLeft", 0,
    "offsetRight", 0, "offsetTop", 0, "offsetBottom", 0, "connect", 0, "ignoreMargin", 0 })
  w.close("hh:paraPr")
end

local function draw_lists(w)
  w.open("hh:tabProperties", { "itemCnt", 1 })
  w.single("hh:tabPr", { "id", 0, "autoTabLeft", 0, "autoTabRight", 0 })
  w.close("hh:tabProperties")
  w.open("hh:paraProperties", { "itemCnt", #PARAGRAPHS })
  for i, paragraph in ipairs(PARAGRAPHS) do draw_paragraph(w, i - 1, paragraph) end
  w.close("hh:paraProperties")
  w.open("hh:styles", { "itemCnt", 1 })
  w.single("hh:style", { "id", 0, "type", "PARA", "name", "바탕글", "engName", "Normal", "paraPrIDRef", 0,
    "charPrIDRef", 0, "nextStyleIDRef", 0, "langID", 1042, "lockForm", 0 })
  w.close("hh:styles")
end

-- Contents/header.xml의 글.
function head.text()
  local w = markup.writer()
  w.own(head.declaration)
  w.open("hh:head", head.root({ "version", "1.2", "secCnt", 1 }))
  w.single("hh:beginNum", { "page", 1, "footnote", 1, "endnote", 1, "pic", 1, "tbl", 1, "equation", 1 })
  w.open("hh:refList")
  draw_fonts(w)
  draw_borders(w)
  draw_chars(w)
  draw_lists(w)
  w.close("hh:refList")
  w.open("hh:compatibleDocument", { "targetProgram", "HWP201X" })
  w.own("<hh:layoutCompatibility/>")
  w.close("hh:compatibleDocument")
  w.own('<hh:docOption><hh:linkinfo path="" pageInherit="0" footnoteInherit="0"/></hh:docOption>')
  w.own('<hh:trackchageConfig flags="0"/>') -- 한글이 쓰는 철자 그대로
  w.close("hh:head")
  return w.finish()
end

head.declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'

return head
