-- What a report may contain: the normal form, and every fault with its path.
local luaunit = require("luaunit")
local engine = require("perfeval_engine")
local host = require("script_host")

local COLUMNS = { { title = "가" }, { title = "나" } }

local function with_blocks(...)
  return { title = "제목", blocks = { ... } }
end

local function with_rows(...)
  return with_blocks({ table = { columns = COLUMNS, rows = { ... } } })
end

TestNormalForm = {}

function TestNormalForm.test_blocks()
  local document = host.document(with_blocks({ heading = "가" }, { heading = "나", level = 3 },
    { paragraph = "다" }, { note = "라" }, { bullet = "마", level = 4 }, { page_break = true }))
  luaunit.assertEquals(document, {
    title = "제목",
    blocks = {
      { kind = "heading", text = "가", level = 1 }, { kind = "heading", text = "나", level = 3 },
      { kind = "paragraph", text = "다" }, { kind = "note", text = "라" },
      { kind = "bullet", text = "마", level = 4 }, { kind = "page_break" },
    },
  })
end

function TestNormalForm.test_cells()
  local numbers = { { number = "97.0", zero = "-" }, { text = "", mark = "부진" } }
  local document = host.document(with_rows({ "가", -154 }, numbers))
  luaunit.assertEquals(document.blocks[1].rows, {
    {
      { kind = "text", text = "가", rows = 1, columns = 1, spaced = false },
      { kind = "number", text = "-154", rows = 1, columns = 1, spaced = false },
    },
    {
      { kind = "number", text = "97.0", zero = "-", rows = 1, columns = 1, spaced = false },
      { kind = "text", text = "", rows = 1, columns = 1, spaced = false, mark = "부진" },
    },
  })
end

function TestNormalForm.test_spans_become_a_dense_grid()
  local columns = {
    { title = "1" }, { title = "2", align = "right", group = "가" }, { title = "3", group = "가" },
  }
  local rows = {
    { { text = "합침", rows = 2, columns = 2 }, "1" },
    { "2" },
    { "가", { text = "나", rows = 2 }, { number = 3, rows = 2 } },
    { { text = "다", spaced = true } },
  }
  local block = { table = { columns = columns, rows = rows, caption = "표" } }
  block = host.document(with_blocks(block)).blocks[1]
  luaunit.assertEquals(block.caption, "표")
  luaunit.assertEquals(block.columns, {
    { title = "1" }, { title = "2", align = "right", group = "가" }, { title = "3", group = "가" },
  })
  local shape = {}
  for r, row in ipairs(block.rows) do
    shape[r] = {}
    for c = 1, 3 do shape[r][c] = row[c] and row[c].text end
  end
  luaunit.assertEquals(shape, {
    { "합침", false, "1" }, { false, false, "2" }, { "가", "나", "3" }, { "다", false, false },
  })
end

function TestNormalForm.test_a_cell_that_counts()
  local row = host.document(with_rows({ { number = 3, of = "b1", verdict = "sluggish", percent = true },
    { text = "사업", of = "p7" } })).blocks[1].rows[1]
  luaunit.assertEquals({ row[1].of, row[1].verdict, row[1].percent }, { "b1", "sluggish", true })
  luaunit.assertEquals({ row[2].of, row[2].verdict, row[2].percent }, { "p7" })
end

function TestNormalForm.test_a_chart()
  local chart = { kind = "stacked", title = "국별", unit = "개", series = { { name = "정상", key = "normal" },
    { name = "부진", alert = true } }, rows = { { label = "행정국", of = "b1", values = { 20, { value = "1.5", text = "1.50",
      label = "가", mark = "나", of = "p1" } } } },
    threshold = { value = "80", label = "기준", param = "cut" } }
  luaunit.assertEquals(host.document(with_blocks({ chart = chart })).blocks[1], {
    kind = "chart", chart = "stacked", title = "국별", unit = "개",
    series = { { name = "정상", key = "normal", alert = false }, { name = "부진", alert = true } },
    rows = { { label = "행정국", of = "b1", values = { { value = 20 },
      { value = 1.5, text = "1.50", label = "가", mark = "나", of = "p1" } } } },
    threshold = { value = 80, text = "80", label = "기준", param = "cut" },
  })
end

TestFaults = {}

-- Each case: what a report returned, and the faults in order.
local FRACTION = "is a number with a fraction where a cell (a text, an integer or a table) belongs"

