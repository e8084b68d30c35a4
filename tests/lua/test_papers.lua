-- HWPX and DOCX: the packages, the tables read back, names that are no markup.
local unit = require("luaunit")
local archive = require("archive")
local host = require("script_host")
local support = require("support")

local folder = support.folder()
local modules = support.program:match("^(.*)/[^/]*$") .. "/modules/"

local function succeeds(command)
  return (os.execute(command .. " >/dev/null 2>&1"))
end

-- Whether charts can be drawn here. Where not, the documents have none, and a warning says so.
local PICTURES = succeeds("test -f " .. support.quote(modules .. "pdf.so"))
  and succeeds("fc-list :lang=ko | grep -q .")

local function number_of(element, name)
  return math.tointeger(tonumber(element.attributes[name]))
end

---- reading tables back: rows of cells { text, rows, columns, head, bold, fill } at the column where each begins

local function hwpx_table(element)
  local rows, head = {}, {}
  for r, row in ipairs(archive.all(element, "hp:tr")) do
    rows[r] = {}
    for _, cell in ipairs(archive.all(row, "hp:tc")) do
      local at, span = archive.all(cell, "hp:cellAddr")[1], archive.all(cell, "hp:cellSpan")[1]
      unit.assertEquals(number_of(at, "rowAddr"), r - 1)
      rows[r][number_of(at, "colAddr") + 1] = { text = archive.words(cell, "hp:t"), rows = number_of(span, "rowSpan"),
        columns = number_of(span, "colSpan") }
      if cell.attributes.header == "1" then head[r] = true end
    end
  end
  unit.assertEquals({ number_of(element, "rowCnt"), element.attributes.repeatHeader, element.attributes.pageBreak },
    { #rows, "1", "CELL" })
  return { rows = rows, head = #head, columns = number_of(element, "colCnt") }
end

local function docx_table(element)
  local rows, open, head = {}, {}, 0
  local columns = #archive.all(archive.all(element, "w:tblGrid")[1], "w:gridCol")
  for r, row in ipairs(archive.all(element, "w:tr")) do
    local c = 1
    rows[r] = {}
    if archive.all(row, "w:tblHeader")[1] then head = head + 1 end
    for _, cell in ipairs(archive.all(row, "w:tc")) do
      local span, merge = archive.all(cell, "w:gridSpan")[1], archive.all(cell, "w:vMerge")[1]
      local width = span and number_of(span, "w:val") or 1
      if merge and merge.attributes["w:val"] == "continue" then
        open[c].rows = open[c].rows + 1
        unit.assertEquals({ open[c].columns, archive.words(cell, "w:t") }, { width, "" })
      else
        open[c] = { text = archive.words(cell, "w:t"), rows = 1, columns = width }
        rows[r][c] = open[c]
      end
      c = c + width
    end
    unit.assertEquals(c, columns + 1)
  end
  return { rows = rows, head = head, columns = columns }
end

local FORMATS = {
  hwpx = { part = "Contents/section0.xml", tag = "hp:tbl", read = hwpx_table, mark = " 【부진】" },
  docx = { part = "word/document.xml", tag = "w:tbl", read = docx_table, mark = "【부진】" },
}

local function tables_of(format, text)
  local tables = {}
  for i, element in ipairs(archive.all(archive.xml(text), FORMATS[format].tag)) do
    tables[i] = FORMATS[format].read(element)
  end
  return tables
end

-- Every place of a table is covered by one cell.
local function expect_whole(found)
  local covered = {}
  for r = 1, #found.rows do covered[r] = {} end
  for r, row in ipairs(found.rows) do
    for c, cell in pairs(row) do
      for i = r, r + cell.rows - 1 do
        for j = c, c + cell.columns - 1 do
          unit.assertNil(covered[i][j])
          covered[i][j] = true
        end
      end
    end
  end
  for r = 1, #found.rows do unit.assertEquals(#covered[r], found.columns) end
end

---- the report of 2019

local function write_2019(format)
  local path = folder .. "/2019." .. format
  local out, err, status = support.run("run rules/2019.lua --format " .. format .. " -o " .. path)
  unit.assertEquals({ out, status }, { "", 0 })
  if PICTURES then
    unit.assertEquals(err, "")
  else
    unit.assertStrContains(err, "warning[no-pictures]: " .. format .. " is made without its charts: ")
  end
  return support.read(path)
end

-- "△1,234.50" and the JSON number -1234.5 are the same.
local function expect_number(printed, value)
  local plain = printed:gsub(",", ""):gsub("△", "-")
  unit.assertEquals(support.decimal(plain), support.decimal(value.number), printed)
end

local function expect_department(found, department, mark)
  local r = 2
  unit.assertEquals({ found.head, found.columns }, { 1, 6 })
  local titles = {}
  for c = 1, 6 do titles[c] = found.rows[1][c].text end
  unit.assertEquals(titles, { "주요사업명", "성과지표", "단위", "목표", "실적", "달성률(%)" })
  for _, project in ipairs(department.projects) do
    local name = found.rows[r][1]
    unit.assertEquals(name.text, project.name .. (project.verdict == "sluggish" and mark or ""))
    unit.assertEquals({ name.rows, name.columns }, { #project.indicators, 1 })
    for i, indicator in ipairs(project.indicators) do
      local row = found.rows[r]
      unit.assertEquals(row[1] ~= nil, i == 1)
      unit.assertEquals({ row[2].text, row[3].text }, { indicator.name, indicator.unit })
      expect_number(row[4].text, indicator.target)
      expect_number(row[5].text, indicator.actual)
      unit.assertEquals((row[6].text:gsub(",", ""):gsub("△", "-")), indicator.rate_printed)
      r = r + 1
    end
  end
  unit.assertEquals(#found.rows, r - 1)
end

local function expect_2019(format)
  local result = support.json((support.run("run rules/2019.lua --format json")))
  local tables = tables_of(format, archive.texts(write_2019(format))[FORMATS[format].part])
  local at = 1
  unit.assertEquals(#tables, 38)
  unit.assertEquals({ tables[1].head, tables[1].columns, #tables[1].rows }, { 2, 6, 13 })
  unit.assertEquals(tables[1].rows[4][4].text, "98")
  for i, bureau in ipairs(result.bureaus) do
    local row = tables[1].rows[4 + i]
    unit.assertEquals({ row[1].text, row[1].columns, row[3].text, row[4].text },
      { bureau.name, 2, bureau.projects.number, bureau.normal.number })
    for _, department in ipairs(bureau.departments) do
      at = at + 1
      expect_department(tables[at], department, FORMATS[format].mark)
    end
  end
  unit.assertEquals(at, 38)
  for _, found in ipairs(tables) do expect_whole(found) end
end

TestReport2019 = {}

function TestReport2019.test_hwpx_is_the_result() expect_2019("hwpx") end

function TestReport2019.test_docx_is_the_result() expect_2019("docx") end

---- packages

local function names(entries)
  local list = {}
  for i, entry in ipairs(entries) do list[i] = entry.name end
  return list
end

-- What a part that is a picture says of itself: width and height in pixels.
local function pixels(entry)
  unit.assertEquals(entry.text:sub(1, 16), "\137PNG\r\n\26\n\0\0\0\13IHDR", entry.name)
  unit.assertEquals(entry.method, 0)
  return (">I4"):unpack(entry.text, 17), ((">I4"):unpack(entry.text, 21))
end

-- The 2019 report has three charts of the whole and one for each of 37 departments.
local function take_pictures(entries, folder_name)
  local pictures = {}
  while entries[#entries].name:find("%.png$") do
    local entry = table.remove(entries)
    pictures[entry.name] = { pixels(entry) }
  end
  local count = 0
  for name in pairs(pictures) do
    count = count + 1
    unit.assertStrContains(name, folder_name)
  end
  unit.assertEquals(count, PICTURES and 40 or 0)
  return pictures
end

local function expect_same_and_plain(format)
  local bytes = write_2019(format)
  unit.assertTrue(bytes == write_2019(format))
  local entries = archive.read(bytes)
  for _, entry in ipairs(entries) do
    unit.assertEquals({ entry.flags & ~6, entry.extra, entry.date, entry.time }, { 0, 0, 0x21, 0 }, entry.name)
  end
  return entries
end

TestPackage = {}

function TestPackage.test_hwpx()
  local entries = expect_same_and_plain("hwpx")
  local pictures = take_pictures(entries, "BinData/image")
  unit.assertEquals(names(entries), { "mimetype", "version.xml", "Contents/header.xml", "Contents/section0.xml",
    "Preview/PrvText.txt", "settings.xml", "META-INF/container.xml", "Contents/content.hpf", "META-INF/manifest.xml" })
  unit.assertEquals({ entries[1].method, entries[1].text }, { 0, "application/hwp+zip" })
  local ids, placed = {}, 0
  for _, item in ipairs(archive.all(archive.xml(entries[8].text), "opf:item")) do
    local a = item.attributes
    if pictures[a.href] then
      unit.assertEquals({ a["media-type"], a.isEmbeded }, { "image/png", "1" })
      ids[a.id] = pictures[a.href]
    end
  end
  for _, picture in ipairs(archive.all(archive.xml(entries[4].text), "hp:pic")) do
    local size = ids[archive.all(picture, "hc:img")[1].attributes.binaryItemIDRef]
    local shown = archive.all(picture, "hp:sz")[1]
    placed = placed + 1
    -- as wide as it is high in pixels, to one in a thousand, and within the text's width
    local ratio = number_of(shown, "width") * size[2] / (number_of(shown, "height") * size[1])
    unit.assertAlmostEquals(ratio, 1, 0.001)
    unit.assertTrue(number_of(shown, "width") <= 48190)
    unit.assertTrue(#archive.words(picture, "hp:shapeComment") > 0)
  end
  unit.assertEquals(placed, PICTURES and 40 or 0)
  for _, entry in ipairs(entries) do
    if entry.name:find("xml$") or entry.name:find("hpf$") then archive.xml(entry.text) end
  end
end

function TestPackage.test_docx()
  local entries = expect_same_and_plain("docx")
  local pictures = take_pictures(entries, "word/media/image")
  unit.assertEquals(names(entries), { "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml",
    "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml", "word/footer1.xml" })
  local parts, styles, ids = {}, {}, {}
  for _, entry in ipairs(entries) do parts[entry.name] = archive.xml(entry.text) end
  for _, entry in ipairs(archive.all(parts["[Content_Types].xml"], "Override")) do
    unit.assertNotNil(parts[entry.attributes.PartName:sub(2)], entry.attributes.PartName)
  end
  for _, entry in ipairs(archive.all(parts["word/_rels/document.xml.rels"], "Relationship")) do
    local target = "word/" .. entry.attributes.Target
    unit.assertNotNil(parts[target] or pictures[target], target)
    ids[entry.attributes.Id] = target
  end
  for i, picture in ipairs(archive.all(parts["word/document.xml"], "wp:inline")) do
    local size, alt = archive.all(picture, "wp:extent")[1], archive.all(picture, "wp:docPr")[1].attributes.descr
    local target = ids[archive.all(picture, "a:blip")[1].attributes["r:embed"]]
    local ratio = number_of(size, "cx") * pictures[target][2] / (number_of(size, "cy") * pictures[target][1])
    unit.assertEquals(target, "word/media/image" .. i .. ".png")
    unit.assertAlmostEquals(ratio, 1, 0.001)
    unit.assertTrue(#alt > 0)
  end
  for _, style in ipairs(archive.all(parts["word/styles.xml"], "w:style")) do
    styles[style.attributes["w:styleId"]] = true
  end
  for _, style in ipairs(archive.all(parts["word/document.xml"], "w:pStyle")) do
    unit.assertNotNil(styles[style.attributes["w:val"]], style.attributes["w:val"])
  end
end

---- one document of everything

local function draw(format, ...)
  local drawn, texts = host.format(format).draw(host.document({ title = "<제목> & \"글\"", blocks = { ... } })), {}
  for _, part in ipairs(drawn.parts) do texts[part.name] = part.text end
  return texts
end

local HOSTILE = "</hp:t></w:t><w:r/><!-- & \1\n\"'" .. utf8.char(0xfffe)
local SHOWN = "</hp:t></w:t><w:r/><!-- & \\x01␊\"'<U+FFFE>"

local ALL = {
  { heading = "Ⅰ. 부", level = 1 }, { paragraph = "문단" }, { heading = "부서", level = 3 }, { bullet = "가" },
  { bullet = "나", level = 2 }, { bullet = "다", level = 3 }, { bullet = "라", level = 6 }, { page_break = true },
  { heading = "국", level = 2 }, { heading = "과", level = 3 },
  { table = { caption = "표", columns = { { title = "가" }, { title = "나", group = "묶음" },
    { title = HOSTILE, group = "묶음", align = "center" } },
    rows = { { { text = "둘", rows = 2 }, { text = "옆", columns = 2, spaced = true } },
    { { number = "-1234.50" }, { text = HOSTILE, mark = "부진" } } } } },
  { note = HOSTILE },
}

TestHwpx = {}

-- Every number that another part counts or names is right.
function TestHwpx.test_references()
  local texts = draw("hwpx", table.unpack(ALL))
  local head, section = archive.xml(texts["Contents/header.xml"]), archive.xml(texts["Contents/section0.xml"])
  local counted = { ["hh:fontfaces"] = "hh:fontface", ["hh:borderFills"] = "hh:borderFill",
    ["hh:charProperties"] = "hh:charPr", ["hh:tabProperties"] = "hh:tabPr", ["hh:paraProperties"] = "hh:paraPr",
    ["hh:styles"] = "hh:style" }
  local ids = {}
  for list, tag in pairs(counted) do
    local found = archive.all(head, list)[1]
    ids[tag] = {}
    unit.assertEquals(number_of(found, "itemCnt"), #found, list)
    for _, entry in ipairs(found) do ids[tag][entry.attributes.id or 0] = true end
  end
  unit.assertNil(ids["hh:borderFill"]["0"])
  local uses = { paraPrIDRef = "hh:paraPr", charPrIDRef = "hh:charPr", borderFillIDRef = "hh:borderFill",
    styleIDRef = "hh:style" }
  for _, text in ipairs({ texts["Contents/header.xml"], texts["Contents/section0.xml"] }) do
    for name, id in text:gmatch(' (%w+IDRef)="(%d+)"') do
      if uses[name] then unit.assertTrue(ids[uses[name]][id], name .. " " .. id) end
    end
  end
  unit.assertNil(texts["Contents/section0.xml"]:find("linesegarray", 1, true))
  local first = archive.all(section, "hp:p")[1][1]
  unit.assertEquals({ first[1].tag, first[2].tag, first[2][1].tag }, { "hp:secPr", "hp:ctrl", "hp:colPr" })
end

function TestHwpx.test_look()
  local texts = draw("hwpx", table.unpack(ALL))
  local lines = {}
  for _, paragraph in ipairs(archive.all(archive.xml(texts["Contents/section0.xml"]), "hp:p")) do
    local words = {}
    for _, run in ipairs(paragraph) do
      for _, part in ipairs(run) do words[#words + 1] = part.tag == "hp:t" and table.concat(part) or nil end
    end
    lines[#lines + 1] = table.concat(words) .. (paragraph.attributes.pageBreak == "1" and " (쪽)" or "")
  end
  unit.assertEquals(lines, { "<제목> & \"글\"", "Ⅰ. 부", "문단", "□ 부서", "ㅇ 가", "- 나", "ㆍ 다", "ㆍ 라", "□ 국 (쪽)", "ㅇ 과",
    "표", "", "※ " .. SHOWN })
  unit.assertStrContains(texts["Contents/section0.xml"],
    '<hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/>')
  unit.assertStrContains(texts["Contents/header.xml"], '<hc:winBrush faceColor="#DFE6F7"')
  unit.assertStrContains(texts["Contents/header.xml"], 'face="함초롬바탕"')
  unit.assertStrContains(texts["Contents/content.hpf"], "<opf:title>&lt;제목&gt; &amp; &quot;글&quot;</opf:title>")
  unit.assertStrContains(texts["Contents/content.hpf"], 'xmlns:opf="http://www.idpf.org/2007/opf/"')
end

local function expect_cells(format, mark)
  local found = tables_of(format, draw(format, table.unpack(ALL))[FORMATS[format].part])[1]
  local shown = {}
  for r, row in ipairs(found.rows) do
    for c, cell in pairs(row) do shown[r .. "." .. c] = { cell.text, cell.rows, cell.columns } end
  end
  unit.assertEquals(shown, { ["1.1"] = { "가", 2, 1 }, ["1.2"] = { "묶음", 1, 2 }, ["2.2"] = { "나", 1, 1 },
    ["2.3"] = { SHOWN, 1, 1 }, ["3.1"] = { "둘", 2, 1 }, ["3.2"] = { "옆", 1, 2 }, ["4.2"] = { "△1,234.50", 1, 1 },
    ["4.3"] = { SHOWN .. mark, 1, 1 } })
  unit.assertEquals(found.head, 2)
  expect_whole(found)
end

function TestHwpx.test_cells() expect_cells("hwpx", " 【부진】") end

-- A department whose table does not fit what is left of the page begins a new one; one that fits stays.
function TestHwpx.test_tables_stay_on_a_page()
  local function department(name, count)
    local rows = {}
    for r = 1, count do rows[r] = { "가", r } end
    return { heading = name, level = 3 }, { table = { columns = { { title = "이름" }, { title = "수" } }, rows = rows } }
  end
  local blocks = {}
  for _, rows in ipairs({ 10, 10, 20, 60, 3 }) do
    local heading, block = department(rows .. "행", rows)
    blocks[#blocks + 1], blocks[#blocks + 2] = heading, block
  end
  local section, found = archive.xml(draw("hwpx", table.unpack(blocks))["Contents/section0.xml"]), {}
  for _, paragraph in ipairs(archive.all(section, "hp:p")) do
    if paragraph.attributes.pageBreak == "1" then found[#found + 1] = archive.words(paragraph, "hp:t") end
  end
  -- A page has 70,012 and a row takes 2,060: 10 + 10 rows with their heads are about 50,000, and 20 more do not fit;
  -- 60 are longer than a page: three of them and their heading find room behind the 20.
  unit.assertEquals(found, { "20행" })
end

TestDocx = {}

function TestDocx.test_cells() expect_cells("docx", "【부진】") end

function TestDocx.test_look()
  local texts = draw("docx", table.unpack(ALL))
  local body, lines = archive.xml(texts["word/document.xml"])[1], {}
  for _, paragraph in ipairs(body) do
    if paragraph.tag == "w:p" then
      lines[#lines + 1] = archive.all(paragraph, "w:pStyle")[1].attributes["w:val"] .. " "
        .. archive.words(paragraph, "w:t") .. (archive.all(paragraph, "w:pageBreakBefore")[1] and " (쪽)" or "")
    end
  end
  unit.assertEquals(lines, { "Title <제목> & \"글\"", "Heading1 Ⅰ. 부", "Normal 문단", "Heading2 □ 부서", "Item3 ㅇ 가",
    "Item4 - 나", "Item5 ㆍ 다", "Item6 ㆍ 라", "Heading2 □ 국 (쪽)", "Heading3 ㅇ 과", "Caption 표", "Gap ",
    "Note ※ " .. SHOWN })
  unit.assertStrContains(texts["word/footer1.xml"], 'w:instr=" PAGE "')
  unit.assertStrContains(texts["word/styles.xml"], 'w:eastAsia="맑은 고딕"')
  unit.assertStrContains(texts["word/document.xml"], '<w:shd w:val="clear" w:color="auto" w:fill="DFE6F7"/>')
end

---- charts

TestCharts = {}

-- A title from data is a text, in the caption and in the words for those who do not see the picture.
function TestCharts.test_titles_are_no_markup()
  local chart = { kind = "stacked", title = HOSTILE, text = "<b>", series = { { name = "가" } },
    rows = { { label = HOSTILE, values = { 1 } } } }
  local hwpx, docx = draw("hwpx", { chart = chart }), draw("docx", { chart = chart })
  local section = archive.xml(hwpx["Contents/section0.xml"])
  unit.assertEquals(archive.words(section, "hp:shapeComment"), SHOWN .. ". <b>")
  unit.assertStrContains(archive.words(section, "hp:t"), SHOWN)
  local inline = archive.all(archive.xml(docx["word/document.xml"]), "wp:inline")[1]
  unit.assertEquals(archive.all(inline, "wp:docPr")[1].attributes.descr, SHOWN .. ". <b>")
end

---- widths of columns

TestWidths = {}

local function widths_of(total, columns, ...)
  local block = { table = { columns = columns, rows = { ... } } }
  local blocks = host.document({ title = "제목", blocks = { block } }).blocks
  return host.load("scripts/paper.lua").widths(blocks, total, 10, 4)[blocks[1]]
end

local NAMES = { { title = "이름" }, { title = "수" } }

-- What is left over goes to the columns as they ask: 6 and 4 cells of 10, and 4 around each, ten times.
function TestWidths.test_wide()
  unit.assertEquals(widths_of(1080, NAMES, { "가나다", 1 }), { 640, 440 })
end

-- A number keeps its 9 cells and 4; the words, 40 cells at most, take what is left.
function TestWidths.test_numbers_are_not_broken()
  local long = ("가나다 "):rep(20)
  unit.assertEquals(widths_of(200, NAMES, { long, 1234567 }), { 200 - 94, 94 })
  local word = ("가"):rep(20)
  unit.assertEquals(widths_of(190, NAMES, { word, 1234567 }), { 190 - 94, 94 })
end

-- Where numbers alone fill more than half, all columns give way.
function TestWidths.test_narrow()
  local widths = widths_of(120, NAMES, { ("가"):rep(20), 1234567 })
  unit.assertEquals({ widths[1] + widths[2], widths[2] }, { 120, 94 * 120 // (204 + 94) })
end

local code = unit.LuaUnit.run()
support.clean()
os.exit(code)
