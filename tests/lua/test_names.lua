-- Names from data in documents (DOCX, HWPX, XLSX, PDF, SVG): their words stand there, and nothing else comes of them;
-- names of files.
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
local LIVE = { "<w:p/>", "]]><script>", "</hp:t></hp:run>", "<!-- ", "&amp;&#x41;", "http://a.example/",
  "javascript:alert(1)", "=1+1", "@SUM(A1)", '" r:id="rId1', "{HYPERLINK \"a\"}", "../../etc/passwd", "C:\\CON" }
-- Names that would move, hide or reorder what stands around them.
local FORGING = { "\27", "\7", "\8", "\127", "\u{9b}", "\u{202e}", "\u{202a}", "\u{2066}", "\u{2069}", "\u{200f}",
  "\u{61c}", "\u{2028}", "\u{feff}" }

-- Line ends between tags are no words.
local function xml(words)
  return archive.xml((words:gsub(">[\r\n ]+<", "><"):gsub("[\r\n]+$", "")))
end

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
    if part.name:match("%.xml$") or part.name:match("%.rels$") then add_tags(xml(part.text), found) end
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
    if part.name:match("%.xml$") then walk(xml(part.text)) end
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
        local picture = part.name:match("%.png$") ~= nil -- its bytes are no text
        lu.assertTrue(picture or not part.text:find(forging, 1, true), part.name)
      end
    end
  end
end

-- A cell keeps a name that begins as a formula: test_workbook reads those back.
function TestDocuments.test_xlsx()
  local plain = shape_of(make("가 나다", "xlsx"))
  for _, name in ipairs(LIVE) do
    local bytes = make("가 " .. name .. "다", "xlsx")
    lu.assertEquals(shape_of(bytes), plain, name)
    lu.assertStrContains(words_of(bytes), "가 " .. name .. "다")
  end
  for _, forging in ipairs(FORGING) do
    for _, part in ipairs(archive.read(make("가" .. forging .. "나", "xlsx"))) do
      lu.assertNil(part.text:find(forging, 1, true), part.name)
    end
  end
end

-- No action, link or script comes into a PDF by a name; bookmarks hold names as UTF-16.
function TestDocuments.test_pdf()
  local bytes = make(table.concat(LIVE, " "), "pdf"):gsub("stream.-endstream", "")
  for _, key in ipairs({ "/JavaScript", "/JS", "/URI", "/Launch", "/GoToR", "/SubmitForm", "/OpenAction", "/AA" }) do
    lu.assertNil(bytes:find(key, 1, true), key)
  end
  for _, forging in ipairs({ "\27", "\u{202e}", "\u{2069}" }) do
    local made = make("가" .. forging .. "나", "pdf"):gsub("stream.-endstream", "")
    lu.assertNil(made:find("\xac\x00" .. string.pack(">I2", utf8.codepoint(forging)) .. "\xb0\x98", 1, true))
    lu.assertNil(made:lower():find(("ac00%04xb098"):format(utf8.codepoint(forging)), 1, true))
  end
end

function TestDocuments.test_svg()
  local store = folder .. "/h.db"
  for i, name in ipairs({ LIVE[1], LIVE[10], "가" .. FORGING[1] .. "나", "가" .. FORGING[6] .. "나" }) do
    make(name, "docx")
    os.remove(store)
    local records = ("%s/rec%d"):format(folder, i)
    local _, err, status = support.run(("run %s --record %s -o %s/o.txt"):format(rules, records, folder))
    lu.assertEquals({ err, status }, { "", 0 })
    support.run(("history add %s --store %s"):format(records, store))
    local svg
    svg, err, status = support.run(("history trend %s --store %s --format svg"):format(support.quote(name), store))
    lu.assertEquals({ err, status }, { "", 0 }, name)
    local root = xml(svg)
    lu.assertEquals(root.tag, "svg")
    local tags = {}
    add_tags(root, tags)
    for _, tag in ipairs({ "w:p", "script", "svg id", "a", "foreignObject" }) do lu.assertNil(tags[tag], tag) end
    for _, forging in ipairs(FORGING) do lu.assertNil(svg:find(forging, 1, true)) end
  end
end

-- Names of files: on the terminal they are shown, not followed.
TestFiles = {}

local HEAD = "bureau,department,project,indicator,unit,target,actual\n"

function TestFiles.test_messages()
  for _, forging in ipairs(FORGING) do
    local name = folder .. "/가" .. forging .. "나.csv"
    support.write(name, HEAD .. "b,d,p,i,u,10,x\n")
    for _, words in ipairs({ "run " .. rules .. " --data " .. support.quote(name),
      "run " .. rules .. " --data " .. support.quote(name .. forging), "check " .. support.quote(name),
      "run " .. support.quote(name .. ".lua"),
      ("run %s --data %s/d.csv -o %s"):format(rules, folder, support.quote(name .. "/none/" .. forging)) }) do
      local out, err, status = support.run(words)
      lu.assertTrue(status > 1, words)
      lu.assertNil((out .. err):find(forging, 1, true), words)
    end
  end
  local _, err = support.run(("run %s --data %s"):format(rules, support.quote(folder .. "/a\nerror: b.csv")))
  lu.assertStrContains(err, "a␊error: b.csv")
