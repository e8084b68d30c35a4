-- 그림의 배치: 차트 하나를 그릴 것(사각형, 선, 글, 점)의 목록으로 바꾼다. 그리는 일은 형식이 한다.
--
-- charts.layout(chart)는 { width, height, axis, items }를 돌려준다. axis는 값이 놓이는 자리: 값 value의 가로 자리는
-- at + (value - low) * per. 자리는 모두 소수 한 자리이고 왼쪽 위가 0, 0이다. items의 하나는
--   { shape = "rect", x, y, w, h }  { shape = "line", x, y, x2, y2 }  { shape = "dot", x, y, r }
--   { shape = "text", x, y, text, anchor = "start" | "middle" | "end" }
-- 이고 class(모양의 이름), of(사업이나 부서), verdict(판정의 key), param(따라 움직이는 숫자)이 있을 수 있다.
local charts = {}

local WIDTH = 460   -- 그림의 너비: 휴대전화에서도 글이 읽히는 만큼
local CELL = 6.1    -- 글자 한 칸의 너비(한글은 두 칸), 글자 크기 12
local ROW = 24      -- 한 행의 높이
local GAP = 14      -- 겹치지 않는 글의 줄 사이

local function round(value)
  return math.floor(value * 10 + 0.5) / 10
end

-- 그릴 것을 모은다.
local function new_drawing()
  local drawing = { width = WIDTH, height = 0, items = {} }
  local function add(item)
    for _, name in ipairs({ "x", "y", "w", "h", "x2", "y2", "r" }) do
      if item[name] then item[name] = round(item[name]) end
    end
    drawing.items[#drawing.items + 1] = item
    return item
  end
  return drawing, add
end

local function label_width(label)
  return text.width(text.visible(label)) * CELL
end

-- 너비에 맞추어 끝을 …로 줄인 글.
function charts.shorten(label, width)
  label = text.visible(label)
  if label_width(label) <= width then return label end
  local kept, used = {}, CELL
  for _, letter in ipairs(text.letters(label)) do
    used = used + text.width(letter) * CELL
    if used > width then break end
    kept[#kept + 1] = letter
  end
  return table.concat(kept) .. "…"
end

-- 자리들을 차례를 지키며 적어도 gap만큼 벌린다. 목록의 place를 고치고, 될 수 있으면 low와 high 사이에 둔다.
function charts.push_apart(list, gap, low, high)
  local order = {}
  for i, entry in ipairs(list) do order[i] = { entry = entry, i = i } end
  table.sort(order, function(a, b)
    if a.entry.place ~= b.entry.place then return a.entry.place < b.entry.place end
    return a.i < b.i
  end)
  for i, one in ipairs(order) do
    local least = i == 1 and low or order[i - 1].entry.place + gap
    if one.entry.place < least then one.entry.place = least end
  end
  for i = #order, 1, -1 do
    local most = i == #order and high or order[i + 1].entry.place - gap
    if order[i].entry.place > most then order[i].entry.place = most end
  end
  return list
end

-- 모든 값과 기준선이 드는, 10으로 나누어지는 범위. 너무 넓으면 least와 most로 자르고, 밖의 값은 표시한다.
-- 나누어 그리는 그림은 low와 high를 정해 두어 눈금이 같다.
function charts.range(chart, least, most)
  if chart.low and chart.high then return chart.low, chart.high end
  local low, high = math.huge, -math.huge
  local function see(value)
    low, high = math.min(low, value), math.max(high, value)
  end
  for _, row in ipairs(chart.rows) do
    for _, value in ipairs(row.values) do see(value.value) end
  end
  for _, line in ipairs({ chart.threshold or false, chart.target or false }) do
    if line then see(line.value) end
  end
  if low > high then return least, most end
  low, high = math.floor(low / 10) * 10, math.floor(high / 10 + 1) * 10
  return math.max(low, least), math.min(high, most)
end

local function axis_of(from, to, low, high)
  return { at = from, to = to, low = low, high = high, per = (to - from) / (high - low) }
end

local function place_on(axis, value)
  return axis.at + (math.max(axis.low, math.min(axis.high, value)) - axis.low) * axis.per
end

-- 축 밖의 값에 붙이는 표시: 왼쪽 ◀, 오른쪽 ▶.
local function past(axis, value)
  if value > axis.high then return "▶" end
  if value < axis.low then return "◀" end
  return nil
end

local function shown(value)
  return value.text or tostring(value.value)
end

-- 기준선과 목표선.
local function add_lines(add, chart, axis, top, bottom)
  for _, name in ipairs({ "target", "threshold" }) do
    local line = chart[name]
    if line then
      local x = place_on(axis, line.value)
      add({ shape = "line", x = x, y = top, x2 = x, y2 = bottom, class = name, param = line.param })
    end
  end
end

-- 그 이름: 기준은 bottom 위에, 목표는 그 위의 줄에 적으므로 기준이 움직여도 겹치지 않는다.
local function add_names(add, chart, axis, bottom)
  for i, name in ipairs({ "threshold", "target" }) do
    local line = chart[name]
    if line then
      local half = label_width(line.label) / 2
      local x = math.max(half, math.min(WIDTH - half, place_on(axis, line.value)))
      add({ shape = "text", x = x, y = bottom - 5 - (i - 1) * GAP, text = line.label, anchor = "middle",
        class = name .. "-name", param = line.param })
    end
  end
end

local function add_ticks(add, axis, y, step, unit)
  for value = axis.low, axis.high, step do
    local x = place_on(axis, value)
    add({ shape = "line", x = x, y = y, x2 = x, y2 = y + 4, class = "tick" })
    add({ shape = "text", x = x, y = y + 17, text = string.format("%d", value) .. (unit or ""), anchor = "middle",
      class = "scale" })
  end
end

local function widest_label(chart, most)
  local widest = 0
  for _, row in ipairs(chart.rows) do widest = math.max(widest, label_width(row.label)) end
  return math.min(widest, most)
end

local function tick_step(low, high)
  local span = high - low
  return span > 240 and 100 or span > 100 and 20 or 10
end

-- 계열의 이름을 위에 적는다.
local function add_legend(add, series, x)
  for _, one in ipairs(series) do
    add({ shape = "rect", x = x, y = 4, w = 14, h = 12, class = one.alert and "bar alert" or "bar" })
    add({ shape = "text", x = x + 19, y = 15, text = one.name, anchor = "start", class = "name" })
    x = x + 34 + label_width(one.name)
  end
end

local LAYOUT = {}

-- 쌓은 막대: 행마다 막대 하나, 계열마다 한 조각. 끝에 눈에 띄는 계열의 수를 적는다.
function LAYOUT.stacked(chart)
  local drawing, add = new_drawing()
  local left, most = widest_label(chart, 130) + 12, 1
  for _, row in ipairs(chart.rows) do
    local total = 0
    for _, value in ipairs(row.values) do total = total + value.value end
    most = math.max(most, total)
  end
  local axis = axis_of(left, WIDTH - 64, 0, most)
  add_legend(add, chart.series, left)
  local y = 26
  for _, row in ipairs(chart.rows) do
    local x, words = left, {}
    add({ shape = "text", x = left - 8, y = y + 15, text = charts.shorten(row.label, left - 12), anchor = "end",
      class = "name" })
    for i, value in ipairs(row.values) do
      local series = chart.series[i]
      add({ shape = "rect", x = x, y = y + 3, w = value.value * axis.per, h = 16,
        class = series.alert and "bar alert" or "bar", of = row.of, verdict = series.key })
      x = x + value.value * axis.per
      if series.alert and value.value > 0 then words[#words + 1] = series.name .. " " .. shown(value) end
    end
    add({ shape = "text", x = x + 6, y = y + 15, text = table.concat(words, ", "), anchor = "start",
      class = "count", of = row.of })
    y = y + ROW
  end
  drawing.axis, drawing.height = axis, y + 4
  return drawing
end

-- 구간마다 값의 수. 범위 밖의 값은 맨 끝 구간에 넣고 표시한다.
function charts.bins(chart, low, high)
  local bins = {}
  for from = low, high - 10, 10 do bins[#bins + 1] = { from = from, count = 0, past = 0 } end
  for _, row in ipairs(chart.rows) do
    for _, value in ipairs(row.values) do
      local n = math.floor((value.value - low) / 10) + 1
      local bin = bins[math.max(1, math.min(#bins, n))]
      bin.count = bin.count + 1
      if n < 1 or n > #bins then bin.past = bin.past + 1 end
    end
  end
  return bins
end

function LAYOUT.histogram(chart)
  local drawing, add = new_drawing()
  local low, high = charts.range(chart, 0, 200)
  local bins, most = charts.bins(chart, low, high), 1
  for _, bin in ipairs(bins) do most = math.max(most, bin.count) end
  local axis = axis_of(20, WIDTH - 20, low, high)
  local top, bottom = 56, 236
  for i, bin in ipairs(bins) do
    local height = bin.count / most * (bottom - top)
    local x = place_on(axis, bin.from)
    add({ shape = "rect", x = x + 1, y = bottom - height, w = axis.per * 10 - 2, h = height, class = "bar" })
    local words = bin.count > 0 and tostring(bin.count) or ""
    if bin.past > 0 then words = i == 1 and "◀" .. words or words .. "▶" end
    add({ shape = "text", x = x + axis.per * 5, y = bottom - height - 4, text = words, anchor = "middle",
      class = "count" })
  end
  add({ shape = "line", x = axis.at, y = bottom, x2 = axis.to, y2 = bottom, class = "base" })
  add_ticks(add, axis, bottom, tick_step(low, high), chart.unit)
  add_lines(add, chart, axis, 34, bottom)
  add_names(add, chart, axis, 34)
  drawing.axis, drawing.height = axis, bottom + 24
  return drawing
end

local function mark_class(value, class)
  return value.mark and class .. " alert" or class
end

-- 막대 끝의 글이 시작하는 자리: 그 글에 걸치는 세로선이 있으면 그 뒤.
local function past_lines(chart, axis, x, width)
  local places = {}
  for _, line in ipairs({ chart.threshold or false, chart.target or false }) do
    if line then places[#places + 1] = place_on(axis, line.value) end
  end
  table.sort(places)
  for _, place in ipairs(places) do
    if place > x - 3 and place < x + width + 3 then x = place + 5 end
  end
  return x
end

-- 목표에 견준 막대: 행마다 이름 아래에 막대 하나, 세로선은 목표와 기준. 눈금은 언제나 0에서 150이라 그림끼리 견줄 수 있다.
function LAYOUT.bullet(chart)
  local drawing, add = new_drawing()
  local axis = axis_of(8, WIDTH - 84, 0, 150)
  local top = 32
  local y = top
  for _, row in ipairs(chart.rows) do
    local value = row.values[1]
    local x, outside = place_on(axis, value.value), past(axis, value.value)
    local words = outside and outside .. " " .. shown(value) or shown(value)
    add({ shape = "text", x = axis.at + 4, y = y + 15, text = charts.shorten(row.label, WIDTH - 20), anchor = "start",
      class = "name" })
    add({ shape = "rect", x = axis.at, y = y + 20, w = x - axis.at, h = 10, class = mark_class(value, "bar"),
      of = value.of })
    if value.mark then words = words .. " " .. value.mark end
    add({ shape = "text", x = past_lines(chart, axis, x + 6, label_width(words)), y = y + 30, text = words,
      anchor = "start", class = "count" })
    add_lines(add, chart, axis, y + 17, y + 33)
    y = y + 36
  end
  add({ shape = "line", x = axis.at, y = top, x2 = axis.at, y2 = y, class = "base" })
  add_ticks(add, axis, y, 50, chart.unit)
  add_names(add, chart, axis, top)
  drawing.axis, drawing.height = axis, y + 24
  return drawing
end

local COLUMNS = 3 -- 점 그림의 한 줄에 드는 칸
charts.STRIP = 68 -- 그 한 칸의 높이

-- 한 칸의 점들. 서로 겹치는 점은 위로 쌓는다.
local function add_dots(add, row, axis, y)
  local placed = {}
  for _, value in ipairs(row.values) do
    local x, level = place_on(axis, value.value), 0
    for _, other in ipairs(placed) do
      if math.abs(other.x - x) < 7 and other.level >= level then level = other.level + 1 end
    end
    placed[#placed + 1] = { x = x, level = level }
    level = math.min(level, 3)
    add({ shape = "dot", x = x, y = y - 5 - level * 7, r = 3, class = mark_class(value, "dot"), of = value.of,
      label = (value.label or row.label) .. " " .. shown(value) })
    local outside = past(axis, value.value)
    if outside and level == 0 then
      add({ shape = "text", x = outside == "▶" and x + 5 or x - 5, y = y - 1, text = outside,
        anchor = outside == "▶" and "start" or "end", class = "past" })
    end
  end
end

-- 점의 띠: 행마다 작은 그림 하나. 한 줄에 columns개.
function LAYOUT.dots(chart, columns)
  local drawing, add = new_drawing()
  local low, high = charts.range(chart, 0, 150)
  local width, height = WIDTH / COLUMNS, charts.STRIP
  columns = columns or COLUMNS
  for i, row in ipairs(chart.rows) do
    local x, y = (i - 1) % columns * width, (i - 1) // columns * height
    local axis = axis_of(x + 10, x + width - 20, low, high)
    add({ shape = "text", x = x + 10, y = y + 14, text = charts.shorten(row.label, width - 16), anchor = "start",
      class = "name" })
    add({ shape = "line", x = axis.at, y = y + 50, x2 = axis.to, y2 = y + 50, class = "base" })
    for _, value in ipairs({ low, high }) do
      add({ shape = "text", x = place_on(axis, value), y = y + 63, text = string.format("%d", value), anchor = "middle",
        class = "scale" })
    end
    add_lines(add, chart, axis, y + 20, y + 54)
    add_dots(add, row, axis, y + 50)
    drawing.axis = drawing.axis or axis
  end
  drawing.width, drawing.height = columns * width, ((#chart.rows + columns - 1) // columns) * height
  return drawing
end

-- 두 해를 잇는 선. 이름은 겹치지 않게 벌린다.
function LAYOUT.slope(chart)
  local drawing, add = new_drawing()
  local low, high = charts.range(chart, 0, 200)
  local top, left, right = 34, 165, WIDTH - 165
  local bottom = top + math.max(160, #chart.rows * GAP + 20)
  local function place(value)
    return bottom - (math.max(low, math.min(high, value)) - low) / (high - low) * (bottom - top)
  end
  local ends = { {}, {} }
  -- 눈금 밖의 값에는 그 쪽을 붙인다.
  local function marked(value)
    local mark = value.value > high and "▲ " or value.value < low and "▼ " or ""
    return mark .. shown(value)
  end
  for r, row in ipairs(chart.rows) do
    local from, to = row.values[1], row.values[2]
    local class = to.value < from.value and "slope alert" or "slope"
    local left_end, right_end = place(from.value), place(to.value)
    add({ shape = "line", x = left, y = left_end, x2 = right, y2 = right_end, class = class, of = row.of })
    ends[1][r] = { place = left_end, own = left_end, text = row.label .. " " .. marked(from) }
    ends[2][r] = { place = right_end, own = right_end, text = marked(to) .. " " .. row.label }
  end
  for side, list in ipairs(ends) do
    local x = side == 1 and left or right
    local out = side == 1 and -1 or 1
    charts.push_apart(list, GAP, top, bottom)
    add({ shape = "line", x = x, y = top - 6, x2 = x, y2 = bottom + 6, class = "base" })
    add({ shape = "text", x = x, y = top - 16, text = chart.series[side].name, anchor = "middle", class = "name" })
    for _, entry in ipairs(list) do
      if math.abs(entry.place - entry.own) > 2 then -- 밀려난 이름을 제 선의 끝에 잇는다
        add({ shape = "line", x = x, y = entry.own, x2 = x + 14 * out, y2 = entry.place, class = "tick" })
      end
      add({ shape = "text", x = x + 17 * out, y = entry.place + 4, text = charts.shorten(entry.text, 145),
        anchor = side == 1 and "end" or "start", class = "count" })
    end
  end
  drawing.height = bottom + 14
  return drawing
end

-- 차트를 그릴 것의 목록으로. columns는 점의 띠를 한 줄에 놓는 수.
function charts.layout(chart, columns)
  return LAYOUT[chart.chart](chart, columns)
end

return charts
