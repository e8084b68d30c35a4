-- DOCX의 모양: 글꼴, 문단 모양, 표의 테두리. 길이의 단위는 1/20포인트, 글자 크기는 2가 1포인트이다.
local markup = require("markup")

local styles = {}

styles.space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
styles.declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

local FONT = "맑은 고딕"

-- 문단 모양. name은 Word가 아는 이름, level은 개요의 단계(0부터), hang은 둘째 줄부터 더 들이는 만큼.
local PARAGRAPHS = {
  { id = "Normal", name = "Normal", size = 24, after = 80 },
  { id = "Title", name = "Title", size = 40, bold = true, align = "center", after = 320, rule = true },
  { id = "Heading1", name = "heading 1", size = 32, bold = true, before = 240, after = 140, keep = true, level = 0,
    rule = true },
  { id = "Heading2", name = "heading 2", size = 28, bold = true, before = 200, after = 80, keep = true, level = 1 },
  { id = "Heading3", name = "heading 3", size = 26, bold = true, before = 120, after = 60, keep = true, level = 2 },
  { id = "Item3", name = "목록 1", size = 24, bold = true, left = 480, hang = 380, before = 60, after = 20,
    keep = true },
  { id = "Item4", name = "목록 2", size = 24, left = 700, hang = 220 },
  { id = "Item5", name = "목록 3", size = 22, left = 980, hang = 240 },
  { id = "Item6", name = "목록 4", size = 22, left = 1240, hang = 240 },
  { id = "Note", name = "주", size = 20, left = 400, hang = 340, before = 40, after = 20 },
  { id = "Caption", name = "caption", size = 22, bold = true, align = "center", before = 60, after = 40, keep = true },
  { id = "FigureTitle", name = "그림의 제목", size = 22, bold = true, align = "center", before = 160, after = 40,
    keep = true },
  { id = "Figure", name = "그림", size = 22, align = "center", after = 40 },
  { id = "Cell", name = "표의 칸", size = 22 },
  { id = "CellHead", name = "표의 머리", size = 22, bold = true, align = "center", keep = true },
  { id = "Gap", name = "표의 뒤", size = 8 },
  { id = "Footer", name = "footer", size = 20, align = "center" },
}

local function value(w, name, words)
  w.single(name, { "w:val", words })
end

local function draw_rules(w, paragraph)
  w.open("w:pPr")
  if paragraph.keep then w.single("w:keepNext") end
  if paragraph.rule then
    w.open("w:pBdr")
    w.single("w:bottom", { "w:val", "single", "w:sz", 8, "w:space", 4, "w:color", "000000" })
    w.close("w:pBdr")
  end
  w.single("w:spacing", { "w:before", paragraph.before or 0, "w:after", paragraph.after or 0, "w:line", 264,
    "w:lineRule", "auto" })
  if paragraph.left then w.single("w:ind", { "w:left", paragraph.left, "w:hanging", paragraph.hang }) end
  if paragraph.align then value(w, "w:jc", paragraph.align) end
  if paragraph.level then value(w, "w:outlineLvl", paragraph.level) end
  w.close("w:pPr")
end

local function draw_style(w, paragraph)
  local default = paragraph.id == "Normal"
  w.open("w:style", { "w:type", "paragraph", "w:default", default and 1, "w:styleId", paragraph.id })
  value(w, "w:name", paragraph.name)
  if not default then value(w, "w:basedOn", "Normal") end
  w.single("w:qFormat")
  draw_rules(w, paragraph)
  w.open("w:rPr")
  if paragraph.bold then w.single("w:b") end
  value(w, "w:sz", paragraph.size)
  value(w, "w:szCs", paragraph.size)
  w.close("w:rPr")
  w.close("w:style")
end

local function draw_grid(w)
  w.open("w:style", { "w:type", "table", "w:styleId", "Grid" })
  value(w, "w:name", "Table Grid")
  w.open("w:tblPr")
  w.open("w:tblBorders")
  for _, edge in ipairs({ "top", "left", "bottom", "right", "insideH", "insideV" }) do
    w.single("w:" .. edge, { "w:val", "single", "w:sz", 4, "w:space", 0, "w:color", "000000" })
  end
  w.close("w:tblBorders")
  w.open("w:tblCellMar")
  for _, edge in ipairs({ { "top", 30 }, { "left", 90 }, { "bottom", 30 }, { "right", 90 } }) do
    w.single("w:" .. edge[1], { "w:w", edge[2], "w:type", "dxa" })
  end
  w.close("w:tblCellMar")
  w.close("w:tblPr")
  w.close("w:style")
end

-- word/styles.xml의 글.
function styles.text()
  local w = markup.writer()
  w.own(styles.declaration)
  w.open("w:styles", { "xmlns:w", styles.space })
  w.open("w:docDefaults")
  w.open("w:rPrDefault")
  w.open("w:rPr")
  w.single("w:rFonts", { "w:ascii", FONT, "w:hAnsi", FONT, "w:eastAsia", FONT, "w:cs", FONT })
  w.single("w:lang", { "w:val", "en-US", "w:eastAsia", "ko-KR" })
  w.close("w:rPr")
  w.close("w:rPrDefault")
  w.close("w:docDefaults")
  for _, paragraph in ipairs(PARAGRAPHS) do draw_style(w, paragraph) end
  draw_grid(w)
  w.close("w:styles")
  return w.finish()
end

return styles
