-- scripts/README.md and the binding tables say the same, both ways; the examples of the page work.
local luaunit = require("luaunit")
local engine = require("perfeval_engine")
local host = require("script_host")

local function read(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("a")
  file:close()
  return content
end

local PAGE = read("scripts/README.md")

-- The tables under "### Class" with the four columns of an object: class -> name -> { label, type, doc }.
local function documented_classes()
  local classes, class = {}, nil
  for line in PAGE:gmatch("[^\n]+") do
    class = line:match("^### (%a+)$") or (not line:match("^#") and class or nil)
    local name, label, type, doc = line:match("^| `([%w_]+)` | (%S*) ?| ([^|]-) | (.-) |$")
    if class and name then
      classes[class] = classes[class] or {}
      classes[class][name] = { label = label ~= "" and label or nil, type = type, doc = doc }
    end
  end
  return classes
end

local DOCUMENTED = documented_classes()

TestPage = {}

function TestPage.test_every_bound_field_is_documented()
  for class, fields in pairs(engine.classes()) do
    luaunit.assertNotNil(DOCUMENTED[class], class)
    for _, field in ipairs(fields) do
      local entry = DOCUMENTED[class][field.name]
      local where = class .. "." .. field.name
      luaunit.assertNotNil(entry, where .. " is not on the page")
      luaunit.assertEquals(entry.type, field.type, where)
      luaunit.assertEquals(entry.label, field.label, where)
      luaunit.assertNotEquals(entry.doc, "", where)
      luaunit.assertNotEquals(field.doc, "", where)
    end
  end
end

function TestPage.test_every_documented_field_is_bound()
  local bound = {}
  for class, fields in pairs(engine.classes()) do
    for _, field in ipairs(fields) do bound[class .. "." .. field.name] = true end
  end
  for class, fields in pairs(DOCUMENTED) do
    for name in pairs(fields) do luaunit.assertTrue(bound[class .. "." .. name], class .. "." .. name) end
  end
end

-- Labels of the bindings are those of the data's vocabulary, and every column of it is a field of Indicator.
function TestPage.test_columns_of_the_vocabulary_are_fields()
  local fields = {}
  for _, field in ipairs(engine.classes().Indicator) do fields[field.name] = field end
  for _, column in ipairs(engine.columns()) do
    luaunit.assertNotNil(fields[column.name], column.name)
    luaunit.assertEquals(fields[column.name].label, column.label, column.name)
  end
end

function TestPage.test_functions_of_text_are_documented()
  for name in pairs(engine.text) do
    luaunit.assertStrContains(PAGE, "`text." .. name .. "(")
  end
  for name in PAGE:gmatch("`text%.(%a+)%(") do luaunit.assertNotNil(engine.text[name], name) end
end

local function example(marker)
  for code in PAGE:gmatch("```lua\n(.-)```") do
    if code:find(marker, 1, true) then return code end
  end
  error("no example with " .. marker)
end

function TestPage.test_the_first_report_works()
  local report = host.run(example("return { purpose = \"국별 사업 수\""), "first report")
  local bureaus = { { name = "행정국", count = { total = 21 } } }
  local document = host.document(report.build({ title = "제목", bureaus = bureaus }))
  luaunit.assertEquals(document.blocks[1].rows[1][2].text, "21")
  luaunit.assertStrContains(table.concat(host.format("text").draw(document), "\n"), "행정국")
end

function TestPage.test_the_report_of_low_indicators_works()
  local report = host.run(example("return { purpose = \"달성률이 낮은 지표 10개\""), "low indicators")
  local indicators = { { row = 1, name = "지표", department = "과" } }
  for row = 2, 14 do
    local rate = row % 2 == 0 and -row or 50
    indicators[row] = { row = row, name = "지표", department = row .. "과", rate = rate, rate_printed = tostring(rate) }
  end
  local document = report.build({ title = "제목", indicators = indicators, bands = {} })
  local texts = {}
  for _, block in ipairs(host.document(document).blocks) do texts[#texts + 1] = block.text end
  luaunit.assertEquals(#texts, 11)
  luaunit.assertEquals({ texts[2], texts[9], texts[10] }, { "14과 지표 : △14%", "3과 지표 : 50%", "5과 지표 : 50%" })
end

function TestPage.test_the_first_format_works()
  local format = host.run(example("purpose = \"제목과 글만\""), "first format")
  local document = host.document({ title = "가", blocks = { { paragraph = "나" }, { page_break = true } } })
  luaunit.assertEquals(format.draw(document), { "가", "나" })
end

function TestPage.test_the_example_rows_fit()
  local rows = host.run("return {" .. example("도서관 운영") .. "}", "rows").rows
  local columns = { { title = "가" }, { title = "나" }, { title = "다" } }
  local document = host.document({ title = "", blocks = { { table = { columns = columns, rows = rows } } } })
  luaunit.assertEquals(document.blocks[1].rows[2][1], false)
end

os.exit(luaunit.LuaUnit.run())
