-- Hostile and runaway scripts (tests/hostile/scripts.lua): each is run by the program, and must end as its class says.
package.path = "tests/lua/?.lua;tests/hostile/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local scripts = require("scripts")
local hostile = require("hostile")

local CODES = { refused = 2, error = 2, data = 2, limit = 4, harmless = 0 }

local function expected_code(script)
  if script.place == "row" and (script.class == "refused" or script.class == "error") then return 1 end
  return CODES[script.class]
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

-- What is wrong with how a script ended; nil: nothing.
local function fault_of(script, folder)
  local messages, status = support.read(folder .. "/err"), tonumber(support.read(folder .. "/status"))
  local result = exists(folder .. "/result") and support.read(folder .. "/result")
  local code = expected_code(script)
  if status ~= code then return ("exit code %d, not %d: %s"):format(status, code, messages:sub(1, 500)) end
  if (result ~= false) ~= (code < 2) then return result and "it wrote a result" or "no result" end
  if messages:find("[\0-\9\11-\31\127]") then return "control characters in its messages" end
  if messages:find("0x%x%x%x%x%x") then return "an address in its messages: " .. messages:sub(1, 500) end
  if #messages > 10000 then return #messages .. " bytes of messages" end
  if script.warning and not messages:find(script.warning) then return "messages: " .. messages end
  if script.class == "harmless" then
    local wanted = script.message or (script.place == "row" and "80" or "100")
    if script.place == "report" or script.place == "format" then
      if not result:find(wanted) then return "result " .. result end
    elseif support.records(result)[1].rate ~= wanted then
      return "rate " .. support.records(result)[1].rate
    end
  elseif not messages:find(script.message) then
    return "messages: " .. messages:sub(1, 500)
  end
end

TestHostile = {}

function TestHostile.test_all()
  local root = support.folder()
  hostile.run(scripts, root)
  local faults = {}
  for n, script in ipairs(scripts) do
    local fault = fault_of(script, ("%s/%d"):format(root, n))
    if fault then faults[#faults + 1] = ("%s (%s): %s"):format(script.technique, script.place, fault) end
  end
  unit.assertEquals(table.concat(faults, "\n"), "")
end

-- One technique each, and at least 80 of them.
function TestHostile.test_table()
  local seen = {}
  for _, script in ipairs(scripts) do
    unit.assertNil(seen[script.technique], script.technique)
    unit.assertNotNil(CODES[script.class], script.technique)
    seen[script.technique] = true
  end
  unit.assertTrue(#scripts >= 80)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
