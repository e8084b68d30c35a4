-- ZIP archives, read back for the tests: every header by hand, inflate after RFC 1951, CRC-32 checked.
local archive = {}

---- inflate

local LENGTHS = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
  195, 227, 258 }
local LENGTH_BITS = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 }
local DISTANCES = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577 }
local DISTANCE_BITS = { 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
  13 }
local ORDER = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 }

local function new_bits(bytes)
  local at, held, count = 1, 0, 0
  local bits = {}
  function bits.take(wanted)
    while count < wanted do
      held = held | bytes:byte(at) << count
      at, count = at + 1, count + 8
    end
    local value = held & (1 << wanted) - 1
    held, count = held >> wanted, count - wanted
    return value
  end
  function bits.align()
    held, count = held >> (count & 7), count - (count & 7)
  end
  return bits
end

-- From a symbol's code, written with a 1 before it, to the symbol.
local function new_code(lengths)
  local count, next_code, code, symbols = {}, {}, 0, {}
  for n = 0, 15 do count[n] = 0 end
  for _, length in ipairs(lengths) do count[length] = count[length] + 1 end
  count[0] = 0
  for n = 1, 15 do
    code = (code + count[n - 1]) << 1
    next_code[n] = code
  end
  for i, length in ipairs(lengths) do
    if length > 0 then
      symbols[1 << length | next_code[length]] = i - 1
      next_code[length] = next_code[length] + 1
    end
  end
  return symbols
end

local function read_symbol(bits, symbols)
  local code = 1
  for _ = 1, 15 do
    code = code << 1 | bits.take(1)
    if symbols[code] then return symbols[code] end
  end
  error("no such code")
end

local function fixed_codes()
  local lengths, distances = {}, {}
  for i = 1, 288 do lengths[i] = i <= 144 and 8 or i <= 256 and 9 or i <= 280 and 7 or 8 end
  for i = 1, 30 do distances[i] = 5 end
  return new_code(lengths), new_code(distances)
end

