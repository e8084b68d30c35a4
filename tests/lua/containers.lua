-- Files in the formats that offices send, written from tables of texts and numbers, for the tests of reading them.
-- A table is a list of rows; a row a list of cells: a text, a number, or false for none.
local containers = {}

---- SQLite: a database of one table, whose rows fit one page

local function varint(value)
  local bytes = string.char(value & 127)
  value = value >> 7
  while value > 0 do
    bytes = string.char(value & 127 | 128) .. bytes
    value = value >> 7
  end
  return bytes
end

-- A record: the serial types of its values, then the values.
local function record(values)
  local types, body = "", ""
  for _, value in ipairs(values) do
    if value == false then
      types = types .. varint(0)
    elseif math.type(value) == "integer" then
      types, body = types .. varint(6), body .. string.pack(">i8", value)
    elseif math.type(value) == "float" then
      types, body = types .. varint(7), body .. string.pack(">d", value)
    elseif type(value) == "table" then
      types, body = types .. varint(12 + 2 * #value.blob), body .. value.blob
    else
      types, body = types .. varint(13 + 2 * #value), body .. value
    end
  end
  assert(#types < 127)
  return varint(#types + 1) .. types .. body
end

-- A leaf page of a table, `before` bytes of it taken by the header of the file.
local function leaf(records, size, before)
  local cells, starts, at = "", "", size
  for id, body in ipairs(records) do
    local cell = varint(#body) .. varint(id) .. body
    cells = cell .. cells
    at = at - #cell
    starts = starts .. string.pack(">I2", at)
  end
  local head = string.pack(">BI2I2I2B", 13, 0, #records, at & 0xffff, 0) .. starts
  assert(before + #head <= at, "the rows do not fit one page")
  return head .. ("\0"):rep(at - before - #head) .. cells
end

-- The bytes of a database with one table; the first row names its columns.
function containers.sqlite(name, rows)
  local size, names, records = 65536, {}, {}
  for i, column in ipairs(rows[1]) do names[i] = '"' .. column .. '"' end
  for i = 2, #rows do records[i - 1] = record(rows[i]) end
  local schema = ('CREATE TABLE "%s" (%s)'):format(name, table.concat(names, ", "))
  local header = "SQLite format 3\0" .. string.pack(">I2BBBBBBI4I4I4I4I4I4I4I4I4I4I4I4", 1, 1, 1, 0, 64, 32, 32, 1, 2,
    0, 0, 1, 4, 0, 0, 1, 0, 0, 0) .. ("\0"):rep(20) .. string.pack(">I4I4", 1, 3040001)
  assert(#header == 100)
  return header .. leaf({ record { "table", name, name, 2, schema } }, size, 100) .. leaf(records, size, 0)
end

---- ZIP, whose parts are stored as they are

local crc_table = {}
for i = 0, 255 do
  local crc = i
  for _ = 1, 8 do crc = crc & 1 == 1 and crc >> 1 ~ 0xedb88320 or crc >> 1 end
  crc_table[i] = crc
end

local function crc32(bytes)
  local crc = 0xffffffff
  for i = 1, #bytes do crc = crc_table[(crc ~ bytes:byte(i)) & 0xff] ~ crc >> 8 end
  return crc ~ 0xffffffff
end

-- parts: a list of { name, bytes }; packed: { name, deflated bytes, size, crc }.
function containers.zip(parts)
  local bodies, directory, at = {}, {}, 0
  for _, part in ipairs(parts) do
    local name, bytes, size = part[1], part[2], part[3] or #part[2]
    local fields = string.pack("<I2I2I2I2I2I4I4I4I2I2", 20, 0x800, part[3] and 8 or 0, 0, 0x21, part[4] or crc32(bytes),
      #bytes, size, #name, 0)
    local body = "PK\3\4" .. fields .. name .. bytes
    bodies[#bodies + 1] = body
    directory[#directory + 1] = "PK\1\2" .. string.pack("<I2", 20) .. fields ..
      string.pack("<I2I2I2I4I4", 0, 0, 0, 0, at) .. name
    at = at + #body
  end
  local list = table.concat(directory)
  return table.concat(bodies) .. list ..
    "PK\5\6" .. string.pack("<I2I2I2I2I4I4I2", 0, 0, #parts, #parts, #list, at, 0)
end

-- A deflated run of `count` times 258 blanks, and one more: 13 bits a repetition, so 158 times smaller.
function containers.run_of_blanks(count)
  local bits = { 1, 1, 0 } -- the last block, of fixed codes
  local function code(value, length)
    for i = length - 1, 0, -1 do bits[#bits + 1] = value >> i & 1 end
  end
  code(0x30 + 32, 8)
  for _ = 1, count do
    code(0xc0 + 5, 8)
    code(0, 5)
  end
  code(0, 7)
  while #bits % 8 > 0 do bits[#bits + 1] = 0 end
  local bytes = {}
  for i = 1, #bits, 8 do
    local byte = 0
    for k = 0, 7 do byte = byte | bits[i + k] << k end
    bytes[#bytes + 1] = string.char(byte)
  end
  return table.concat(bytes)
end

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function letters(column)
  local name = ""
  while column > 0 do
    name = string.char(65 + (column - 1) % 26) .. name
    column = (column - 1) // 26
  end
  return name
end

---- XLSX

local xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
local schema = "http://schemas.openxmlformats.org/"

-- The rows of a sheet as XML; a cell of the form { xml } stands as it is.
local function sheet_rows(rows)
  local lines = {}
  for r, row in ipairs(rows) do
    local cells = {}
    for c, value in ipairs(row) do
      local place = letters(c) .. r
      if type(value) == "table" then
        cells[#cells + 1] = (value[1]:gsub("{place}", place))
      elseif type(value) == "number" then
        cells[#cells + 1] = ('<c r="%s"><v>%s</v></c>'):format(place, value)
      elseif value then
        cells[#cells + 1] = ('<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'):format(place, escape(value))
      end
    end
    lines[r] = ('<row r="%d"%s>%s</row>'):format(r, row.flags or "", table.concat(cells))
  end
  return table.concat(lines)
end

-- A workbook: sheets is a list of { name, rows, merges = { "A1:A2" }, state, xml }; options: strings, styles and
-- workbook (XML), strict (names of the strict format), parts (a function that may change the list of parts).
function containers.xlsx(sheets, options)
  options = options or {}
  local base = options.strict and "http://purl.oclc.org/ooxml/" or schema
  local main = options.strict and base .. "spreadsheetml/main" or base .. "spreadsheetml/2006/main"
  local relations = base .. (options.strict and "officeDocument/relationships" or "officeDocument/2006/relationships")
  local list, links, parts = {}, {}, {}
  for i, sheet in ipairs(sheets) do
    local merges = {}
    for _, range in ipairs(sheet.merges or {}) do merges[#merges + 1] = ('<mergeCell ref="%s"/>'):format(range) end
    local body = sheet.xml or "<sheetData>" .. sheet_rows(sheet[2]) .. "</sheetData>"
    if #merges > 0 then body = body .. "<mergeCells>" .. table.concat(merges) .. "</mergeCells>" end
    -- numbers of files are not those of sheets
    local number = #sheets + 1 - i
    parts[i] = { ("xl/worksheets/sheet%d.xml"):format(number),
      xml .. ('<worksheet xmlns="%s">%s</worksheet>'):format(main, body) }
    list[i] = ('<sheet name="%s" sheetId="%d" r:id="rId%d"%s/>'):format(escape(sheet[1]), i, i,
      sheet.state and (' state="%s"'):format(sheet.state) or "")
    links[i] = ('<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>'):format(i, relations,
      number)
  end
  local function extra(kind, name, body)
    if not body then return end
    links[#links + 1] = ('<Relationship Id="r%s" Type="%s/%s" Target="%s"/>'):format(kind, relations, kind, name)
    parts[#parts + 1] = { "xl/" .. name, body }
  end
  extra("sharedStrings", "sharedStrings.xml",
    options.strings and xml .. ('<sst xmlns="%s">%s</sst>'):format(main, options.strings))
  extra("styles", "styles.xml",
    options.styles and xml .. ('<styleSheet xmlns="%s">%s</styleSheet>'):format(main, options.styles))
  local packages = "http://schemas.openxmlformats.org/package/2006/"
  table.insert(parts, 1, { "xl/workbook.xml", xml ..
    ('<workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets></workbook>'):format(main, relations,
      options.workbook or "", table.concat(list)) })
  table.insert(parts, 1, { "xl/_rels/workbook.xml.rels", xml ..
    ('<Relationships xmlns="%srelationships">%s</Relationships>'):format(packages, table.concat(links)) })
  table.insert(parts, 1, { "_rels/.rels", xml .. ('<Relationships xmlns="%srelationships"><Relationship Id="rId1" ' ..
    'Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>'):format(packages, relations) })
  local types = {}
  for _, part in ipairs(parts) do
    local kind = part[1]:match("worksheets/") and "worksheet" or part[1]:match("^xl/(%a+)%.xml$")
    if kind then
      types[#types + 1] = ('<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.' ..
        'spreadsheetml.%s+xml"/>'):format(part[1], kind == "workbook" and "sheet.main" or kind)
    end
  end
  table.insert(parts, 1, { "[Content_Types].xml",
    xml .. ('<Types xmlns="%scontent-types">%s</Types>'):format(packages, table.concat(types)) })
  if options.parts then options.parts(parts) end
  return containers.zip(parts)
end

---- ODS

-- A workbook of one sheet; a cell may be { xml }.
function containers.ods(name, rows)
  local lines = {}
  for r, row in ipairs(rows) do
    local cells = {}
    for c, value in ipairs(row) do
      if type(value) == "table" then
        cells[c] = value[1]
      elseif type(value) == "number" then
        cells[c] = ('<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p>' ..
          "</table:table-cell>"):format(value, value)
      elseif value then
        cells[c] = ('<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>')
          :format(escape(value))
      else
        cells[c] = "<table:table-cell/>"
      end
    end
    lines[r] = "<table:table-row>" .. table.concat(cells) ..
      '<table:table-cell table:number-columns-repeated="16377"/></table:table-row>'
  end
  lines[#lines + 1] = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell ' ..
    'table:number-columns-repeated="16384"/></table:table-row>'
  return containers.zip {
    { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
    { "content.xml", xml .. '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>' ..
      ('<office:spreadsheet><table:table table:name="%s">%s</table:table></office:spreadsheet>'):format(escape(name),
        table.concat(lines)) .. "</office:body></office:document-content>" },
  }
end

---- HWPX

-- A document with one table behind a paragraph; spans["r,c"] = { rows, columns }.
function containers.hwpx(rows, spans)
  local lines = {}
  for r, row in ipairs(rows) do
    local cells = {}
    for c, value in ipairs(row) do
      local span = spans and spans[r .. "," .. c] or { 1, 1 }
      if value then
        cells[#cells + 1] = ('<hp:tc><hp:subList><hp:p><hp:run><hp:t>%s</hp:t></hp:run></hp:p></hp:subList>' ..
          '<hp:cellAddr colAddr="%d" rowAddr="%d"/><hp:cellSpan colSpan="%d" rowSpan="%d"/></hp:tc>'):format(
          escape(tostring(value)), c - 1, r - 1, span[2], span[1])
      end
    end
    lines[r] = "<hp:tr>" .. table.concat(cells) .. "</hp:tr>"
  end
  return containers.zip {
    { "mimetype", "application/hwp+zip" },
    { "Contents/section0.xml", xml .. '<hs:sec xmlns:hs="s" xmlns:hp="p"><hp:p><hp:run><hp:t>성과지표 현황</hp:t>' ..
      "</hp:run></hp:p><hp:p><hp:run><hp:tbl>" .. table.concat(lines) .. "</hp:tbl></hp:run></hp:p></hs:sec>" },
  }
end

return containers
