-- PDF: what a format may describe, the module that draws it, fonts. What stands on the pages: tests/documents/pdf.lua.
local lu = require("luaunit")
local support = require("support")

local folder

local function setup(format)
  folder = support.folder()
  os.execute("cd " .. support.quote(folder) .. " && mkdir -p rules data scripts/reports scripts/formats")
  support.write(folder .. "/rules/r.lua", [[
return ruleset { title = "시험", data = "../data/d.csv", report = "mine",
  rate = { { field.actual / field.target * 100 } }, rounding = { digits = 0, mode = "half_up" },
  project = { rate = mean }, verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } } }
]])
  support.write(folder .. "/data/d.csv", "국,부서,주요사업,성과지표,단위,목표,실적\n행정국,총무과,가 사업,나 지표,건,10,9\n")
  support.write(folder .. "/scripts/reports/mine.lua", [[
return { purpose = "시험", build = function(results)
  return { title = results.title, blocks = { { heading = "가" }, { table = { columns = { { title = "칸" } },
    rows = { { "사업" } } } } } }
end }
]])
  if format then support.write(folder .. "/scripts/formats/pages.lua", format) end
end

-- Runs a format that returns `pdf` with this change to a small description.
local function describe(change)
  setup(([[
return { purpose = "시험", draw = function()
  local pdf = { title = "제목", page = { width = 400, height = 500, top = 20, right = 20, bottom = 20, left = 20 },
    styles = { plain = { font = "sans-serif", size = 10 } }, paints = { cell = {} },
    blocks = { { text = "글", style = "plain" }, { table = { widths = { 100, 100 }, rows = 2, head = 1, cells = {
      { row = 1, column = 1, columns = 2, text = "머리", style = "plain", paint = "cell" },
      { row = 2, column = 1, text = "가", style = "plain", paint = "cell" } } } },
      { drawing = { width = 10, height = 10, items = { { shape = "dot", x = 1, y = 2, r = 3, paint = "cell" } } } } } }
  %s
  return { pdf = pdf }
end }
]]):format(change))
  return support.run("run rules/r.lua --format pages -o out.pdf", { cd = folder })
end

local FAULTS = {
  { "pdf.colour = 1", "pdf: has an unknown key colour" },
  { "pdf.page.width = 40", "pdf.page.width: is no number from 100 to 5000" },
  { "pdf.page.width = 0/0", "pdf.page.width: is a number" },
  { "pdf.styles.plain.size = nil", "pdf.styles.plain.size: is missing" },
  { "pdf.styles.plain.color = 'red'", 'pdf.styles.plain.color: is no colour such as "#1b1f24"' },
  { "pdf.styles.plain.align = 'up'", "pdf.styles.plain.align: is none of left, center, right" },
  { "pdf.blocks[1].style = 'bold'", "pdf.blocks[1].style: names bold, which is not described" },
  { "pdf.blocks[1].level = 7", "pdf.blocks[1].level: is no whole number from 1 to 6" },
  { "pdf.blocks[1].tag = 'H7'", "pdf.blocks[1].tag: is none of P, H1, H2, H3, H4, H5, H6, LI" },
  { "pdf.language = 'ko)'", 'pdf.language: is no language such as "ko"' },
  { "pdf.blocks[3].drawing.alt = 5", "pdf.blocks[3].drawing.alt: is number where a text" },
  { "pdf.blocks[2].table.widths[2] = 300", "pdf.blocks[2].table.widths: is no number from 1 to 360.5" },
  { "pdf.blocks[2].table.cells[2].column = 3", "pdf.blocks[2].table.cells[2].column: is no whole number from 1 to 2" },
  { "pdf.blocks[2].table.cells[1].rows = 2", "pdf.blocks[2].table.cells[1]: lies over another cell or over the edge" },
  { "pdf.blocks[2].table.cells[2].row = 1", "pdf.blocks[2].table.cells[2]: lies over another cell" },
  { "pdf.blocks[2].table.cells[2].paint = nil", "pdf.blocks[2].table.cells[2].paint: is missing" },
  { "pdf.blocks[2].table.rows = 4000000000", "pdf.blocks[2].table.rows: is no whole number from 1 to 200000" },
  { "pdf.blocks[3].drawing.items[1].r = -1", "pdf.blocks[3].drawing.items[1].r: is no number from 0 to 20000" },
  { "pdf.blocks[3].drawing.items = 5", "pdf.blocks[3].drawing.items: is number where a list { … } belongs" },
  { "pdf.blocks[1].text = ipairs", "pdf.blocks[1].text: is function where a table" },
  { "local t = {} t.t = t pdf.blocks[1] = t", "pdf.blocks[1].t.t.t" },
}