local function read_codes(bits)
  local literals, distances, lengths = bits.take(5) + 257, bits.take(5) + 1, {}
  for i = 1, 19 do lengths[i] = 0 end
  for i = 1, bits.take(4) + 4 do lengths[ORDER[i] + 1] = bits.take(3) end
  local code, all = new_code(lengths), {}
  while #all < literals + distances do
    local symbol = read_symbol(bits, code)
    if symbol < 16 then
      all[#all + 1] = symbol
    else
      local value = symbol == 16 and all[#all] or 0
      local times = symbol == 16 and 3 + bits.take(2) or symbol == 17 and 3 + bits.take(3) or 11 + bits.take(7)
      for _ = 1, times do all[#all + 1] = value end
    end
  end
  return new_code(table.move(all, 1, literals, 1, {})), new_code(table.move(all, literals + 1, #all, 1, {}))
end

local function inflate_block(bits, out, literals, distances)
  while true do
    local symbol = read_symbol(bits, literals)
    if symbol == 256 then return end
    if symbol < 256 then
      out[#out + 1] = symbol
    else
      local length = LENGTHS[symbol - 256] + bits.take(LENGTH_BITS[symbol - 256])
      local code = read_symbol(bits, distances) + 1
      local from = #out - DISTANCES[code] - bits.take(DISTANCE_BITS[code])
      for i = 1, length do out[#out + 1] = out[from + i] end
    end
  end
end

local function joined(bytes)
  local pieces = {}
  for i = 1, #bytes, 4096 do
    pieces[#pieces + 1] = string.char(table.unpack(bytes, i, math.min(i + 4095, #bytes)))
  end
  return table.concat(pieces)
end

local function inflate(bytes)
  local bits, out, last = new_bits(bytes), {}, 0
  while last == 0 do
    last = bits.take(1)
    local kind = bits.take(2)
    if kind == 0 then
      bits.align()
      local size = bits.take(16)
      assert(bits.take(16) == size ~ 0xffff)
      for _ = 1, size do out[#out + 1] = bits.take(8) end
    elseif kind == 1 then
      inflate_block(bits, out, fixed_codes())
    else
      inflate_block(bits, out, read_codes(bits))
    end
  end
  return joined(out)
end

---- archives

local CRC = {}
for n = 0, 255 do
  local value = n
  for _ = 1, 8 do value = value & 1 == 1 and 0xedb88320 ~ value >> 1 or value >> 1 end
  CRC[n] = value
end

local function crc32(bytes)
  local crc = 0xffffffff
  for i = 1, #bytes do crc = CRC[(crc ~ bytes:byte(i)) & 255] ~ crc >> 8 end
  return crc ~ 0xffffffff
end

-- The entries in their order: { name, text, method, date, time, flags, extra }. An entry whose two headers differ, or
-- whose sum is wrong, is an error.
function archive.read(bytes)
  local entries = {}
  local count, _, at = string.unpack("<I2I4I4", bytes, #bytes - 11)
  assert(bytes:sub(#bytes - 21, #bytes - 18) == "PK\5\6", "no end of an archive")
  at = at + 1
  for i = 1, count do
    local mark, _, _, flags, method, time, date, crc, packed, size, name_size, extra, remark, disk, _, _, start =
      string.unpack("<c4I2I2I2I2I2I2I4I4I4I2I2I2I2I2I4I4", bytes, at)
    assert(mark == "PK\1\2" and remark == 0 and disk == 0)
    local name = bytes:sub(at + 46, at + 45 + name_size)
    local head, needed, flags2, method2, time2, date2, crc2, packed2, size2, name_size2, extra2 =
      string.unpack("<c4I2I2I2I2I2I4I4I4I2I2", bytes, start + 1)
    assert(head == "PK\3\4" and needed == 20 and flags2 == flags and method2 == method and time2 == time)
    assert(date2 == date and crc2 == crc and packed2 == packed and size2 == size and name_size2 == name_size)
    local from = start + 31 + name_size2 + extra2
    assert(bytes:sub(start + 31, start + 30 + name_size) == name)
    local text = bytes:sub(from, from + packed - 1)
    if method == 8 then text = inflate(text) end
    assert(#text == size and crc32(text) == crc, name)
    entries[i] = { name = name, text = text, method = method, date = date, time = time, flags = flags,
      extra = extra + extra2 }
    at = at + 46 + name_size + extra + remark
  end
  return entries
end

-- The text of each entry by its name.
function archive.texts(bytes)
  local texts = {}
  for _, entry in ipairs(archive.read(bytes)) do texts[entry.name] = entry.text end
  return texts
end

---- XML

local NAMED = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'" }

local function unescape(words)
  return (words:gsub("&(#?)(%w+);", function(number, name)
    if number == "#" then return utf8.char(tonumber(name)) end
    return assert(NAMED[name], name)
  end))
end

-- The root element: { tag, attributes = {}, ... } with elements and texts as entries. What is not well-formed is an
-- error: tags that do not match, an attribute twice, a stray & < or control.
function archive.xml(text)
  local root, at = { tag = "" }, 1
  local open = { root }
  text = text:gsub("^<%?xml [^?]*%?>\n?", "")
  while at <= #text do
    local words, stop = text:match("^([^<]+)()", at)
    if words then
      assert(not words:gsub("&#?%w+;", ""):find("[&>%c]"), words)
      table.insert(open[#open], unescape(words))
      at = stop
    else
      local slash, tag, inside, single, behind = text:match("^<(/?)([%w:]+)([^<>]-)(/?)>()", at)
      assert(tag, text:sub(at, at + 60))
      if slash == "/" then
        assert(open[#open].tag == tag and inside == "", tag)
        open[#open] = nil
      else
        local element = { tag = tag, attributes = {} }
        local rest = inside:gsub(' ([%w:-]+)="([^"<]*)"', function(name, value)
          assert(element.attributes[name] == nil and not value:find("%c"), name)
          element.attributes[name] = unescape(value)
          return ""
        end)
        assert(rest == "", inside)
        table.insert(open[#open], element)
        if single == "" then open[#open + 1] = element end
      end
      at = behind
    end
  end
  assert(#open == 1 and #root == 1, "elements are left open")
  return root[1]
end

-- All elements below with that tag, in order; not those inside of one another.
function archive.all(element, tag, found)
  found = found or {}
  for _, child in ipairs(element) do
    if type(child) == "table" then
      if child.tag == tag then found[#found + 1] = child else archive.all(child, tag, found) end
    end
  end
  return found
end

-- All texts of the elements with that tag below, joined.
function archive.words(element, tag)
  local words = {}
  for _, found in ipairs(archive.all(element, tag)) do words[#words + 1] = table.concat(found) end
  return table.concat(words)
end

return archive
