-- 표시 언어(HTML, SVG, XML)를 쓰는 손: 글과 값은 언제나 여기서 막아 적으므로, 이름에 든 <, &, "는 글로만 남는다.
local markup = {}

-- 글을 막는다. 보이지 않는 제어 문자는 보이게 한다.
markup.escape = text.markup

local function number(value)
  if math.type(value) == "integer" then return string.format("%d", value) end
  return (string.gsub(string.format("%.1f", value), "%.0$", ""))
end

-- 쓰는 손 하나. attributes는 { "이름", 값, "이름", 값 } 목록이고 값이 nil 자리면 false를 둔다.
function markup.writer()
  local parts, w = {}, {}
  local function put(piece)
    parts[#parts + 1] = piece
  end
  local function put_attributes(attributes)
    for i = 1, #attributes, 2 do
      local value = attributes[i + 1]
      if value == true then
        put(" " .. attributes[i])
      elseif value then
        local words = type(value) == "number" and number(value) or markup.escape(value)
        put(" " .. attributes[i] .. '="' .. words .. '"')
      end
    end
  end
  -- 여는 표시.
  function w.open(name, attributes)
    put("<" .. name)
    if attributes then put_attributes(attributes) end
    put(">")
  end
  function w.close(name)
    put("</" .. name .. ">")
  end
  -- 글.
  function w.text(words)
    put(markup.escape(words))
  end
  -- 여러 줄의 글: 줄바꿈은 그대로 두고 줄마다 막는다.
  function w.lines(words)
    put((string.gsub(words, "[^\n]+", markup.escape)))
  end
  -- 여는 표시, 글, 닫는 표시.
  function w.element(name, attributes, words)
    w.open(name, attributes)
    if words then w.text(words) end
    w.close(name)
  end
  -- 안이 없는 표시. HTML에서는 <br>, XML에서는 <w:br/>.
  function w.empty(name, attributes)
    w.open(name, attributes)
  end
  function w.single(name, attributes)
    put("<" .. name)
    if attributes then put_attributes(attributes) end
    put("/>")
  end
  function w.line()
    put("\n")
  end
  -- 이 손이 만든 것이 아닌, 형식 자신의 글(모양, 스크립트). 자료에서 온 글을 넣지 않는다.
  function w.own(words)
    put(words)
  end
  function w.finish()
    return table.concat(parts)
  end
  return w
end

local JSON = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function json_text(words)
  words = string.gsub(words, '[\0-\31"\\<>&\127]', function(byte)
    return JSON[byte] or string.format("\\u%04x", string.byte(byte))
  end)
  return '"' .. words .. '"'
end

local json_value

local function json_list(list)
  local parts = {}
  for i, value in ipairs(list) do parts[i] = json_value(value) end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function json_object(object)
  local names, parts = {}, {}
  for name in pairs(object) do names[#names + 1] = name end
  table.sort(names)
  for i, name in ipairs(names) do parts[i] = json_text(name) .. ":" .. json_value(object[name]) end
  return "{" .. table.concat(parts, ",") .. "}"
end

function json_value(value)
  local kind = type(value)
  if kind == "table" then return #value > 0 and json_list(value) or json_object(value) end
  if kind == "string" then return json_text(value) end
  if kind == "number" then return number(value) end
  return kind == "boolean" and tostring(value) or "null"
end

-- <script> 안에 두어도 되는 JSON: <, >, &는 \u로 적는다. 빈 표는 {}이다.
function markup.json(value)
  return json_value(value)
end

return markup