TestDescription = {}

function TestDescription.testFaults()
  for _, case in ipairs(FAULTS) do
    local _, err, status = describe(case[1])
    lu.assertStrContains(err, "error[document-shape]: " .. case[2])
    lu.assertEquals(status, 2)
    lu.assertNil(io.open(folder .. "/out.pdf"))
  end
end

local function has(command)
  return (os.execute(command .. " >/dev/null 2>&1"))
end

local built = has("test -f " .. support.quote(support.program:match("^(.*)/[^/]*$") .. "/modules/pdf.so"))
local fonts = has("fc-list :lang=ko | grep -q .")

TestDrawing = {}

function TestDrawing.testTwoRunsAreEqual()
  if not built then lu.skip("pdf.so was not built") end
  local command = "run rules/2019.lua --format pdf -o "
  local where = support.folder()
  local _, err, status = support.run(command .. where .. "/a.pdf")
  if not fonts then
    lu.assertStrContains(err, "error[no-korean-font]")
    return
  end
  lu.assertEquals({ err, status }, { "", 0 })
  lu.assertEquals(select(3, support.run(command .. where .. "/b.pdf", { lang = "ko_KR.UTF-8" })), 0)
  local pdf = support.read(where .. "/a.pdf")
  lu.assertEquals(pdf:sub(1, 5), "%PDF-")
  lu.assertTrue(pdf == support.read(where .. "/b.pdf"))
  lu.assertStrContains(pdf, "/CreationDate (20000101000000Z)")
end

