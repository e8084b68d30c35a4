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

return containers
