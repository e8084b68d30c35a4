-- The formats: alignment of Korean text, spans, numbers, wrapping, escapes.
local luaunit = require("luaunit")
local engine = require("perfeval_engine")
local host = require("script_host")

local text = engine.text

local function draw(format, ...)
  local lines = host.format(format).draw(host.document({ title = "제목", blocks = { ... } }))
  return table.concat(lines, "\n") .. "\n"
end

local TABLE_MARKS = { ["│"] = true, ["┌"] = true, ["├"] = true, ["└"] = true }

-- Only the lines of tables.
local function table_lines(drawn)
  local lines = {}
  for _, line in ipairs(host.lines(drawn)) do
    if TABLE_MARKS[text.letters(line)[1]] then lines[#lines + 1] = line end
  end
  return lines
end

local SPANS = {
  table = {
    columns = { { title = "국별", align = "center" }, { title = "현황별" }, { title = "정상추진", group = "추진현황" },
      { title = "부진", group = "추진현황" } },
    rows = {
      { { text = "계", rows = 2 }, "사업 수", 154, { number = "0", zero = "-" } },
      { "비율(%)", { number = "97.5" }, { number = "-1234.5" } },
      { { text = "행정국", columns = 2, spaced = true }, 12345678, 0 },
    },
  },
}

TestText = {}

function TestText.test_table_with_spans_looks_so()
  luaunit.assertEquals(table_lines(draw("text", SPANS)), {
    "┌──────┬─────────┬───────────────────────┐",
    "│      │         │       추진현황        │",
    "│ 국별 │ 현황별  ├────────────┬──────────┤",
    "│      │         │  정상추진  │   부진   │",
    "├──────┼─────────┼────────────┼──────────┤",
    "│      │ 사업 수 │        154 │        - │",
    "│  계  ├─────────┼────────────┼──────────┤",
    "│      │ 비율(%) │       97.5 │ △1,234.5 │",
    "├──────┴─────────┼────────────┼──────────┤",
    "│   행  정  국   │ 12,345,678 │        0 │",
    "└────────────────┴────────────┴──────────┘",
  })
end

function TestText.test_a_note_stands_apart_from_a_list()
  local drawn = draw("text", { bullet = "가" }, { note = "나" }, { note = "다" })
  luaunit.assertStrContains(drawn, " ◇ 가\n\n ※ 나\n ※ 다\n")
end

-- A mark is not broken, and not lost where a spaced name must be written close.
function TestText.test_marks_stay_whole()
  local function first_lines(width, cell)
    local drawn = draw("text", { table = {
      columns = { { title = "사업" }, { title = "설명" } },
      rows = { { cell, string.rep("가나 ", 40) } },
    } })
    local lines = {}
    for _, line in ipairs(table_lines(drawn)) do lines[#lines + 1] = line:match("^│ (.-) *│") end
    table.remove(lines, 1)
    luaunit.assertTrue(#lines >= width, drawn)
    return table.concat(lines, "/")
  end
  local name = string.rep("도서관 ", 12)
  luaunit.assertStrContains(first_lines(2, { text = name .. "운영", mark = "판정 없음" }), "【판정 없음】")
  luaunit.assertStrContains(first_lines(2, { text = name .. "운영", mark = "판정 없음", spaced = true }), "【판정 없음】")
end

-- Tables of names of every length: all lines of a table are equally wide, none is wider than the page.
function TestText.test_lines_align()
  local rows = {}
  for length = 1, 40 do
    rows[#rows + 1] = {
      { text = string.rep("가나다 ", length), rows = 2, mark = length % 3 == 0 and "부진" or nil },
      string.rep("지표명abc㎞", length), "회", { number = tostring(-10 ^ (length % 15) // 1 | 0) },
    }
    rows[#rows + 1] = { "한 줄", "%", length }
  end
  local columns = { { title = "주요사업명" }, { title = "성과지표" }, { title = "단위" }, { title = "달성률(%)" } }
  local lines = table_lines(draw("text", { table = { columns = columns, rows = rows } }))
  for _, line in ipairs(lines) do luaunit.assertEquals(text.width(line), 100, line) end
  luaunit.assertTrue(#lines > 160)
end

function TestText.test_a_merged_cell_has_no_line_inside()
  local block = { table = { columns = { { title = "사업" }, { title = "지표" } },
    rows = { { { text = "가", rows = 2 }, "1" }, { "2" } } } }
  local lines = table_lines(draw("text", block))
  luaunit.assertEquals(lines[5], "│      ├──────┤")
end

function TestText.test_a_long_merged_name_goes_on_beside_the_line()
  local block = { table = { columns = { { title = "사업" }, { title = "지표" } },
    rows = { { { text = string.rep("가", 120), rows = 2 }, string.rep("나", 30) }, { "2" } } } }
  local drawn = table.concat(table_lines(draw("text", block)), "\n")
  local _, count = drawn:gsub("가", "")
  luaunit.assertEquals(count, 120)
end

function TestText.test_names_cannot_forge_lines()
  local drawn = draw("text", { paragraph = "가\n나\27[31m" }, { note = "다\rㄹ" })
  luaunit.assertStrContains(drawn, "가␊나\\x1b[31m")
  luaunit.assertStrContains(drawn, "다␍ㄹ")
end

function TestText.test_bullets_hang()
  local lines = host.lines(draw("text", { bullet = string.rep("가나다라 ", 20), level = 2 }))
  luaunit.assertEquals(lines[#lines - 1]:match("^   ○ 가나다라") ~= nil, true)
  luaunit.assertEquals(lines[#lines]:match("^     가나다라") ~= nil, true)
  luaunit.assertTrue(text.width(lines[#lines - 1]) <= 100)
end

function TestText.test_a_table_without_rows()
  local lines = table_lines(draw("text", { table = { columns = { { title = "가" } }, rows = {} } }))
  luaunit.assertEquals(lines, { "┌──────┐", "│  가  │", "└──────┘" })
end

local STYLE = { width = 30, least = 4, number = function(printed, zero) return zero or "<" .. printed .. ">" end }

local function draw_tables(...)
  return text.tables(host.document({ title = "제목", blocks = { ... } }).blocks, STYLE)
end

function TestText.test_the_style_decides_how_numbers_look()
  local rows = { { 5, { number = "0", zero = "없음" } }, { "-", { number = "-1.5" } } }
  luaunit.assertEquals(draw_tables({ table = { columns = { { title = "가" }, { title = "나" } }, rows = rows } }), {
    "┌──────┬────────┐\n" ..
    "│  가  │   나   │\n" ..
    "├──────┼────────┤\n" ..
    "│  <5> │   없음 │\n" ..
    "├──────┼────────┤\n" ..
    "│ -    │ <-1.5> │\n" ..
    "└──────┴────────┘",
  })
end

function TestText.test_tables_with_the_same_titles_are_equally_wide()
  local function one(title, words)
    return { table = { columns = { { title = title } }, rows = { { words } } } }
  end
  local drawn = draw_tables(one("가", "1234567890"), one("나", "1"), one("가", "1"))
  local widths = {}
  for i, words in ipairs(drawn) do widths[i] = text.width(words:match("^[^\n]+")) end
  luaunit.assertEquals(widths, { 14, 8, 14 })
end

function TestText.test_a_table_too_wide_is_wrapped()
  local columns = { { title = "이름(설명)", group = "묶음" }, { title = "값", group = "묶음" } }
  local rows = { { { text = "가나다 라마바사 아자", columns = 1, mark = "부진" }, "1234567890123456" } }
  luaunit.assertEquals(draw_tables({ table = { columns = columns, rows = rows } }), {
    "┌────────────────────────────┐\n" ..
    "│            묶음            │\n" ..
    "├─────────────┬──────────────┤\n" ..
    "│ 이름(설명)  │      값      │\n" ..
    "├─────────────┼──────────────┤\n" ..
    "│ 가나다      │ 123456789012 │\n" ..
    "│ 라마바사    │ 3456         │\n" ..
    "│ 아자        │              │\n" ..
    "│ 【부진】    │              │\n" ..
    "└─────────────┴──────────────┘",
  })
end

-- A table's rows are made when they are asked for, by name or by listing the block.
function TestText.test_a_table_block_is_whole()
  local function block()
    return host.document({ title = "제목", blocks = { SPANS } }).blocks[1]
  end
  local names = {}
  for name in pairs(block()) do names[name] = true end
  luaunit.assertEquals(names, { kind = true, columns = true, rows = true })
  luaunit.assertEquals(block().columns[3], { title = "정상추진", group = "추진현황" })
  luaunit.assertEquals(block().rows[2][1], false)
  luaunit.assertNil(block().nothing)
  local read = block()
  luaunit.assertEquals(#read.rows, 3)
  luaunit.assertEquals(#text.tables({ read }, STYLE), 1)
end

function TestText.test_what_tables_cannot_be_drawn()
  local document = host.document({ title = "제목", blocks = { SPANS, { note = "가" } } })
  local function style(change)
    local changed = { width = STYLE.width, least = STYLE.least, number = STYLE.number }
    for name, value in pairs(change) do changed[name] = value end
    return changed
  end
  local wrong = {
    { document.blocks, STYLE }, { { {} }, STYLE }, { { 1 }, STYLE }, { "가", STYLE }, { {} },
    { {}, style({ width = 0 }) }, { {}, style({ least = 10001 }) }, { {}, style({ number = "△" }) },
    { { document.blocks[1] }, style({ number = function() return 1 end }) },
  }
  for i, case in ipairs(wrong) do luaunit.assertFalse(pcall(text.tables, case[1], case[2]), i) end
  luaunit.assertEquals(text.tables({}, STYLE), {})
end

TestMarkdown = {}

function TestMarkdown.test_table_with_spans()
  local lines = host.lines(draw("markdown", SPANS))
  luaunit.assertEquals({ table.unpack(lines, 3) }, {
    "| 국별 | 현황별 | 추진현황 정상추진 | 추진현황 부진 |",
    "| :---: | :--- | ---: | ---: |",
    "| 계 | 사업 수 | 154 | - |",
    "| 계 | 비율(%) | 97.5 | △1,234.5 |",
    "| 행정국 |  | 12,345,678 | 0 |",
  })
end

local ESCAPES = {
  { "a|b", "a\\|b" },
  { "*_`", "\\*\\_\\`" },
  { "<b>[x](y)</b>", "\\<b\\>\\[x\\](y)\\</b\\>" },
  { "\\ # ~~ & $", "\\\\ \\# \\~\\~ \\& \\$" },
  { "가\n\n# 나", "가␊␊\\# 나" },
  { "1. 가", "1\\. 가" },
  { "- 가", "\\- 가" },
  { "   + 가 ", "\\+ 가" },
  { "https://a.kr www.a.kr a@b.kr", "https:\\//a.kr www\\.a.kr a\\@b.kr" },
  { "--- ", "\\---" },
}

function TestMarkdown.test_escapes()
  for _, case in ipairs(ESCAPES) do
    luaunit.assertEquals(draw("markdown", { paragraph = case[1] }), "# 제목\n\n" .. case[2] .. "\n", case[1])
  end
end

function TestMarkdown.test_cells_stay_cells()
  local rows = { { "1 | 2\n3" }, { { text = "가", mark = "부진" } } }
  local block = { table = { columns = { { title = "a|b" } }, rows = rows } }
  luaunit.assertStrContains(draw("markdown", block), "| a\\|b |\n| :--- |\n| 1 \\| 2␊3 |\n| 가 **【부진】** |\n")
end

TestLibrary = {}

local WRAPS = {
  { "가나 다라", 4, { "가나", "다라" } },
  { "가나 다라", 9, { "가나 다라" } },
  { "가나다라", 5, { "가나", "다라" } },
  { "가", 1, { "가" } },
  { "", 5, { "" } },
  { "  ab  cd  ", 3, { "ab", "cd" } },
  { "ab cdefgh", 4, { "ab", "cdef", "gh" } },
}

function TestLibrary.test_wrap()
  for _, case in ipairs(WRAPS) do luaunit.assertEquals(text.wrap(case[1], case[2]), case[3], case[1]) end
end

function TestLibrary.test_pad()
  luaunit.assertEquals(text.pad("가", 5), "가   ")
  luaunit.assertEquals(text.pad("가", 5, "right"), "   가")
  luaunit.assertEquals(text.pad("가", 5, "center"), " 가  ")
  luaunit.assertEquals(text.pad("가나다", 5), "가나다")
end

function TestLibrary.test_block()
  luaunit.assertEquals(text.block(" ○ ", "가나 다라 마바", 9), " ○ 가나\n   다라\n   마바")
  luaunit.assertEquals(text.block("", " 가 ", 10), "가")
  luaunit.assertEquals(text.block("- ", "", 10), "- ")
  luaunit.assertEquals(text.block("- ", "a\tb", 10), "- a␉b")
  luaunit.assertEquals(text.block("- ", "가나다라", 6), "- 가나\n  다라")
  luaunit.assertFalse(pcall(text.block, "1234", "가", 4))
  luaunit.assertFalse(pcall(text.block, "", "\xff", 4))
end

function TestLibrary.test_grouped()
  local cases = {
    ["-1234.50"] = "-1,234.50", ["0"] = "0", ["999"] = "999", ["1000"] = "1,000", ["123456"] = "123,456",
  }
  for given, expected in pairs(cases) do luaunit.assertEquals(text.grouped(given), expected) end
  luaunit.assertEquals(text.grouped(-1234567), "-1,234,567")
  luaunit.assertEquals(text.grouped("-1234.5", "△"), "△1,234.5")
  luaunit.assertEquals(text.grouped("-5", "△"), "△5")
  luaunit.assertEquals(text.grouped("1234", "△", "없음"), "1,234")
  luaunit.assertEquals(text.grouped("-0.00", "△", "없음"), "없음")
  luaunit.assertEquals(text.grouped("-0.00", "△"), "△0.00")
  luaunit.assertEquals(text.grouped("0.0", nil, "-"), "-")
  local show = text.numbers("△")
  luaunit.assertEquals({ show("-1234.5"), show("0.00", "-"), show("0.00"), show(1000, "-") },
    { "△1,234.5", "-", "0.00", "1,000" })
  luaunit.assertEquals(text.grouped("0.01", nil, "-"), "0.01")
end

function TestLibrary.test_letters()
  luaunit.assertEquals(text.letters("가e\u{301}b"), { "가", "e\u{301}", "b" })
end

local WRONG = {
  { "width", 5 }, { "width", "\xff" }, { "pad", "가" }, { "pad", "가", -1 }, { "pad", "가", 3, "middle" },
  { "wrap", "가", 0 }, { "grouped", "1,000" }, { "grouped", 1.5 }, { "grouped", "" }, { "grouped", "1." },
  { "letters" }, { "visible", {} },
}

function TestLibrary.test_wrong_arguments_are_errors()
  for i, case in ipairs(WRONG) do
    luaunit.assertFalse((pcall(text[case[1]], table.unpack(case, 2))), i .. " " .. case[1])
  end
end

function TestLibrary.test_numbers_look_korean()
  local numbers = host.load("scripts/numbers.lua")
  luaunit.assertEquals(numbers.look("-1234567.80"), "△1,234,567.80")
  luaunit.assertEquals(numbers.look("5"), "5")
  for _, zero in ipairs({ "0", "0.00", "-0.0" }) do luaunit.assertTrue(numbers.is_zero(zero), zero) end
  luaunit.assertFalse(numbers.is_zero("10"))
end

TestWords = {}

-- Bands of a rule set, and the criteria that a report prints.
local CRITERIA = {
  { { { name = "부진", at_most = "80" }, { name = "정상" } }, { "부진판정 기준 : 목표 대비 달성률 80% 이하" } },
  { { { name = "부진", below = "60" }, { name = "주의", at_most = "80" }, { name = "정상" } },
    { "부진판정 기준 : 목표 대비 달성률 60% 미만", "주의판정 기준 : 목표 대비 달성률 60% 이상 80% 이하" } },
  { { { name = "우수", at_least = "100" }, { name = "보통", above = "80" }, { name = "부진" } },
    { "우수판정 기준 : 목표 대비 달성률 100% 이상", "보통판정 기준 : 목표 대비 달성률 80% 초과 100% 미만" } },
}

function TestWords.test_criteria()
  local words = host.load("scripts/words.lua")
  for i, case in ipairs(CRITERIA) do
    luaunit.assertEquals(words.criteria({ bands = case[1] }), case[2], "case " .. i)
  end
end

os.exit(luaunit.LuaUnit.run())
