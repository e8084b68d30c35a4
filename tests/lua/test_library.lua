-- What `make install` installs: the C library under the example program, its names, and the module of stock Lua.
-- The tree is that of the Makefile's STAGE; STAGED is its prefix.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local build = os.getenv("BUILD") or "build"
local staged = os.getenv("STAGED") or build .. "/tests/root/usr/local"
package.cpath = staged .. "/lib/lua/5.4/?.so;" .. package.cpath
local perfeval = require("perfeval")

TestInstalled = {}

-- bytes on standard output and standard error together, and the exit status
local function run(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local text = pipe:read("a")
  local _, _, status = pipe:close()
  return text, status
end

local function exists(path)
  local file = io.open(staged .. "/" .. path, "rb")
  if file then file:close() end
  return file ~= nil
end

function TestInstalled.test_files()
  local version = assert(support.run("--version"):match("^perfeval (%S+)\n$"))
  for _, path in ipairs({
    "bin/perfeval", "lib/libperfeval.so", "lib/libperfeval.so.0", "lib/libperfeval.so." .. version,
    "lib/libperfeval.a", "lib/pkgconfig/perfeval.pc", "lib/lua/5.4/perfeval.so", "include/perfeval.h",
    "share/man/man1/perfeval.1", "share/bash-completion/completions/perfeval", "share/zsh/site-functions/_perfeval",
    "share/fish/vendor_completions.d/perfeval.fish", "share/perfeval/scripts/reports/status.lua",
    "share/perfeval/scripts/formats/html.lua", "share/perfeval/rules/2019.lua",
    "share/doc/perfeval/examples/evaluate.c", "share/doc/perfeval/examples/perfeval.lua",
  }) do
    unit.assertTrue(exists(path), path)
  end
  unit.assertEquals(perfeval.version, version)
  unit.assertStrContains(support.read(staged .. "/lib/pkgconfig/perfeval.pc"), "\nVersion: " .. version .. "\n")
end

-- 75 = (75 + 75) / 2 and the like: the three sluggish projects of 2019.
local sluggish = [[
부진 (sluggish): 3
정상추진 (normal): 151
  도서관 운영 활성화: 75 % (75)
  지역일자리 사업 지원: 77.638191 % (15450/199)
  음식물류 폐기물 자원화: 51.307624 % (57875/1128)
]]

function TestInstalled.test_example()
  for _, name in ipairs({ "evaluate", "evaluate_static" }) do
    local program = build .. "/tests/" .. name
    local text, status = run(program .. " rules/2019.lua")
    unit.assertEquals({ text, status }, { sluggish, 0 }, name)
    text, status = run(program .. " rules/none.lua")
    unit.assertEquals({ text, status },
      { "perfeval: error[file-open]: cannot open rules/none.lua: No such file or directory\n", 5 }, name)
  end
end

-- The page shows what the examples print.
function TestInstalled.test_page()
  local page, printed = support.read("README.md"), {}
  unit.assertStrContains(page, "$ ./evaluate rules/2019.lua\n" .. sluggish .. "```\n")
  local chunk = assert(page:match("```lua\n(local perfeval = require.-)```"))
  local env = setmetatable({
    print = function(...) printed[#printed + 1] = table.concat({ ... }, "|") end,
    io = { write = function(text) printed[#printed + 1] = text end },
  }, { __index = _G })
  assert(load(chunk, "README.md", "t", env))()
  unit.assertEquals({ #printed, printed[1] }, { 155, "구정 청렴도 향상|142.307692|normal" })
  unit.assertStrContains(printed[155], "# ")
end

-- The header, the list of the linker and what the loader sees are one list.
function TestInstalled.test_names()
  local declared, listed, seen = {}, {}, {}
  for name in support.read(staged .. "/include/perfeval.h"):gmatch("\n[%w_ ]+[ *](perfeval_[a-z_]+)%(") do
    declared[#declared + 1] = name
  end
  for name in support.read("engine/library/perfeval.map"):gmatch("\n    (perfeval_[a-z_]+);") do
    listed[#listed + 1] = name
  end
  local symbols = run("nm -D --defined-only " .. support.quote(staged .. "/lib/libperfeval.so.0"))
  for name in symbols:gmatch(" %u ([^@%s]+)") do
    if name ~= "PERFEVAL_0" then seen[#seen + 1] = name end
  end
  unit.assertTrue(#declared > 15)
  unit.assertItemsEquals(listed, declared)
  unit.assertItemsEquals(seen, declared)
end

TestModule = {}

local function evaluate(settings)
  local office, messages = perfeval.evaluate("rules/2019.lua", settings)
  unit.assertNotNil(office, messages[1] and messages[1].drawn)
  return office, messages
end

function TestModule.test_results()
  local office, messages = evaluate()
  unit.assertEquals(messages, {})
  unit.assertEquals(office:title(), "2019년 성과관리 주요사업 평가 현황")
  unit.assertEquals(office:verdicts(), {
    { key = "sluggish", name = "부진", projects = 3 }, { key = "normal", name = "정상추진", projects = 151 },
  })
  local projects, departments, bureaus = office:units("project"), office:units("department"), office:units("bureau")
  unit.assertEquals(#projects, 154)
  local found
  for _, project in ipairs(projects) do
    if project.name == "지역일자리 사업 지원" then found = project end
  end
  unit.assertAlmostEquals(found.rate, 15450 / 199, 1e-12)
  unit.assertEquals({ found.rate_text, found.exact, found.printed, found.verdict, found.verdict_name },
    { "77.638191", "15450/199", "78", "sluggish", "부진" })
  unit.assertEquals(departments[found.parent], { name = "일자리경제과", parent = departments[found.parent].parent })
  unit.assertEquals(bureaus[departments[found.parent].parent], { name = "재정국" })
  local row = office:units("indicator")[77]
  unit.assertEquals({ row.name, row.row, row.line, row.exact }, { "공공일자리사업 참여자 수", 77, 78, "20950/199" })
  unit.assertEquals(projects[row.parent], found)
  unit.assertEquals(office:cell(77, "actual"),
    { file = "data/2019/indicators.csv", line = 78, column = 53, text = "419" })
  unit.assertNil(office:cell(77, "nothing"))
  unit.assertNil(office:cell(0, "actual"))
end

-- The bytes are those of the program.
function TestModule.test_reports()
  local office = evaluate()
  for _, format in ipairs({ "text", "csv", "json", "markdown" }) do
    unit.assertEquals(office:render(format), (support.run("run rules/2019.lua --format " .. format)))
  end
  unit.assertEquals(office:render("text", "sluggish"), (support.run("run rules/2019.lua --report sluggish")))
  unit.assertEquals(office:table("bureau", "csv"), (support.run("run rules/2019.lua --level bureau --format csv")))
  local bytes, messages, code = office:render("nothing")
  unit.assertNil(bytes)
  unit.assertEquals({ messages[1].code, code }, { "script-not-found", 2 })
  unit.assertEquals(office:messages(), messages)
end

-- What modules of formats need is found beside the library.
function TestModule.test_formats()
  if not exists("lib/perfeval/zip.so") then return end
  unit.assertEquals(evaluate():render("docx"):sub(1, 4), "PK\3\4")
end

function TestModule.test_settings()
  unit.assertEquals(evaluate({ params = { sluggish_at_most = 85 } }):verdicts()[1].projects, 4)
  unit.assertEquals(evaluate({ params = { sluggish_at_most = "70" }, load_limit = 2 }):verdicts()[1].projects, 1)
  unit.assertEquals(evaluate({ allow_outside = true, threads = 1 }):verdicts()[1].projects, 3)
  local office, messages, code = perfeval.evaluate("rules/2019.lua", { dta = "x.csv" })
  unit.assertNil(office)
  unit.assertEquals({ #messages, messages[1].code, messages[1].severity, code }, { 1, "unknown-flag", "error", 64 })
  unit.assertEquals({ messages[1].text, messages[1].text_ko },
    { "unknown flag: --dta", "알 수 없는 옵션: --dta" })
  unit.assertError(perfeval.evaluate, "rules/2019.lua", { params = 5 })
  unit.assertError(perfeval.evaluate, "rules/2019.lua", { params = { true } })
  unit.assertError(perfeval.evaluate, "rules/2019.lua", { data = {} })
  unit.assertError(perfeval.evaluate, "rules/2019.lua", { "x" })
  unit.assertError(perfeval.evaluate)
end

function TestModule.test_closed()
  local office = evaluate()
  office:close()
  office:close()
  unit.assertErrorMsgContains("closed", office.title, office)
  unit.assertErrorMsgContains("closed", office.render, office, "text")
  unit.assertError(office.title, {})
  unit.assertError(evaluate().units, evaluate(), "city")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
