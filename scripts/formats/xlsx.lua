-- XLSX: 부마다 시트 하나, 국마다 시트 하나, 살펴볼 것과 그림의 시트. 무엇이 있는가만 적고 엔진이 그린다.
local numbers = require("numbers")
local workbooks = require("workbooks")
local formulas = require("xlsx_formulas")
local pages = require("xlsx_pages")
local pictures = require("xlsx_charts")

local place = workbooks.place
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
  local writer = { sheet = out, row = 0, widths = widths, columns = #widths, starts = {} }
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
  -- 다음 행은 새 쪽에서 시작해도 된다.
  function writer.may_turn()
    writer.starts[writer.row + 1] = true
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
    local formula = made.number and formulas.of(block, r, c, top)
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
    if r > 1 and row[1] then writer.starts[top + r] = true end -- 사업의 첫 행
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
  if not writer.after_heading then writer.may_turn() end
  writer.after_heading = block.kind == "heading"
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
      writer.after_heading = false
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
  pages.set(writer.sheet, writer.starts, writer.row)
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

local ROW_PIXELS = 26

-- 그림 하나: 왼쪽에 자료의 표, 오른쪽에 그림.
local function write_chart(writer, chart, number_style)
  local columns, rows = pictures.columns(chart), pictures.rows(chart)
  local format = number_style(pictures.format(chart), "right")
  writer.line(chart.title, "heading2", 12)
  if chart.text then writer.line(chart.text, "note") end
  local from = writer.row + 1
  write_head(writer, columns)
  local top = writer.row
  for r, row in ipairs(rows) do
    for c, value in ipairs(row) do
      local cell = { row = top + r, column = c }
      if c == 1 then
        cell.text, cell.style = value, "left"
      else
        cell.number, cell.style = value, format
      end
      writer.add(cell)
    end
  end
  local made = pictures.native(chart, top, #rows)
  made.row, made.column = from, writer.columns
  if #rows > 0 and #columns > 1 then writer.charts[#writer.charts + 1] = made end
  writer.row = math.max(top + #rows, from + made.height // ROW_PIXELS + 3)
  writer.gap()
end

local function write_charts(found, name, document, number_style)
  if #found == 0 then return nil end
  local most = 0
  for _, chart in ipairs(found) do most = math.max(most, #pictures.columns(chart) - 1) end
  local widths = { 24 }
  for s = 1, most do widths[s + 1] = 14 end
  widths[#widths + 1] = 2
  widths[#widths + 1] = 90
  local writer = new_writer(name, document.title, widths)
  writer.charts = {}
  writer.line("그림과 그 자료", "title", 16)
  for _, chart in ipairs(found) do
    writer.may_turn()
    write_chart(writer, chart, number_style)
  end
  pages.set(writer.sheet, writer.starts, writer.row)
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

return { purpose = "XLSX 통합 문서", draw = draw, wants = { "stacked", "histogram", "slope", "formulas" } }
