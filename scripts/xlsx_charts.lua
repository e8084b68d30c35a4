-- XLSX의 그림: 차트 하나를 자료의 표와, 그 표를 가리키는 그림의 설명으로 바꾼다.
local charts = require("charts")
local workbooks = require("workbooks")

local pictures = {}

-- 그 그림의 계열: 자료의 표에서 이름 뒤의 열.
local function series_columns(chart)
  if chart.chart == "histogram" then return { { name = "그 밖의 구간" }, { name = "기준보다 낮은 구간", alert = true } } end
  return chart.series
end

local NAMES = { stacked = "국별", histogram = "구간(%)", slope = "이름" }

-- 자료의 표의 열 { title }의 목록.
function pictures.columns(chart)
  local columns = { { title = NAMES[chart.chart] } }
  for s, one in ipairs(series_columns(chart)) do columns[s + 1] = { title = one.name } end
  return columns
end

-- 찍힌 수 "△1,234.5"를 "-1234.5"로. 찍힌 수가 없으면 값.
local function plain(value)
  local words = string.gsub(string.gsub(value.text or "", ",", ""), "△", "-")
  return tonumber(words) and words or math.tointeger(value.value) or string.format("%.1f", value.value)
end

-- 수의 서식: 찍힌 수의 소수 자리대로. 빈 막대는 "-".
function pictures.format(chart)
  if chart.chart ~= "slope" then return '#,##0;"△"#,##0;"-"' end
  local decimals = 0
  for _, row in ipairs(chart.rows) do
    for _, value in ipairs(row.values) do
      decimals = math.max(decimals, #(string.match(plain(value), "%.(%d+)$") or ""))
    end
  end
  local digits = decimals > 0 and "#,##0." .. string.rep("0", decimals) or "#,##0"
  return digits .. ';"△"' .. digits
end

-- 자료의 표의 행: 이름과 계열마다의 수.
function pictures.rows(chart)
  local rows = {}
  if chart.chart ~= "histogram" then
    for i, row in ipairs(chart.rows) do
      rows[i] = { row.label }
      for s, value in ipairs(row.values) do rows[i][s + 1] = plain(value) end
    end
    return rows
  end
  local low, high = charts.range(chart, 0, 200)
  local cut = chart.threshold and chart.threshold.value or -math.huge
  for i, bin in ipairs(charts.bins(chart, low, high)) do
    local past = bin.past > 0 and (i == 1 and "◀" or "▶") or ""
    local alert = bin.from + 10 <= cut
    rows[i] = { bin.from .. "~" .. bin.from + 10 .. past, alert and 0 or bin.count, alert and bin.count or 0 }
  end
  return rows
end

local function color_of(s, alert)
  return alert and workbooks.ALERT or workbooks.COLORS[(s - 1) % #workbooks.COLORS + 1]
end

-- 막대: 열마다 한 계열.
local function bars(chart, top, count)
  local series = {}
  for s, one in ipairs(series_columns(chart)) do
    series[s] = { name = workbooks.words(one.name), color = color_of(s, one.alert), hatched = one.alert or nil,
      names = { row = top + 1, column = 1, rows = count }, values = { row = top + 1, column = s + 1, rows = count } }
  end
  return series
end

-- 두 해를 잇는 선: 행마다 한 계열. 낮아진 것은 점선.
local function lines(chart, top)
  local series = {}
  for r, row in ipairs(chart.rows) do
    local fell = row.values[2].value < row.values[1].value
    series[r] = { name = workbooks.words(row.label), color = color_of(r, fell), hatched = fell or nil,
      names = { row = top, column = 2, columns = 2 }, values = { row = top + r, column = 2, columns = 2 } }
  end
  return series
end

local KINDS = { stacked = "stacked", histogram = "column", slope = "line" }
local AXES = { histogram = { "달성률(%) 이상~미만", "지표 수" }, slope = { nil, "달성률(%)" } }

-- 그림의 설명. top은 자료의 행 바로 위의 행(제목), count는 자료의 행의 수.
function pictures.native(chart, top, count)
  local axes = AXES[chart.chart] or {}
  local height = chart.chart == "stacked" and 90 + 34 * count or math.max(340, 60 + 18 * count)
  return { kind = KINDS[chart.chart], title = workbooks.words(chart.title), text = workbooks.words(chart.text),
    x = axes[1], y = axes[2], width = 640, height = math.max(300, height),
    series = chart.chart == "slope" and lines(chart, top) or bars(chart, top, count) }
end

return pictures
