-- No command prints what a terminal would obey or what turns the direction of text, whatever the names in the data, the
-- rules and the parameters. (CSV holds names as they are: it is data, for programs.)
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

local modules = support.program:match("^(.*)/[^/]*$") .. "/modules/"
local file = io.open(modules .. "store.so")
local store = file and file:close()

-- Clears the screen, turns the direction, goes back to the beginning of the line, rings.
local BAD <const> = "\27[2J\u{202E}\r\7"

local RULES <const> = [[
return ruleset {
  title = "제목BAD", data = "../d.csv", report = "status",
  params = { cut = { 80, unit = "%BAD", source = "근거BAD" } },
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진BAD", key = "low", at_most = param.cut }, { "정상BAD", key = "normal" } },
}
]]

local function data(actual)
  return ("국,부서,주요사업,성과지표,단위,목표,실적\n국BAD,부서BAD,사업BAD,지표BAD,건BAD,100,%s\n"):format(actual)
    .. "국BAD,부서BAD,사업2BAD,지표BAD,건,100,90\n국BAD,부서BAD,사업3BAD,지표BAD,건,100,79.6\n"
end

local function bad(text) return (text:gsub('([^,\n]*)BAD', '"%1' .. BAD .. '"')) end

local folder = support.folder()
os.execute(("mkdir -p %s/rules; cp -r scripts %s"):format(folder, folder))
support.write(folder .. "/rules/r.lua", (RULES:gsub("BAD", "\\27[2J\\u{202E}\\r\\7")))
support.write(folder .. "/rules/r.test.lua", (([[
return tests { { name = "시험BAD", rows = { { target = 10, actual = 10 } }, verdict = "low" } }
]]):gsub("BAD", "\\27[2J\\u{202E}\\r\\7")))
support.write(folder .. "/d.csv", bad(data(50)))
support.write(folder .. "/e.csv", bad(data(95)))

local commands = {
  "run rules/r.lua", "run rules/r.lua --report sluggish", "run rules/r.lua --format markdown",
  "run rules/r.lua --lang ko",
  "check rules/r.lua d.csv", "params rules/r.lua", "rules rules/r.lua --effective",
  "explain rules/r.lua --row 1", "explain rules/r.lua --all", "explain rules/r.lua --row 1 --why-not normal",
  "audit rules/r.lua", "compare rules/r.lua --set cut=95", "margin rules/r.lua --within 30",
  "sweep rules/r.lua --param cut=40..100:10", "mutate rules/r.lua", "test rules/r.lua",
  "run rules/r.lua --record rec -o out.txt", "run rules/r.lua --data e.csv --record rec -o out.txt",
  "replay rec/000001.json", "lock rules/r.lua -o r.lock", "replay r.lock",
}
if store then
  for _, words in ipairs({ "history add rec", "history list", "history show", "history trend", "history show 1" }) do
    commands[#commands + 1] = words
  end
end

TestTerminal = {}

local function judge(words, text)
  unit.assertNotNil(utf8.len(text), words)
  unit.assertNil(text:find("[\0-\8\11-\31\127]"), words .. "\n" .. text)
  unit.assertNil(text:find("\u{202E}", 1, true), words .. "\n" .. text)
end

function TestTerminal.test_all_commands()
  for _, words in ipairs(commands) do
    local out, err, status = support.run(words, { cd = folder })
    unit.assertTrue(status <= 1, words .. " " .. status .. err)
    judge(words, out)
    judge(words, err)
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
