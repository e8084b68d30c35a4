-- Completions and man page: they are what pages.lua makes of the tables, and name every command and flag.
package.path = "tests/lua/?.lua;engine/packaging/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local pages = require("pages")

TestPages = {}

local made = pages.make()

-- Every flag that a page of help documents is completed, and stands in its command's part of the man page.
function TestPages.test_documented()
  for _, command in ipairs(pages.commands()) do
    local help, seen = "\n" .. support.run("help " .. command.name .. " --lang en"), 0
    local bash = made["perfeval.bash"]:match("\n        " .. command.name .. '%) (words="[^\n]*") ;;\n')
    local zsh = made["_perfeval"]:match("\n    " .. command.name .. "%) (compadd [^\n]*) ;;\n")
    local man = (made["perfeval.1"] .. ".Ss"):match("\n%.Ss perfeval " .. command.name .. "\n.-\nFlags:\n(.-)\n%.S")
    unit.assertStrContains(made["perfeval.fish"], "-a " .. command.name .. " -d '")
    for flag in help:gsub("\n  %-%a, ", "\n      "):gmatch("\n      %-%-([%w-]+)") do
      seen = seen + 1
      unit.assertStrContains((bash:gsub('["=]', " ")), " --" .. flag .. " ")
      unit.assertStrContains(zsh .. " ", " --" .. flag .. " ")
      unit.assertStrContains(man, ".Fl -" .. flag .. " ")
      unit.assertStrContains(made["perfeval.fish"], "from " .. command.name .. "' -l " .. flag)
    end
    unit.assertTrue(seen > 0 or command.name == "help" or not help:find("\n      %-%-"), command.name)
  end
end

-- The reading of the tables finds what the program takes: no flag is unknown to its command, and each command exists.
function TestPages.test_tables()
  local commands = pages.commands()
  unit.assertEquals(commands[1].name, "run")
  unit.assertEquals(commands[#commands].name, "help")
  local source = support.read("engine/app/cmd_help.c"):match("const Command commands%[%] = (%b{})")
  local _, entries = source:gsub("TEXT_USAGE_", "")
  unit.assertEquals(#commands, entries)
  local listed, known = {}, 0
  for _, command in ipairs(commands) do
    for _, flag in ipairs(command.flags) do
      known = known + (listed[flag.name] and 0 or 1)
      listed[flag.name] = true
    end
  end
  local flags = support.read("engine/app/flags.c"):match("static const Flag flags%[%] = %b{}")
  local _, written = flags:gsub('"%-%-', "")
  unit.assertEquals(known, written)
  local of_run = {}
  for _, flag in ipairs(commands[1].flags) do of_run[flag.name] = flag.value and "value" or "alone" end
  unit.assertEquals({ of_run["--data"], of_run["--stats"], of_run["--lang"], of_run["--memory-limit"] },
    { "value", "alone", "value", "value" })
  unit.assertNil(of_run["--junit"])
end

-- What the program lists after a wrong flag is not all; a completed flag must never be an unknown one.
function TestPages.test_flags_known()
  for _, command in ipairs(pages.commands()) do
    local line = { command.name, "--help" }
    for _, flag in ipairs(command.flags) do
      if not flag.value and flag.name ~= "--version" then line[#line + 1] = flag.name end
    end
    local _, err, status = support.run(table.concat(line, " "))
    unit.assertEquals({ err, status }, { "", 0 }, command.name)
  end
end

function TestPages.test_bash()
  local folder = support.folder()
  support.write(folder .. "/perfeval.bash", made["perfeval.bash"])
  local pipe = assert(io.popen([[bash -c '. ]] .. folder .. [[/perfeval.bash
    COMP_WORDS=(perfeval doc); COMP_CWORD=1; _perfeval; echo "${COMPREPLY[@]}"
    COMP_WORDS=(perfeval test --bo); COMP_CWORD=2; _perfeval; echo "${COMPREPLY[@]}"
    COMP_WORDS=(perfeval run --bo); COMP_CWORD=2; _perfeval; echo "${#COMPREPLY[@]}"']]))
  local said = pipe:read("a")
  pipe:close()
  unit.assertEquals(said, "doctor\n--boundaries\n0\n")
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
