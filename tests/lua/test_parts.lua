-- Formats that answer with parts: what is refused, what is packed, pictures among them and where none can be drawn.
local unit = require("luaunit")
local archive = require("archive")
local support = require("support")

local modules = support.program:match("^(.*)/[^/]*$") .. "/modules/"

---- what a format may answer

local function run_format(code)
  local place = support.folder()
  os.execute("mkdir -p " .. place .. "/scripts/formats " .. place .. "/scripts/reports")
  support.write(place .. "/scripts/formats/mine.lua",
    "return { purpose = '시험', draw = function() return " .. code .. " end }")
  support.write(place .. "/rules.lua", [[return ruleset { title = "시험", data = "data.csv", report = "status",
  rate = field.actual / field.target * 100, rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } } }]])
  support.write(place .. "/data.csv", "bureau,department,project,indicator,unit,target,actual\n가,나,다,라,개,1,1\n")
  return support.run("run rules.lua --format mine -o mine.zip", { cd = place, program = support.program }), place
end

TestFormats = {}

local function expect_refused(code, message)
  local _, place = run_format(code)
  local _, err, status = support.run("run rules.lua --format mine -o mine.zip", { cd = place })
  unit.assertStrContains(err, message)
  unit.assertEquals(status, 2)
  unit.assertNil(io.open(place .. "/mine.zip"))
end

function TestFormats.test_refused()
  expect_refused("{ parts = {} }", "parts: is empty")
  expect_refused("{ parts = { { name = '../a', text = '' } } }", "parts[1].name: is no name of a part")
  expect_refused("{ parts = { { name = 'a' } } }", "parts[1].text: is missing")
  expect_refused("{ parts = { { name = 'a', text = '' }, { name = 'A', text = '' } } }",
    "parts[2].name: is the name of another part")
  expect_refused("{ parts = { { name = 'a', text = '\\255' } } }", "parts[1].text")
  expect_refused("{ parts = { { name = 'a', text = '', date = 1 } } }", "parts[1]: has an unknown key date")
  expect_refused("{ parts = { { name = 'mimetype', text = '' } } }", "parts[1].name: must be the first part")
  expect_refused("{ parts = { { name = 'a', text = '' } }, more = 1 }", "unknown key more")
end

-- A part that is a picture: what is wrong with its description is found before anything is drawn.
function TestFormats.test_refused_pictures()
  local function picture(drawing, more)
    return ("{ parts = { { name = 'a', text = '' }, { name = 'b', drawing = %s } }, styles = {}, paints = {} %s }")
      :format(drawing, more or "")
  end
  expect_refused(picture("5"), "parts[2].drawing: is number where a table")
  expect_refused(picture("{ width = 10, height = 10 }"), "parts[2].drawing.items: is missing: a list")
  expect_refused(picture("{ width = 10, height = 5000, items = {} }"),
    "parts[2].drawing.height: is no number from 1 to 4096")
  expect_refused(picture("{ width = 10, height = 3000, scale = 2, items = {} }"),
    "parts[2].drawing.height: is no number from 1 to 2048")
  local dot = "{ shape = 'dot', x = 1, y = 1, r = 1, paint = 'p' }"
  expect_refused(picture("{ width = 10, height = 10, items = { " .. dot .. " } }"),
    "parts[2].drawing.items[1].paint: names p, which is not described")
  expect_refused(picture("{ width = 1, height = 1, items = {} }, text = ''"), "parts[2]: has both text and drawing")
  expect_refused("{ parts = { { name = 'b', drawing = { width = 1, height = 1, items = {} } } } }",
    "styles: is missing")
end

function TestFormats.test_packed()
  local _, place = run_format("{ parts = { { name = 'b/a.txt', text = text.markup('<가>') } } }")
  local entries = archive.read(support.read(place .. "/mine.zip"))
  unit.assertEquals({ #entries, entries[1].name, entries[1].text }, { 1, "b/a.txt", "&lt;가&gt;" })
end

---- pictures where none can be drawn

-- A program that has the module zip and no other: the documents are whole, without charts.
function TestFormats.test_no_pictures()
  local place = support.folder()
  os.execute(("mkdir -p %s/bin/modules && cp %s %s/bin/perfeval && cp %szip.so %s/bin/modules"):format(place,
    support.quote(support.program), place, support.quote(modules), place))
  for _, format in ipairs({ "hwpx", "docx" }) do
    local out, err, status = support.run(("run rules/2019.lua --format %s -o %s/a"):format(format, place),
      { program = place .. "/bin/perfeval" })
    local warning = "perfeval: warning[no-pictures]: %s is made without its charts: "
      .. "the module pdf, which draws them, is missing or does not load\n"
    unit.assertEquals({ out, err, status }, { "", warning:format(format), 0 })
    for _, entry in ipairs(archive.read(support.read(place .. "/a"))) do
      unit.assertNil(entry.name:find("png", 1, true))
      unit.assertNil(entry.text:find("hp:pic ", 1, true) or entry.text:find("w:drawing", 1, true))
      unit.assertNil(entry.text:find("국별 사업 수", 1, true))
    end
  end
end

local code = unit.LuaUnit.run()
support.clean()
os.exit(code)
