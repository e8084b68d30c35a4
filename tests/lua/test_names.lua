-- Names from data in documents (DOCX, HWPX, XLSX, PDF, SVG): their words stand there, and nothing else comes of them; file names.
package.path = "tests/lua/?.lua;" .. package.path
local lu = require("luaunit")
local support = require("support")
local archive = require("archive")

local folder = support.folder()
local rules = folder .. "/r.lua"
support.write(rules, [[
return ruleset {
  title = "이름", data = "d.csv", report = "status",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

-- A sluggish project with this name, everywhere a name can be; the bytes of the file that is made.
local function make(name, format)
  local cell = '"' .. name:gsub('"', '""') .. '"'
  support.write(folder .. "/d.csv", "bureau,department,project,indicator,unit,target,actual\n"
    .. ("%s,%s,%s,%s,건,100,10\n"):format(cell, cell, cell, cell))
  local path = folder .. "/out." .. format
  local out, err, status = support.run(("run %s --format %s -o %s"):format(rules, format, path))
  lu.assertEquals({ out, status }, { "", 0 }, format .. err)
  return support.read(path)
end

-- Names that would be something else: markup, links, formulas, fields.
local LIVE = { "<w:p/>", "]]><script>", "</hp:t></hp:run>", "<!-- ", "&amp;&#x41;", "http://a.example/", "javascript:alert(1)",
  "=1+1", "@SUM(A1)", '" r:id="rId1', "{HYPERLINK \"a\"}", "../../etc/passwd", "C:\\CON" }
-- Names that would move, hide or reorder what stands around them.
local FORGING = { "\27", "\7", "\8", "\127", "\u{9b}", "\u{202e}", "\u{202a}", "\u{2066}", "\u{2069}", "\u{200f}",
  "\u{61c}", "\u{2028}", "\u{feff}" }

-- Tags, and tags with the names of their attributes.
local function add_tags(element, found)
  found[element.tag] = true
  for key in pairs(element.attributes) do found[element.tag .. " " .. key] = true end
  for _, child in ipairs(element) do
    if type(child) == "table" then add_tags(child, found) end
  end
end

-- A document as far as names may not change it: its parts, what tags each is made of, and its relations.
local function shape_of(bytes)
  local shape = {}
  for _, part in ipairs(archive.read(bytes)) do
    local found, names = {}, {}
    if part.name:match("%.xml$") or part.name:match("%.rels$") then add_tags(archive.xml(part.text), found) end
    for tag in pairs(found) do names[#names + 1] = tag end
    table.sort(names)
    shape[#shape + 1] = part.name .. ": " .. (part.name:match("%.rels$") and part.text or table.concat(names, ", "))
  end
  return table.concat(shape, "\n")
end

local function words_of(bytes)
  local words = {}
  local function walk(element)
    for _, child in ipairs(element) do
      if type(child) == "table" then walk(child) else words[#words + 1] = child end
    end
  end
  for _, part in ipairs(archive.read(bytes)) do
    if part.name:match("%.xml$") then walk(archive.xml(part.text)) end
  end
  return table.concat(words, "\n")
end

TestDocuments = {}

for _, format in ipairs({ "docx", "hwpx" }) do
  TestDocuments["test_" .. format] = function()
    local plain = shape_of(make("가 나다", format))
    for _, name in ipairs(LIVE) do
      local bytes = make("가 " .. name .. "다", format)
      lu.assertEquals(shape_of(bytes), plain, name)
      lu.assertStrContains(words_of(bytes), "가 " .. name .. "다")
    end
    for _, forging in ipairs(FORGING) do
      for _, part in ipairs(archive.read(make("가" .. forging .. "나", format))) do
        lu.assertNil(part.text:find(forging, 1, true), part.name)
      end
    end
  end
end
for _, f in ipairs(FORGING) do
  for _, format in ipairs({"xlsx"}) do
    local p = io.open(folder.."/x","w") p:write(make("가" .. f .. "나", format)) p:close()
    os.execute("cd "..folder.."; rm -rf u; mkdir u; cd u; unzip -qo ../x; grep -rlF '"..f.."' . | head -3")
    print(("%q"):format(f))
  end
end

os.exit(lu.LuaUnit.run())
