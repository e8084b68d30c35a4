-- XLSX: 부마다 시트 하나, 국마다 시트 하나, 살펴볼 것과 그림의 시트. 무엇이 있는가만 적고 엔진이 그린다.
local numbers = require("numbers")
local workbooks = require("workbooks")
local charts = require("charts")

local place, range = workbooks.place, workbooks.range
local BULLETS = { "◇", "○", "-", "·" }
local LEAST, MOST = 8, 38 -- 열의 너비(글자)
local TEXT_COLUMNS, TEXT_WIDTH = 8, 11 -- 표가 없는 시트의 열과 그 너비: 글은 모두에 걸친다
local PORTRAIT = 92 -- 이보다 넓으면 가로로 찍는다

-- ---- 시트: 블록을 모아 두었다가 너비를 정하고 적는다

local function same_columns(a, b)
  if #a ~= #b then return false end
  for i = 1, #a do
    if a[i].title ~= b[i].title or a[i].group ~= b[i].group then return false end
  end
  return true
end

-- 문서를 시트로 나눈다: 1수준 제목마다 하나, group이 있는 제목은 그 group의 시트로.
local function split(document)
  local parts, groups = {}, {}
  local current, part
  local function open(name, title)
    local sheet = { name = name, title = title, blocks = {} }
    parts[#parts + 1] = sheet
    return sheet
  end
  for _, block in ipairs(document.blocks) do
    if block.kind == "heading" and block.level == 1 then
      part = block.text
      current = nil
    elseif block.kind == "heading" and block.group then
      current = groups[block.group] or open(block.group, part and part .. " : " .. block.group or block.group)
      groups[block.group] = current
      current.grouped = true
    end
    if block.kind ~= "chart" and block.kind ~= "page_break" and not (block.kind == "heading" and block.level == 1) then
      current = current or open(part or document.title, part or document.title)
      current.blocks[#current.blocks + 1] = block
    end
  end
  return parts
end

local function tables_of(sheet)
  local found = {}
  for _, block in ipairs(sheet.blocks) do
    if block.kind == "table" then found[#found + 1] = block end
  end
  return found
end

local function has_marks(tables)
  for _, block in ipairs(tables) do
    for _, row in ipairs(block.rows) do
      for _, cell in ipairs(row) do
        if cell and cell.mark then return true end
      end
    end
  end
  return false
end

-- 열의 너비: 가장 긴 글. 넘치면 줄을 바꾼다.
local function widths_of(tables, columns)
  local widths = {}
  for c = 1, columns do widths[c] = LEAST end
  for _, block in ipairs(tables) do
    for c, column in ipairs(block.columns) do
      widths[c] = math.max(widths[c], text.width(column.title) + 2)
      for _, row in ipairs(block.rows) do
        local cell = row[c]
        if cell and cell.columns == 1 then widths[c] = math.max(widths[c], text.width(numbers.cell(cell)) + 2) end
      end
    end
  end
  for c = 1, columns do widths[c] = math.min(widths[c], MOST) end
  return widths
end

local function sum(widths, from, to)
  local all = 0
  for c = from, to do all = all + widths[c] end
  return all
end

-- 시트를 적는 손.
local function new_writer(name, header, widths)
  local out = { name = name, header = workbooks.words(header), widths = {}, rows = {}, cells = {}, conditions = {} }
  for c, width in ipairs(widths) do out.widths[c] = { width = width } end
  out.landscape = sum(widths, 1, #widths) > PORTRAIT
  local writer = { sheet = out, row = 0, widths = widths, columns = #widths }
  function writer.add(cell)
    cell.text = workbooks.words(cell.text)
    out.cells[#out.cells + 1] = cell
  end
  function writer.height(row, lines, size)
    out.rows[#out.rows + 1] = { row = row, height = math.min(400, math.ceil(lines * (size or 10) * 1.5) + 4) }
  end
  -- 모든 열에 걸친 글 한 줄.
  function writer.line(words, style, size, columns)
    writer.row = writer.row + 1
    writer.add({ row = writer.row, column = 1, columns = columns or writer.columns, text = words, style = style })
    local width = sum(widths, 1, writer.columns) * 10 // (size or 10)
    writer.height(writer.row, workbooks.lines(words, width), size)
  end
  function writer.gap()
    writer.row = writer.row + 1
  end
  return writer
end

-- ---- 표

local ALIGN = { left = "left", center = "center", right = "right" }

local function align_of(column, cell)
  return ALIGN[column.align] or (cell.kind == "number" and "right" or "left")
end

-- 제목 행: 이어진 열의 group은 위에 한 번.
local function write_head(writer, columns)
  local grouped = false
  for _, column in ipairs(columns) do grouped = grouped or column.group ~= nil end
  local top, rows = writer.row + 1, grouped and 2 or 1
  local c = 1
  while c <= #columns do
    local group, last = columns[c].group, c
    while group and columns[last + 1] and columns[last + 1].group == group do last = last + 1 end
    if group then writer.add({ row = top, column = c, columns = last - c + 1, text = group, style = "head" }) end
    for i = c, last do
      writer.add({ row = group and top + 1 or top, column = i, rows = group and 1 or rows, text = columns[i].title,
        style = "head" })
    end
    c = last + 1
  end
  for row = top, top + rows - 1 do writer.height(row, 1.2) end
  writer.row = top + rows - 1
end

-- 그 칸의 수를 정수로. 수가 아니면 nil.
local function whole(cell)
  return cell and cell.kind == "number" and math.tointeger(tonumber(cell.text)) or nil
end

-- 판정별 사업 수의 칸인가.
local function is_count(cell)
  return cell and cell.verdict and not cell.percent and whole(cell) ~= nil
end

-- 그 열에서 첫째 수가, 이어진 아래 수들의 합인가. 합이면 그 처음과 마지막 행.
local function sum_below(block, r, c)
  local total, first, last = 0, nil, nil
  for i = 1, r - 1 do
    if is_count(block.rows[i][c]) then return nil end
  end
  for i = r + 1, #block.rows do
    local cell = block.rows[i][c]
    if is_count(cell) then
      first, last = first or i, i
      total = total + whole(cell)
    elseif first then
      return nil
    end
  end
  if not first or total ~= whole(block.rows[r][c]) then return nil end
  return first, last
end

-- 그 행의 판정별 칸: 처음과 끝. 합이 그 칸의 수와 같을 때만.
local function sum_beside(row, c)
  local first, last, total = nil, nil, 0
  for i = c + 1, #row do
    if is_count(row[i]) and (not last or last == i - 1) then
      first, last = first or i, i
      total = total + whole(row[i])
    end
  end
  if not first or total ~= whole(row[c]) then return nil end
  return first, last
end

-- 백분율의 수식: 위에서 그 판정의 수와 계를 찾고, 반올림한 값이 찍힌 값과 꼭 같을 때만.
local function percent_formula(block, r, c, top)
  local cell = block.rows[r][c]
  local decimals = string.match(cell.text, "%.(%d+)$") or ""
  local scale = math.tointeger(10 ^ #decimals)
  for i = r - 1, 1, -1 do
    local count = block.rows[i][c]
    if is_count(count) and count.verdict == cell.verdict and count.of == cell.of then
      for t = c - 1, 1, -1 do
        local all = block.rows[i][t]
        local total = whole(all)
        if total and total > 0 and not all.verdict then
          local rounded = (2 * whole(count) * 100 * scale + total) // (2 * total)
          local printed = math.tointeger(tonumber((string.gsub(cell.text, "%.", ""))))
          if rounded ~= printed then return nil end
          return "ROUND(" .. place(top + i, c) .. "/" .. place(top + i, t) .. "*100," .. #decimals .. ")"
        end
      end
    end
  end
  return nil
end

-- 보고서가 적은 식: {target}은 그 행의 그 열. 글인 칸이나 없는 열을 가리키면 식을 두지 않는다.
local function rule_formula(block, r, cell, top)
  local good = true
  local formula = string.gsub(cell.formula, "{(.-)}", function(field)
    for c, column in ipairs(block.columns) do
      local other = block.rows[r][c]
      if column.field == field and other and other.kind == "number" and workbooks.fits(other.text) then
        return place(top + r, c)
      end
    end
    good = false
    return "0"
  end)
  return good and formula or nil
end

-- 칸의 수식: 합, 백분율, 규칙의 식. 어느 것도 아니면 nil.
local function formula_of(block, r, c, top)
  local row, cell = block.rows[r], block.rows[r][c]
  if cell.formula then return rule_formula(block, r, cell, top) end
  if cell.percent and cell.verdict then return percent_formula(block, r, c, top) end
  if not whole(cell) then return nil end
  if is_count(cell) then
    local first, last = sum_below(block, r, c)
    return first and "SUM(" .. range(top + first, c, top + last, c) .. ")" or nil
  end
  local first, last = sum_beside(row, c)
  return first and "SUM(" .. range(top + r, first, top + r, last) .. ")" or nil
end

local function spaced(cell)
  if not cell.spaced then return cell.text end
  return table.concat(text.letters(cell.text), "  ")
end

local function table_cell(block, r, c, top, number_style)
  local cell, column = block.rows[r][c], block.columns[c]
  local align = align_of(column, cell)
  local made
  if cell.kind == "number" then
    made = workbooks.number_cell(cell, align, number_style)
    local formula = made.number and formula_of(block, r, c, top)
    if formula then
      made.formula, made.value, made.number = formula, made.number, nil
    end
  else
    made = { text = spaced(cell), style = align }
  end
  made.row, made.column, made.rows, made.columns = top + r, c, cell.rows, cell.columns
  return made
end

-- 표시(부진)가 붙은 칸은 마지막 열에 그 표시를, 살펴볼 것의 시트에도.
local function add_mark(writer, look, block, r, cell, section)
  local row = writer.row + r
  writer.add({ row = row, column = writer.columns, rows = cell.rows, text = cell.mark, style = "center" })
  writer.marks[cell.mark] = true
  local last = block.rows[r][#block.columns]
  look[#look + 1] = { sheet = writer.sheet.name, place = place(row, 1), section = section, text = cell.text,
    mark = cell.mark, rate = last and last.kind == "number" and cell.rows == 1 and last or nil }
end

-- 행의 높이: 가장 긴 칸의 줄. 합친 칸은 그 행들이 함께 나눈다.
local function set_heights(writer, block)
  local lines = {}
  for r, row in ipairs(block.rows) do
    lines[r] = lines[r] or 1
    for c, cell in ipairs(row) do
      if cell then
        local needed = workbooks.lines(numbers.cell(cell), sum(writer.widths, c, c + cell.columns - 1))
        local each = math.ceil(needed / cell.rows)
        for i = r, r + cell.rows - 1 do lines[i] = math.max(lines[i] or 1, each) end
      end
    end
    writer.height(writer.row + r, lines[r])
  end
end

local function write_rows(writer, block, number_style, look, section)
  local top = writer.row
  for r, row in ipairs(block.rows) do
    local marked = 0
    for c, cell in ipairs(row) do
      if cell then
        writer.add(table_cell(block, r, c, top, number_style))
        if cell.mark then
          add_mark(writer, look, block, r, cell, section)
          marked = cell.rows
        end
      end
    end
    writer.covered = math.max((writer.covered or 0) - 1, marked)
    if writer.marked and writer.covered == 0 then
      writer.add({ row = top + r, column = writer.columns, style = "center" })
    end
  end
  writer.covered = 0
  set_heights(writer, block)
  writer.row = top + #block.rows
end

-- 달성률의 열에 기준을 조건부 서식으로.
local function add_conditions(writer, block, top, threshold)
  if not threshold or #block.rows == 0 then return end
  local kind = string.match(threshold.label, "미만$") and "below" or "at_most"
  for c, column in ipairs(block.columns) do
    if column.field == "rate" then
      writer.sheet.conditions[#writer.sheet.conditions + 1] = { row = top + 1, column = c, rows = #block.rows,
        kind = kind, value = threshold.text, style = "low" }
    end
  end
end

-- ---- 블록

local function write_text(writer, block)
  if block.kind == "heading" then
    if block.level == 3 and not writer.frozen then writer.gap() end
    writer.line(block.text, "heading" .. block.level, block.level == 2 and 12 or 11)
  elseif block.kind == "note" then
    writer.line("※ " .. block.text, "note")
  elseif block.kind == "bullet" then
    writer.line((BULLETS[block.level] or "·") .. " " .. block.text, "bullet" .. block.level)
  else
    writer.line(block.text, "paragraph")
  end
end

local function head_of(columns, marked)
  local head = {}
  for i, column in ipairs(columns) do head[i] = column end
  if marked then head[#head + 1] = { title = "표시" } end
  return head
end

-- 시트 하나. 같은 제목의 표가 이어지면 제목 행은 위에 한 번만 두고 틀을 고정한다.
local function write_sheet(part, name, document, number_style, look, threshold)
  local tables = tables_of(part)
  local marked, columns = has_marks(tables), 0
  for _, block in ipairs(tables) do columns = math.max(columns, #block.columns) end
  local widths = widths_of(tables, columns)
  if marked then widths[columns + 1] = 11 end
  for c = columns == 0 and 1 or TEXT_COLUMNS + 1, TEXT_COLUMNS do widths[c] = TEXT_WIDTH end
  local writer = new_writer(name, document.title, widths)
  writer.marked, writer.marks = marked, {}
  writer.line(part.title, "title", 16)
  local head = part.grouped and tables[1] and tables[1].columns
  if head then
    write_head(writer, head_of(head, marked))
    writer.sheet.frozen_rows, writer.sheet.repeat_row, writer.sheet.repeat_rows = writer.row, 1, writer.row
    writer.frozen = true
  end
  local section = part.title
  local first = writer.row + 1
  for _, block in ipairs(part.blocks) do
    if block.kind == "heading" then section = block.text end
    if block.kind == "table" then
      if block.caption then writer.line(block.caption, "paragraph") end
      if not (head and same_columns(head, block.columns)) then
        write_head(writer, head_of(block.columns, marked))
        if #tables == 1 and not writer.frozen and writer.row <= 8 then
          writer.sheet.frozen_rows, writer.sheet.repeat_row, writer.sheet.repeat_rows = writer.row, 1, writer.row
          writer.frozen = true
        end
      end
      local top = writer.row
      write_rows(writer, block, number_style, look, section)
      add_conditions(writer, block, top, threshold)
    else
      write_text(writer, block)
    end
  end
  local marks = {}
  for mark in pairs(writer.marks) do marks[#marks + 1] = mark end
  table.sort(marks)
  for _, mark in ipairs(marks) do
    writer.sheet.conditions[#writer.sheet.conditions + 1] = { row = first, column = writer.columns,
      rows = writer.row - first + 1, kind = "contains", value = mark, style = "alert" }
  end
  return writer.sheet
end

-- 살펴볼 것: 표시가 붙은 사업과 그 자리.
local function write_look(look, name, document)
  if #look == 0 then return nil end
  local writer = new_writer(name, document.title, { 8, 24, 44, 16, 26, 10 })
  writer.line("살펴볼 것", "title", 16)
  write_head(writer, { { title = "번호" }, { title = "부서" }, { title = "사업" }, { title = "표시" },
    { title = "시트" }, { title = "칸" } })
  writer.sheet.frozen_rows, writer.sheet.repeat_row, writer.sheet.repeat_rows = writer.row, 1, writer.row
  for i, entry in ipairs(look) do
    local row = writer.row + 1
    writer.row = row
    writer.add({ row = row, column = 1, number = tostring(i), style = "center" })
    for c, words in ipairs({ entry.section, entry.text, entry.mark, entry.sheet, entry.place }) do
      writer.add({ row = row, column = c + 1, text = words, style = c >= 3 and "center" or "left" })
    end
    writer.height(row, math.max(workbooks.lines(entry.text, 44), workbooks.lines(entry.section, 24)))
  end
  return writer.sheet
end

-- ---- 그림

local function columns_of(chart)
  if chart.chart == "stacked" then return chart.series end
  return { { name = "그 밖의 구간" }, { name = "기준보다 낮은 구간", alert = true } }
end

-- 그림의 자료: 이름과 계열마다의 수.
local function data_of(chart)
  local rows = {}
  if chart.chart == "stacked" then
    for i, row in ipairs(chart.rows) do
      rows[i] = { row.label }
      for s, value in ipairs(row.values) do rows[i][s + 1] = value.value end
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

local function series_of(chart, columns, top, count)
  local series = {}
  for s, one in ipairs(columns) do
    local color = one.alert and workbooks.ALERT or workbooks.COLORS[(s - 1) % #workbooks.COLORS + 1]
    series[s] = { name = workbooks.words(one.name), color = color, hatched = one.alert or nil,
      names = { row = top + 1, column = 1, rows = count },
      values = { row = top + 1, column = s + 1, rows = count } }
  end
  return { kind = chart.chart == "stacked" and "stacked" or "column", title = workbooks.words(chart.title),
    text = workbooks.words(chart.text),
    x = chart.chart == "histogram" and "달성률(%) 이상~미만" or nil, y = chart.chart == "histogram" and "지표 수" or nil,
    width = 640, height = math.max(300, chart.chart == "stacked" and 90 + 34 * count or 340), series = series }
end

local ROW_PIXELS = 26

-- 그림 하나: 왼쪽에 자료의 표, 오른쪽에 그림.
local function write_chart(writer, chart, number_style)
  local columns, rows = columns_of(chart), data_of(chart)
  writer.line(chart.title, "heading2", 12)
  if chart.text then writer.line(chart.text, "note") end
  local from = writer.row + 1
  local head = { { title = chart.chart == "stacked" and "국별" or "구간(%)" } }
  for s, one in ipairs(columns) do head[s + 1] = { title = one.name } end
  write_head(writer, head)
  local top = writer.row
  for r, row in ipairs(rows) do
    for c, value in ipairs(row) do
      local cell = { row = top + r, column = c }
      if c == 1 then
        cell.text, cell.style = value, "left"
      else
        cell.number, cell.style = value, number_style('#,##0;"△"#,##0;"-"', "right")
      end
      writer.add(cell)
    end
  end
  local made = series_of(chart, columns, top, #rows)
  made.row, made.column = from, writer.columns
  if #rows > 0 and #columns > 0 then writer.charts[#writer.charts + 1] = made end
  writer.row = math.max(top + #rows, from + made.height // ROW_PIXELS + 3)
  writer.gap()
end

local function write_charts(found, name, document, number_style)
  if #found == 0 then return nil end
  local most = 0
  for _, chart in ipairs(found) do most = math.max(most, #columns_of(chart)) end
  local widths = { 24 }
  for s = 1, most do widths[s + 1] = 14 end
  widths[#widths + 1] = 2
  widths[#widths + 1] = 90
  local writer = new_writer(name, document.title, widths)
  writer.charts = {}
  writer.line("그림과 그 자료", "title", 16)
  for _, chart in ipairs(found) do write_chart(writer, chart, number_style) end
  writer.sheet.charts = writer.charts
  return writer.sheet
end

local function charts_of(document)
  local found, threshold = {}, nil
  for _, block in ipairs(document.blocks) do
    if block.kind == "chart" then
      found[#found + 1] = block
      threshold = threshold or block.threshold
    end
  end
  return found, threshold
end

local function draw(document)
  local workbook, number_style = workbooks.new(workbooks.words(document.title))
  local name_sheet = workbooks.namer()
  local found, threshold = charts_of(document)
  local parts, names, sheets, look = split(document), {}, workbook.sheets, {}
  for i, part in ipairs(parts) do names[i] = name_sheet(part.name) end
  local written = {}
  for i, part in ipairs(parts) do
    written[i] = write_sheet(part, names[i], document, number_style, look, threshold)
  end
  sheets[1] = written[1]
  sheets[#sheets + 1] = write_look(look, name_sheet("살펴볼 것"), document)
  sheets[#sheets + 1] = write_charts(found, name_sheet("그림"), document, number_style)
  for i = 2, #written do sheets[#sheets + 1] = written[i] end
  return { workbook = workbook }
end

return { purpose = "XLSX 통합 문서", draw = draw, wants = { "stacked", "histogram", "formulas" } }