end

-- A list of jobs makes names from names of files that were found: those that cannot be such are left out and named.
function TestFiles.test_outputs()
  local place = support.folder()
  assert(os.execute(("mkdir -p %s/in; cp %s %s/r.lua"):format(place, rules, place)))
  support.write(place .. "/jobs.lua", [[
return jobs { records = "records", { name = "all", rules = "r.lua", data = "in/{name}.csv", seconds = 60,
  outputs = { { "out/{name}.txt", format = "text" } } } }
]])
  local bad = { "a\27[31mb", "a\nb", "a\u{202e}b", "a\\b", "a:b", "CON", "nul", "Com1", "lpt9.x", "-a", "a ", " a",
    "a.", "a|b", "a?b", ("가"):rep(67) }
  local good = { "CONTRACT", "COM", "com10", "가 나", "a.b", "a+b", ("가"):rep(66) }
  for _, names in ipairs({ bad, good }) do
    for _, name in ipairs(names) do support.write(place .. "/in/" .. name .. ".csv", HEAD .. "b,d,p,i,u,10,9\n") end
  end
  local out, err, status = support.run("batch jobs.lua", { cd = place })
  lu.assertEquals(status, 3, err)
  lu.assertStrContains(out, ("%d done, 0 current, 0 failed"):format(#good))
  local _, told = err:gsub("error%[job%-file%-name%]", "")
  lu.assertEquals(told, #bad, err)
  for _, forging in ipairs(FORGING) do lu.assertNil((out .. err):find(forging, 1, true)) end
  local pipe = assert(io.popen("ls -A " .. place .. "/out"))
  local made = {}
  for name in pipe:lines() do made[#made + 1] = name:gsub("%.txt$", "") end
  pipe:close()
  table.sort(made)
  table.sort(good)
  lu.assertEquals(made, good)
end

TestAlike = {}

-- Two spellings that look the same count as two, and `check` says so, with both lines: letters in pieces (as macOS
-- writes them), full width, a blank. Other dots are other names.
function TestAlike.test_check()
  local pieces = "\u{110C}\u{1162}\u{110C}\u{1165}\u{11BC}\u{1100}\u{116E}\u{11A8}" -- 재정국
  local rows = { "재정국,총무과,나무 심기,갑,건,10,9", pieces .. ",총무과,나무 심기,을,건,10,9",
    "재정국,총무 과,나무심기,병,건,10,9", "재정국,ＩＴ과,3.1절,정,건,10,9", "재정국,it과,31절,무,건,10,9",
    "재정국,총무과,나무 심기,기,건,10,9" }
  support.write(folder .. "/alike.csv", HEAD .. table.concat(rows, "\n") .. "\n")
  local _, err, status = support.run("check alike.csv", { cd = folder })
  lu.assertEquals(status, 0)
  local said = {}
  for line in err:gmatch("[^\n]+") do
    said[#said + 1] = line:match("^%S+ warning%[names%-alike%]: .- in line %d") or line
  end
  lu.assertEquals(said, {
    "alike.csv:3: warning[names-alike]: " .. pieces .. " looks like 재정국 in line 2",
    "alike.csv:4: warning[names-alike]: 총무 과 looks like 총무과 in line 2",
    "alike.csv:6: warning[names-alike]: it과 looks like ＩＴ과 in line 5",
    "alike.csv:4: warning[names-alike]: 나무심기 looks like 나무 심기 in line 2",
    "4 warnings in 1 file",
  })
  support.write(folder .. "/d.csv", support.read(folder .. "/alike.csv"))
  _, err = support.run("check r.lua", { cd = folder })
  lu.assertEquals(select(2, err:gsub("names%-alike", "")), 4)
end

-- A run says so where it makes a document, and goes on; tables of results, which may have ten million rows, do not.
function TestAlike.test_run()
  local rows = { "재정국,총무과,나무 심기,갑,건,10,9", "재정국,총무 과,나무심기,병,건,10,9" }
  support.write(folder .. "/d.csv", HEAD .. table.concat(rows, "\n") .. "\n")
  for format, warnings in pairs({ text = 2, html = 2, csv = 0, json = 0, jsonl = 0 }) do
    local out, err, status = support.run("run r.lua --format " .. format, { cd = folder })
    local _, said = err:gsub("d%.csv:3: warning%[names%-alike%]", "")
    lu.assertEquals({ status, said }, { 0, warnings }, format)
    lu.assertStrContains(out, "나무심기")
  end
  local _, err = support.run("run r.lua --level bureau --format csv", { cd = folder })
  lu.assertEquals(err, "")
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
