-- The text report on a terminal: colours, ASCII, wide signs, the pager, the sketch of bars.
local lu = require("luaunit")
local support = require("support")

local RUN = "run rules/2019.lua --report status "
local plain = support.run(RUN)

-- What the program prints under these settings of the environment.
local function under(environment, flags)
  local command = ("env -u NO_COLOR -u CLICOLOR_FORCE -u FORCE_COLOR -u PERFEVAL_AMBIGUOUS_WIDTH %s %s %s%s 2>&1")
    :format(environment, support.quote(support.program), RUN, flags or "")
  local pipe = assert(io.popen(command))
  local out = pipe:read("a")
  pipe:close()
  return out
end

local function without_colors(text)
  return (text:gsub("\27%[[%d;]*m", ""))
end

TestColors = {}

function TestColors.testWithoutATerminalThereAreNone()
  lu.assertTrue(plain == under(""))
  lu.assertNil(plain:find("\27", 1, true))
end

function TestColors.testFlagsAndEnvironment()
  local colored = {
    { "", "--color always" }, { "CLICOLOR_FORCE=1", "" }, { "FORCE_COLOR=1", "" }, { "NO_COLOR=1", "--color=always" },
    { "NO_COLOR= CLICOLOR_FORCE=1", "" }, { "TERM=dumb FORCE_COLOR=1", "" },
  }
  for _, case in ipairs(colored) do
    local out = under(case[1], case[2])
    lu.assertStrContains(out, "\27[1m▢ 감사담당관\27[0m\n")
    lu.assertStrContains(out, "\27[1;31m【부진】\27[0m")
    lu.assertTrue(without_colors(out) == plain)
  end
  local none = { { "NO_COLOR=1 CLICOLOR_FORCE=1", "" }, { "CLICOLOR_FORCE=0", "" },
    { "FORCE_COLOR=1", "--color never" } }
  for _, case in ipairs(none) do lu.assertTrue(under(case[1], case[2]) == plain) end
end

-- Other formats and files stay as they are.
function TestColors.testOnlyTheTextFormat()
  lu.assertNil(support.run(RUN .. "--color always --format markdown"):find("\27", 1, true))
  local path = support.folder() .. "/out"
  support.run(RUN .. "--color always --ascii -o " .. path)
  lu.assertTrue(support.read(path) == plain)
end

function TestColors.testChoices()
  for flags, message in pairs({ ["--color red"] = "--color red: it can be auto, always, never",
    ["--ambiguous-width 3"] = "--ambiguous-width 3: it can be 1, 2" }) do
    local _, err, status = support.run(RUN .. flags)
    lu.assertStrContains(err, "error[flag-choice]: " .. message)
    lu.assertEquals(status, 64)
  end
end

TestLines = {}

function TestLines.testAscii()
  local ascii = support.run(RUN .. "--ascii")
  for _, sign in ipairs({ "─", "│", "┌", "┼", "━" }) do lu.assertNil(ascii:find(sign, 1, true)) end
  lu.assertStrContains(ascii, "\n+------+---------------+------+-----------------+------+\n")
  lu.assertStrContains(ascii, "\n|  계  +---------------+------+----------+------+------+\n")
  lu.assertEquals(select(2, ascii:gsub("\n", "")), select(2, plain:gsub("\n", "")))
end

-- △231 takes one column more there, so a blank goes.
function TestLines.testAmbiguousWidth()
  local row = plain:match("\n([^\n]*△231[^\n]*)\n")
  lu.assertStrContains(row, "│    △231 │    △31 │")
  for _, out in ipairs({ under("", "--ambiguous-width 2"), under("PERFEVAL_AMBIGUOUS_WIDTH=2") }) do
    local wide = out:match("\n([^\n]*△231[^\n]*)\n")
    lu.assertNil(out:find("│", 1, true))
    lu.assertStrContains(wide, "|   △231 |   △31 |")
  end
  lu.assertTrue(under("PERFEVAL_AMBIGUOUS_WIDTH=2", "--ambiguous-width 1") == plain)
end

TestTerminal = {}

-- What stands on a terminal in the end, and the exit status: of a line what was written after the last return to its
-- beginning (a run of more than a second says how far it is). `input`: a command whose output is standard input.
local function on_terminal(environment, words, input)
  local path = support.folder() .. "/screen"
  local command = ("%senv -u NO_COLOR TERM=xterm %s %s %s; echo status $?"):format(input and input .. " | " or "",
    environment, support.quote(support.program), words)
  os.execute(("script -qc %s %s </dev/null >%s.log 2>&1"):format(support.quote(command), path, path))
  local written = support.read(path)
  return (written:gsub("\r\n", "\n"):gsub("[^\n]*", function(line) return line:match("[^\r]*$") end)), written
end

-- LuaUnit would take minutes to show a page.
local function assert_shows(out, text)
  if out:find(text, 1, true) then return end
  lu.fail(("no %s in\n%s\n…\n%s"):format(text, out:sub(1, 1000), out:sub(-1000)))
end

local script = os.execute("command -v script >/dev/null")

function TestTerminal.testSketchAndPager()
  if not script then lu.skip("no script(1)") end
  local out = on_terminal("PAGER='sed s/^/:/'", RUN)
  -- 재정국: 17 and 1 of 18 projects, the largest bureau has 22: a column for each
  assert_shows(out, "\n: 재정국         █████████████████\27[1;31m▒ \27[0m부진 1\n")
  assert_shows(out, "\n: 행정국         █████████████████████ \n")
  assert_shows(out, "\nstatus 0\n")
  out = on_terminal("PAGER=false", RUN .. "--no-pager --color never")
  assert_shows(out, "\n 재정국         █████████████████▒ 부진 1\n")
  lu.assertNil(out:find("\27", 1, true))
end

-- What a long run says of how far it is has gone before the report stands there. The blank lines are more than a pipe
-- holds: the wait begins when the program has begun to read.
function TestTerminal.testProgress()
  if not script then lu.skip("no script(1)") end
  local flags = RUN .. "--no-pager --color never --data -"
  local input = "(cat data/2019/indicators.csv; yes '' | head -c 200000; sleep %s; echo)"
  local wanted = on_terminal("", flags, input:format("0"))
  local out, written = on_terminal("", flags, input:format("1.1"))
  assert_shows(written, "\rwrite ")
  local function report(text) return text:match("\n(.*\nstatus 0\n)") end
  assert_shows(wanted, "\nstatus 0\n")
  lu.assertTrue(report(out) == report(wanted))
end

-- A pager that is not there, or that stops, changes neither the report nor the exit status.
function TestTerminal.testPagersThatFail()
  if not script then lu.skip("no script(1)") end
  assert_shows(on_terminal("PAGER=no-such-pager", RUN .. "--color never"), "\n▢ 감사담당관\n")
  assert_shows(on_terminal("PAGER=true", RUN), "status 0\n")
  assert_shows(on_terminal("PAGER=", RUN .. "--color never"), "\n▢ 감사담당관\n")
end

-- What is no text goes into files and pipes, and not over the screen.
function TestTerminal.testOnlyTextIsShown()
  if not script then lu.skip("no script(1)") end
  for _, words in ipairs({ "run rules/2019.lua --format docx", "template rules/2019.lua" }) do
    assert_shows(on_terminal("", words), "\nperfeval: error[terminal-format]: what this makes is no text, "
      .. "and a terminal cannot show it: name a file with -o\nstatus 64\n")
    local path = support.folder() .. "/shown"
    assert_shows(on_terminal("", words .. " -o " .. path), "status 0\n")
    lu.assertEquals(support.read(path):sub(1, 4), "PK\3\4")
  end
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
