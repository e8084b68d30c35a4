-- What the command-line tests share: running the program, reading CSV and JSON, exact fractions.
local support = {}

support.program = os.getenv("PERFEVAL") or os.getenv("PWD") .. "/build/perfeval"
local runner = os.getenv("RUNNER") or ""

local function quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end
support.quote = quote

function support.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

function support.write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

-- A fresh folder, removed at the end of the program.
local folders = {}
function support.folder()
  local pipe = assert(io.popen("mktemp -d"))
  local path = pipe:read("l")
  pipe:close()
  folders[#folders + 1] = path
  return path
end

function support.clean()
  for _, path in ipairs(folders) do os.execute("rm -rf " .. quote(path)) end
  folders = {}
end

-- What a file holds, which is removed.
local function take(path)
  local text = support.read(path)
  os.remove(path)
  return text
end

-- Runs the program with a shell's words (quote what needs it); options: lang, stdin (a file), program (another one).
-- Answers standard output, standard error and the exit code. No other process than the shell's: thousands are run.
function support.run(words, options)
  options = options or {}
  local out, err = os.tmpname(), os.tmpname()
  local command = ("%s LC_ALL=%s %s %s %s >%s 2>%s <%s"):format(
    options.cd and ("cd " .. quote(options.cd) .. " &&") or "", options.lang or "C.UTF-8", runner,
    quote(options.program or support.program), words, out, err,
    options.stdin and quote(options.stdin) or "/dev/null")
  local _, _, status = os.execute(command)
  return take(out), take(err), status
end

-- The messages of a check without the remarks on what examples have on purpose: targets of zero, rows without a case,
-- rows of other periods.
function support.without_remarks(messages)
  local rest, count = messages:gsub("[^\n]*note%[zero%-denominator%][^\n]*\n", "")
  local others
  rest, others = rest:gsub("[^\n]*note%[rows%-without%-case%][^\n]*\n", "")
  local aside
  rest, aside = rest:gsub("[^\n]*note%[rows%-set%-aside%][^\n]*\n[^\n]*\n[^\n]*\n", "")
  others = others + aside
  if count + others == 0 then return messages end
  return (rest:gsub("^%d+ notes? in", "no errors in"))
end

-- CSV text to a list of rows (lists of cells). Quotes, doubled quotes and line breaks inside are understood.
function support.csv(text)
  local rows, row, cell, at = {}, {}, {}, 1
  local function end_cell()
    row[#row + 1] = table.concat(cell)
    cell = {}
  end
  while at <= #text do
    local char = text:sub(at, at)
    if char == '"' then
      repeat
        local stop = assert(text:find('"', at + 1, true), "unclosed quote")
        cell[#cell + 1] = text:sub(at + 1, stop - 1)
        at = stop + 1
        local doubled = text:sub(at, at) == '"'
        if doubled then cell[#cell + 1] = '"' end
      until not doubled
    elseif char == "," then
      end_cell()
      at = at + 1
    elseif char == "\n" then
      end_cell()
      rows[#rows + 1] = row
      row = {}
      at = at + 1
    else
      cell[#cell + 1] = char
      at = at + 1
    end
  end
  return rows
end

-- CSV text to a list of records by column name.
function support.records(text)
  local rows = support.csv(text)
  local names, records = rows[1], {}
  for i = 2, #rows do
    local record = {}
    for column, name in ipairs(names) do record[name] = rows[i][column] end
    records[#records + 1] = record
  end
  return records
end

-- JSON text to Lua values; null becomes support.null, numbers keep their text.
support.null = setmetatable({}, { __tostring = function() return "null" end })
local json_value

local function skip(text, at)
  return text:find("[^ \t\r\n]", at) or #text + 1
end

local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }
local function json_text(text, at)
  local parts = {}
  at = at + 1
  while true do
    local stop = assert(text:find('["\\]', at), "unclosed text")
    parts[#parts + 1] = text:sub(at, stop - 1)
    if text:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
    local kind = text:sub(stop + 1, stop + 1)
    if kind == "u" then
      parts[#parts + 1] = utf8.char(tonumber(text:sub(stop + 2, stop + 5), 16))
      at = stop + 6
    else
      parts[#parts + 1] = escapes[kind] or kind
      at = stop + 2
    end
  end
end

local function json_items(text, at, close, read)
  at = skip(text, at + 1)
  while text:sub(at, at) ~= close do
    at = skip(text, read(at))
    local char = text:sub(at, at)
    assert(char == "," or char == close, "expected , or " .. close .. " at " .. at)
    if char == "," then at = skip(text, at + 1) end
  end
  return at + 1
end

function json_value(text, at)
  at = skip(text, at)
  local char = text:sub(at, at)
  if char == "{" then
    local object = {}
    at = json_items(text, at, "}", function(from)
      local name, behind = json_text(text, from)
      behind = skip(text, behind)
      assert(text:sub(behind, behind) == ":", "expected : at " .. behind)
      object[name], behind = json_value(text, behind + 1)
      return behind
    end)
    return object, at
  elseif char == "[" then
    local list = {}
    at = json_items(text, at, "]", function(from)
      local behind
      list[#list + 1], behind = json_value(text, from)
      return behind
    end)
    return list, at
  elseif char == '"' then
    return json_text(text, at)
  end
  for word, value in pairs({ null = support.null, ["true"] = true, ["false"] = false }) do
    if text:sub(at, at + #word - 1) == word then return value, at + #word end
  end
  local number = assert(text:match("^-?[0-9.eE+-]+", at), "no value at " .. at)
  return { number = number }, at + #number
end

function support.json(text)
  local value, at = json_value(text, 1)
  assert(skip(text, at) > #text, "text behind the value")
  return value
end

-- Exact fractions of integers: {n, d} with d > 0, in lowest terms. The second way to compute a rate: it shares no line
-- with the engine.
local function gcd(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

function support.fraction(n, d)
  if d < 0 then n, d = -n, -d end
  local divisor = gcd(n < 0 and -n or n, d)
  return { n // divisor, d // divisor }
end

-- "97.0" to a fraction
function support.decimal(text)
  local sign, whole, places = text:match("^(-?)(%d+)%.?(%d*)$")
  assert(whole, "no decimal: " .. text)
  local n = math.tointeger(whole .. places)
  return support.fraction(sign == "-" and -n or n, math.tointeger(10 ^ #places))
end

function support.divide(a, b) return support.fraction(a[1] * b[2], a[2] * b[1]) end
function support.multiply(a, b) return support.fraction(a[1] * b[1], a[2] * b[2]) end
function support.add(a, b) return support.fraction(a[1] * b[2] + b[1] * a[2], a[2] * b[2]) end
function support.at_most(a, b) return a[1] * b[2] <= b[1] * a[2] end

-- Rounds half away from zero to `places`; trailing zeros stay unless `trim`.
function support.round(a, places, trim)
  local scale = math.tointeger(10 ^ places)
  local n, sign = a[1], ""
  if n < 0 then n, sign = -n, "-" end
  local digits = (2 * n * scale + a[2]) // (2 * a[2])
  if digits == 0 then sign = "" end
  local text = ("%d"):format(digits // scale)
  if places > 0 then text = text .. "." .. ("%0" .. places .. "d"):format(digits % scale) end
  if trim and places > 0 then text = text:gsub("0+$", ""):gsub("%.$", "") end
  return sign .. text
end

return support
