-- The console examples of README.md: what the page shows is what the program prints. `lua5.4 tests/lua/test_readme.lua
-- --update` writes the output into the page.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local engine = require("perfeval_engine")
local support = require("support")

local page = support.read("README.md")

-- Runs a shell command from the project's root with build/perfeval being the program under test.
local function shell(command)
  local runner = os.getenv("RUNNER") or ""
  command = command:gsub("build/perfeval", function() return runner .. " " .. support.quote(support.program) end)
  local pipe = assert(io.popen("{ " .. command .. "\n} 2>&1"))
  local out = pipe:read("a")
  pipe:close()
  return out
end

-- The page with the outputs of its console blocks as they are now. Blocks about make are left alone: they run this.
local function current()
  return (page:gsub("```console\n(.-)```", function(block)
    if block:find("$ make", 1, true) then return nil end
    local parts = {}
    for command in ("\n" .. block):gmatch("\n%$ ([^\n]+)") do
      parts[#parts + 1] = "$ " .. command .. "\n" .. shell(command)
    end
    local text = table.concat(parts)
    if text:sub(-1) ~= "\n" then text = text .. "\n" end
    return "```console\n" .. text .. "```"
  end))
end

if arg[1] == "--update" then
  support.write("README.md", current())
  os.exit(0)
end

TestReadme = {}

function TestReadme.test_console_blocks()
  os.execute("mkdir -p build")
  unit.assertEquals(current(), page)
end

function TestReadme.test_threshold_line()
  local shown = page:match("edit the number in\n\n```lua\n(.-)\n```")
  unit.assertStrContains(support.read("rules/2019.lua"), shown)
end

-- The names that scripts see are those of the sandbox.
function TestReadme.test_names()
  local names, seen = {}, {}
  for _, entry in ipairs(engine.sandbox_names()) do
    local name = (type(entry) == "table" and entry.name or entry):match("^[^.]+")
    if not seen[name] then names[#names + 1] = name end
    seen[name] = true
  end
  local shown = {}
  for name in page:match("They see `([^`]+)`"):gmatch("%S+") do shown[#shown + 1] = name end
  table.sort(names)
  table.sort(shown)
  unit.assertEquals(shown, names)
end

function TestReadme.test_links()
  for target in page:gmatch("%]%(([^)]+)%)") do
    unit.assertNotNil(io.open(target), target)
  end
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