-- Every entry of the table of objects names the place of its object.
local function expect_objects(pdf)
  local at = tonumber(pdf:match("startxref\n(%d+)\n%%%%EOF\n$"))
  local count, from = pdf:match("^xref\n0 (%d+)\n()", at + 1)
  lu.assertNotNil(count)
  for object = 1, count - 1 do
    local place = tonumber(pdf:sub(from + 20 * object, from + 20 * object + 9))
    local head = object .. " 0 obj\n"
    lu.assertEquals(pdf:sub(place + 1, place + #head), head)
  end
end

local function count(pdf, words)
  return select(2, pdf:gsub(words, ""))
end

-- Structure: one heading of the title, one list, a table of 3 rows with its head, a figure with words.
function TestDrawing.testTags()
  if not (built and fonts) then lu.skip("pdf.so was not built, or no font for Korean is installed") end
  local _, err, status = describe([[
    pdf.language = "ko"
    pdf.blocks[1].tag = "H1"
    table.insert(pdf.blocks, 2, { text = "가", style = "plain", tag = "LI" })
    table.insert(pdf.blocks, 3, { text = "나", style = "plain", tag = "LI" })
    pdf.blocks[4].table.rows = 3
    pdf.blocks[4].table.cells[3] = { row = 2, column = 2, rows = 2, text = "둘", style = "plain", paint = "cell" }
    pdf.blocks[4].table.cells[4] = { row = 3, column = 1, text = "셋", style = "plain", paint = "cell" }
    pdf.blocks[5].drawing.alt = "점 😀" ]])
  lu.assertEquals({ err, status }, { "", 0 })
  local pdf = support.read(folder .. "/out.pdf")
  expect_objects(pdf)
  for name, wanted in pairs({ Document = 1, H1 = 1, L = 1, LI = 2, LBody = 2, Table = 1, TR = 3, TH = 1, TD = 3,
    Figure = 1 }) do
    lu.assertEquals(count(pdf, "/S /" .. name .. "\n"), wanted, name)
  end
  lu.assertEquals(count(pdf, "/S /TH\n/A << /O /Table /Scope /Column /ColSpan 2 >>\n"), 1)
  lu.assertEquals(count(pdf, "/S /TD\n/A << /O /Table /RowSpan 2 >>\n"), 1)
  lu.assertEquals(count(pdf, "/S /Figure\n/Alt <feffc8100020d83dde00>\n"), 1)
  lu.assertStrContains(pdf, "/Lang (ko)\n")
  lu.assertStrContains(pdf, "/MarkInfo << /Marked true >>")
end

-- A library that does not end is ended: here it waits for what nobody writes.
function TestDrawing.testTimeLimit()
  if not built then lu.skip("pdf.so was not built") end
  local where = support.folder()
  support.write(where .. "/old.pdf", "what was there")
  local never = support.folder() .. "/fonts.conf"
  lu.assertTrue(os.execute("mkfifo " .. never))
  local words = "run rules/2019.lua --format pdf --draw-limit 0.01 -o " .. where .. "/old.pdf"
  local message = "perfeval: error[draw-limit]: the library that draws pdf did not finish within 0.01 s and was " ..
    "ended (--draw-limit)\n"
  local command = ("FONTCONFIG_FILE=%s %s %s"):format(never, support.quote(support.program), words)
  lu.assertEquals({ support.run(command, { program = "env" }) }, { "", message, 4 })
  lu.assertEquals(support.read(where .. "/old.pdf"), "what was there")
  local pipe <close> = io.popen("ls -A " .. where)
  lu.assertEquals(pipe:read("a"), "old.pdf\n")
end

-- No font at all: nothing is written.
function TestDrawing.testNoFont()
  if not built then lu.skip("pdf.so was not built") end
  setup()
  support.write(folder .. "/fonts.conf", "<?xml version='1.0'?><fontconfig><dir>/nowhere</dir></fontconfig>\n")
  local out = folder .. "/err"
  local command = "cd %s && FONTCONFIG_FILE=%s/fonts.conf LC_ALL=C.UTF-8 %s run rules/r.lua --format pdf -o out.pdf"
  local ok, _, status = os.execute((command .. " 2>%s"):format(folder, folder, support.quote(support.program), out))
  lu.assertNil(ok)
  lu.assertEquals(status, 5)
  lu.assertStrContains(support.read(out),
    "error[no-korean-font]: no font for Korean is installed: install fonts-nanum or fonts-noto-cjk")
  lu.assertNil(io.open(folder .. "/out.pdf"))
end

-- A program that stands alone has no modules.
function TestDrawing.testWithoutTheModule()
  setup()
  os.execute(("mkdir %s/alone && cp %s %s/alone/perfeval"):format(folder, support.quote(support.program), folder))
  local root = assert(io.popen("pwd")):read("l")
  support.write(folder .. "/scripts/formats/pdf.lua", support.read(root .. "/scripts/formats/pdf.lua"))
  for _, name in ipairs({ "paper", "drawings", "charts", "numbers" }) do
    support.write(folder .. "/scripts/" .. name .. ".lua", support.read(root .. "/scripts/" .. name .. ".lua"))
  end
  local _, err, status = support.run("run rules/r.lua --format pdf -o out.pdf",
    { cd = folder, program = folder .. "/alone/perfeval" })
  lu.assertStrContains(err, "error[module-missing]: pdf needs the module pdf, which was not built: install " ..
    "libcairo2-dev libpango1.0-dev and build again")
  lu.assertEquals(status, 5)
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
