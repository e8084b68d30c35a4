-- The layout of charts: where things stand, labels pushed apart, values past the axis marked; and the writer of markup.
local luaunit = require("luaunit")
local engine = require("perfeval_engine")
local host = require("script_host")

local charts = host.load("scripts/charts.lua")
local markup = host.load("scripts/markup.lua")

local function drawing_of(chart)
  return charts.layout(host.document({ title = "", blocks = { { chart = chart } } }).blocks[1])
end

local function items(drawing, shape, class)
  local list = {}
  for _, item in ipairs(drawing.items) do
    if item.shape == shape and (not class or item.class == class) then list[#list + 1] = item end
  end
  return list
end

local function texts(drawing, class)
  local list = {}
  for i, item in ipairs(items(drawing, "text", class)) do list[i] = item.text end
  return list
end

TestPushApart = {}

local function places(list, ...)
  local entries = {}
  for i, place in ipairs(list) do entries[i] = { place = place } end
  charts.push_apart(entries, ...)
  for i, entry in ipairs(entries) do entries[i] = entry.place end
  return entries
end

function TestPushApart.test_what_is_apart_stays()
  luaunit.assertEquals(places({ 10, 40, 25 }, 10, 0, 100), { 10, 40, 25 })
end

function TestPushApart.test_equal_ones_keep_their_order()
  luaunit.assertEquals(places({ 20, 20, 20 }, 10, 0, 100), { 20, 30, 40 })
end

-- 95, 98 and 99 have room to 100 only: the last is 100, the others 10 below each.
function TestPushApart.test_the_end_pushes_back()
  luaunit.assertEquals(places({ 95, 98, 99 }, 10, 0, 100), { 80, 90, 100 })
end

TestLayout = {}

local SERIES = { { name = "정상추진", key = "normal" }, { name = "부진", key = "sluggish", alert = true } }

-- Labels are 8 cells wide: 6.1 x 8 + 12 = 60.8; the longest bar, 4, ends at 460 - 64 = 396: 83.8 a project.
function TestLayout.test_stacked()
  local drawing = drawing_of({ kind = "stacked", title = "", series = SERIES, rows = {
    { label = "감사담당", of = "b1", values = { 3, 1 } }, { label = "재정국", of = "b2", values = { 2, 0 } } } })
  local bars = items(drawing, "rect")
  luaunit.assertEquals({ bars[3].x, bars[3].w, bars[3].of, bars[3].verdict }, { 60.8, 251.4, "b1", "normal" })
  local last = bars[4]
  luaunit.assertEquals({ last.x, last.w, last.class, last.verdict }, { 312.2, 83.8, "bar alert", "sluggish" })
  luaunit.assertEquals({ bars[6].w, bars[6].of }, { 0, "b2" })
  luaunit.assertEquals(texts(drawing, "count"), { "부진 1", "" })
end

-- 80 lies in the bin from 80 on; -31 and 315 are past the axis and are marked at its ends.
function TestLayout.test_histogram()
  local values = { -31, 79.9, 80, 80.5, 100, 315 }
  local chart = { kind = "histogram", title = "", unit = "%", rows = { { label = "", values = values } },
    threshold = { value = "80", label = "부진 80% 이하", param = "cut" }, target = { value = "100", label = "목표 100%" } }
  local drawing = drawing_of(chart)
  luaunit.assertEquals({ drawing.axis.low, drawing.axis.high }, { 0, 200 })
  luaunit.assertEquals(#items(drawing, "rect"), 20)
  local counts = texts(drawing, "count")
  luaunit.assertEquals({ counts[1], counts[8], counts[9], counts[11], counts[20] }, { "◀1", "1", "2", "1", "1▶" })
  local line = items(drawing, "line", "threshold")[1]
  luaunit.assertEquals({ line.x, line.param }, { 188, "cut" }) -- 20 + 80 of 420 / 200
end

-- The names of two lines that are close stand in rows of their own.
function TestLayout.test_names_of_lines_do_not_meet()
  local drawing = drawing_of({ kind = "histogram", title = "", rows = { { label = "", values = { 0, 190 } } },
    threshold = { value = "98", label = "부진 98% 이하" }, target = { value = "100", label = "목표 100%" } })
  local threshold, target = items(drawing, "text", "threshold-name")[1], items(drawing, "text", "target-name")[1]
  luaunit.assertEquals(threshold.y - target.y, 14)
end

function TestLayout.test_bullet()
  local function row(value, printed, mark)
    return { label = "지표", values = { { value = value, text = printed, mark = mark, of = "p1" } } }
  end
  local drawing = drawing_of({ kind = "bullet", title = "", rows = { row(97.0, "97"), row(315.0, "315"),
    row(-31.0, "△31", "부진") },
    target = { value = 100, label = "목표" } })
  luaunit.assertEquals({ drawing.axis.low, drawing.axis.high }, { 0, 150 })
  luaunit.assertEquals(texts(drawing, "count"), { "97", "▶ 315", "◀ △31 부진" })
  local bars = items(drawing, "rect")
  luaunit.assertEquals({ bars[1].class, bars[3].class, bars[3].w }, { "bar", "bar alert", 0 })
  luaunit.assertEquals(bars[2].x + bars[2].w, 376)
end

-- Dots at the same place are stacked; one past the axis has an arrow.
function TestLayout.test_dots()
  local drawing = drawing_of({ kind = "dots", title = "", rows = {
    { label = "총무과", of = "d1", values = { 100, { value = 101, of = "p2", mark = "부진" }, 400 } } } })
  local dots = items(drawing, "dot")
  luaunit.assertEquals({ dots[1].y, dots[2].y, dots[2].class, dots[2].of }, { 45, 38, "dot alert", "p2" })
  luaunit.assertEquals(texts(drawing, "past"), { "▶" })
end

function TestLayout.test_slope()
  local function row(label, from, to) return { label = label, values = { from, to } } end
  local drawing = drawing_of({ kind = "slope", title = "", series = { { name = "작년" }, { name = "올해" } },
    rows = { row("가", 90, 100), row("나", 90, 80) } })
  luaunit.assertEquals(#items(drawing, "line", "slope"), 1)
  luaunit.assertEquals(#items(drawing, "line", "slope alert"), 1)
  local names = items(drawing, "text", "count")
  luaunit.assertEquals({ names[1].text, names[2].text, names[3].text }, { "가 90", "나 90", "100 가" })
  luaunit.assertTrue(names[2].y - names[1].y >= 14)
  -- the name that was pushed away is joined to the end of its line: 90 of 80 to 110, a third up from 194 to 34
  local joined = items(drawing, "line", "tick")
  luaunit.assertEquals(#joined, 1)
  luaunit.assertEquals({ joined[1].x, joined[1].y, joined[1].x2, joined[1].y2 }, { 165, 140.7, 151, names[2].y - 4 })
end

-- Past 0 and 200 the side stands before the figure.
function TestLayout.test_slope_past_the_axis()
  local drawing = drawing_of({ kind = "slope", title = "", series = { { name = "작년" }, { name = "올해" } },
    rows = { { label = "가", values = { 120, { value = 260, text = "260.0" } } },
      { label = "나", values = { 10, { value = -20, text = "△20.0" } } } } })
  local words = {}
  for i, name in ipairs(items(drawing, "text", "count")) do words[i] = name.text end
  luaunit.assertEquals(words, { "가 120", "나 10", "▲ 260.0 가", "▼ △20.0 나" })
end

-- One strip in a line: as wide as a strip, as high as there are rows.
function TestLayout.test_dots_in_one_column()
  local rows = {}
  for i = 1, 4 do rows[i] = { label = "부서" .. i, values = { 90, 110 } } end
  local chart = { kind = "dots", title = "", rows = rows }
  local block = host.document({ title = "", blocks = { { chart = chart } } }).blocks[1]
  local three, one = charts.layout(block), charts.layout(block, 1)
  luaunit.assertEquals({ three.width, three.height }, { 460, 2 * charts.STRIP })
  luaunit.assertAlmostEquals(one.width, 460 / 3, 1e-9)
  luaunit.assertEquals(one.height, 4 * charts.STRIP)
  for _, item in ipairs(one.items) do luaunit.assertTrue(item.x >= 0 and item.x <= one.width) end
end

function TestLayout.test_long_names_are_shortened()
  luaunit.assertEquals(charts.shorten("도서관 운영", 200), "도서관 운영")
  luaunit.assertEquals(charts.shorten("도서관 운영 활성화", 60), "도서관 …")
  luaunit.assertEquals(charts.shorten("도서관 운영 활성화", 61), "도서관 운…") -- 10 cells of 6.1, with the dots
end

TestMarkup = {}

function TestMarkup.test_nothing_becomes_markup()
  local w = markup.writer()
  w.element("a", { "href", '"><img src=x onerror="alert(1)">', "hidden", true, "id", false, "x", 1.25 }, "<b>&'\27[31m")
  luaunit.assertEquals(w.finish(), '<a href="&quot;&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" hidden x="1.2">'
    .. "&lt;b&gt;&amp;&#39;\\x1b[31m</a>")
end

function TestMarkup.test_lines_stay_lines()
  local w = markup.writer()
  w.lines("가 <\n나\r\n")
  luaunit.assertEquals(w.finish(), "가 &lt;\n나␍\n")
end

function TestMarkup.test_json_inside_a_script()
  luaunit.assertEquals(markup.json({ b = { 1, true, "</script>\n\"" }, a = {} }),
    '{"a":{},"b":[1,true,"\\u003c/script\\u003e\\n\\""]}')
end

function TestMarkup.test_sha256()
  luaunit.assertEquals(engine.text.sha256("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
end

TestHtml = {}

local function draw(...)
  return host.format("html").draw(host.document({ title = "<제목>", blocks = { ... } }))
end

function TestHtml.test_the_policy_names_its_own_style_and_script()
  local drawn = draw()
  local style, script = drawn:match("<style>(.-)</style>"), drawn:match("<script>(.-)</script>")
  luaunit.assertStrContains(drawn, "default-src &#39;none&#39;; style-src &#39;sha256-" .. engine.text.sha256(style)
    .. "&#39;; script-src &#39;sha256-" .. engine.text.sha256(script) .. "&#39;")
  luaunit.assertStrContains(drawn, "<title>&lt;제목&gt;</title>")
  luaunit.assertNil(drawn:find("http[s]?://"))
  luaunit.assertNil(drawn:find(' style="', 1, true))
end

-- Rows that a merged cell joins are one body; the cell that spans them heads it.
function TestHtml.test_a_project_is_one_body()
  local columns = { { title = "사업" }, { title = "지표" }, { title = "달성률", align = "right" } }
  local drawn = draw({ heading = "총무과", level = 3 }, { table = { columns = columns, rows = {
    { { text = "가", rows = 2, of = "p1", mark = "부진" }, "나", { number = "1234.5" } }, { "다", { number = "-3" } },
    { "라", "마", { number = 0, zero = "-" } } } } })
  luaunit.assertEquals(select(2, drawn:gsub("<tbody>", "")), 2)
  luaunit.assertStrContains(drawn, '<th scope="rowgroup" rowspan="2" class="left" data-column="0" data-text="가" '
    .. 'data-of="p1">가<span class="mark">부진</span></th>')
  luaunit.assertStrContains(drawn, 'data-number="1234.5">1,234.5</td>')
  luaunit.assertStrContains(drawn, 'data-number="-3">△3</td>')
  luaunit.assertStrContains(drawn, 'data-number="0">-</td>')
  luaunit.assertStrContains(drawn, '<caption class="hidden">총무과 표</caption>')
  luaunit.assertStrContains(drawn, '<section class="leaf"><h2 class="level-3">총무과</h2>')
end

function TestHtml.test_lists_nest()
  local drawn = draw({ bullet = "가" }, { bullet = "나", level = 2 }, { bullet = "다" }, { note = "라" }):gsub("\n", "")
  luaunit.assertStrContains(drawn, '<ul><li>가<ul><li>나</li></ul></li><li>다</li></ul><p class="note">※ 라</p>')
end

function TestHtml.test_groups_of_columns()
  local columns = { { title = "국" }, { title = "정상", group = "현황" }, { title = "부진", group = "현황" } }
  local drawn = draw({ table = { columns = columns, rows = { { "가", 1, 2 } } } })
  luaunit.assertStrContains(drawn, '<tr><th scope="col" rowspan="2">국</th><th scope="colgroup" colspan="2">현황</th>'
    .. "</tr>"
    .. '<tr><th scope="col">정상</th><th scope="col">부진</th></tr>')
end

os.exit(luaunit.LuaUnit.run())