local CASES = {
  { nil, { "document: is missing: a document { title = …, blocks = { … } } belongs here" } },
  { "가", { "document: is a text where a document { title = …, blocks = { … } } belongs" } },
  { {}, { "title: is missing: a text belongs here", "blocks: is missing: a list { … } belongs here" } },
  { { title = 1, blocks = {} }, { "title: is an integer where a text belongs" } },
  { { title = "가", blocks = {}, blokcs = 1, zz = 2 },
    { "document: has an unknown key blokcs, did you mean blocks?", "document: has an unknown key zz" } },
  { { title = "가\xff", blocks = {} }, { "title: is no valid UTF-8 at byte 4" } },
  { with_blocks("가"), { "blocks[1]: is a text where a block such as { paragraph = … } belongs" } },
  { with_blocks({ paragaph = "가" }), {
    "blocks[1]: has an unknown key paragaph, did you mean paragraph?",
    "blocks[1]: is none of heading, paragraph, note, bullet, table, chart, page_break" } },
  { with_blocks({ heading = "가", note = "나" }),
    { "blocks[1]: has both heading and note: a block is one thing" } },
  { with_blocks({ heading = "가", level = 5 }), { "blocks[1].level: is no whole number from 1 to 4" } },
  { with_blocks({ paragraph = "가", level = 1 }), { "blocks[1]: has an unknown key level" } },
  { with_blocks({ "가", paragraph = "나" }), { "blocks[1]: has entries without a name" } },
  { with_blocks({ paragraph = io.stdout }),
    { "blocks[1].paragraph: is an object such as a Project where a text belongs" } },
  { { title = "가", blocks = { [2] = { note = "나" } } },
    { "blocks: has a gap: 1 entries, the last is number 2" } },
  { { title = "가", blocks = { note = "나" } }, { "blocks: is no list: it has entries with names" } },
  { with_blocks({ table = { columns = {}, rows = {} } }), { "blocks[1].table.columns: is empty" } },
  { with_blocks({ table = { columns = { { title = "가", align = "middle" } }, rows = {} } }),
    { "blocks[1].table.columns[1].align: is none of left, right, center" } },
  { with_rows({ "가", 77.6 }),
    { "blocks[1].table.rows[1][2]: " .. FRACTION } },
  { with_rows({ "가", { number = "77,6" } }),
    { "blocks[1].table.rows[1][2].number: is no number such as \"97.0\"" } },
  { with_rows({ "가", { text = "나", zero = "-" } }),
    { "blocks[1].table.rows[1][2]: has an unknown key zero" } },
  { with_rows({ "가" }),
    { "blocks[1].table.rows[1]: has 1 cells, which do not fill the 2 columns exactly" } },
  { with_rows({ "가", "나", "다" }),
    { "blocks[1].table.rows[1]: has 3 cells, which do not fill the 2 columns exactly" } },
  { with_blocks({ chart = { kind = "pie", title = "가", rows = {} } }),
    { "blocks[1].chart.kind: is none of stacked, histogram, bullet, dots, slope" } },
  { with_blocks({ chart = { kind = "stacked", title = "가", series = { { name = "나" } },
    rows = { { label = "다", values = { 1, 2 } } } } }),
    { "blocks[1].chart.rows[1].values: has 2 entries where 1 belong" } },
  { with_blocks({ chart = { kind = "dots", title = "가", rows = { { label = "다", values = { 0 / 0, "x", false } } } } }),
    { "blocks[1].chart.rows[1].values[1]: is no number such as \"97.0\"",
      "blocks[1].chart.rows[1].values[2]: is no number such as \"97.0\"",
      "blocks[1].chart.rows[1].values[3]: is true or false where an integer, or a printed number such as rate_printed, "
      .. "belongs" } },
  { with_blocks({ chart = { kind = "slope", title = "가", series = {}, rows = {} } }),
    { "blocks[1].chart.series: has 0 entries where 2 belong" } },
  { with_blocks({ chart = { kind = "bullet", title = "가", rows = { { label = "나", values = {} } }, target = 100 } }),
    { "blocks[1].chart.rows[1].values: has 0 entries where 1 belong",
      "blocks[1].chart.target: is an integer where a line { value = …, label = … } belongs" } },
  { with_rows({ { text = "가", columns = 3 } }),
    { "blocks[1].table.rows[1][1]: spans 3 columns where 2 are free" } },
  { with_rows({ { text = "가", rows = 2 }, "나" }),
    { "blocks[1].table.rows[1][1]: spans 2 rows, the table ends after 1" } },
  { with_rows({ "가", { text = "나", rows = 2 } }, { { text = "다", columns = 2 } }),
    { "blocks[1].table.rows[2][1]: spans 2 columns where 1 are free" } },
}

function TestFaults.test_cases()
  for i, case in ipairs(CASES) do
    local document, faults = engine.document(case[1])
    luaunit.assertNil(document, "case " .. i)
    luaunit.assertEquals(faults, case[2], "case " .. i)
  end
end

-- Metamethods of what a report returns never run.
function TestFaults.test_no_metamethods()
  local function run() error("run") end
  local trap = setmetatable({}, { __index = run, __len = run, __pairs = run })
  local document, faults = engine.document(trap)
  luaunit.assertNil(document)
  luaunit.assertEquals(#faults, 2)
end

os.exit(luaunit.LuaUnit.run())
