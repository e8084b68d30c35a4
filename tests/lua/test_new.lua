-- `perfeval new`: the folder it makes can be used at once, as its page says.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

TestNew = {}

local function made()
  local folder = support.folder() .. "/새 평가"
  local out, err, status = support.run("new " .. support.quote(folder) .. " --lang ko")
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, folder)
  return folder
end

-- Every command of the page, in its order.
function TestNew.test_page()
  local folder = made()
  local count = 0
  for line in support.read(folder .. "/README.md"):gmatch("\n%$ perfeval ([^\n]+)") do
    local _, err, status = support.run(line, { cd = folder })
    unit.assertEquals(status, 0, line .. err)
    count = count + 1
  end
  unit.assertEquals(count, 6)
  local out, err = support.run("run rules/rules.lua --format json", { cd = folder })
  unit.assertEquals(err, "")
  local totals = support.json(out).totals
  unit.assertEquals({ totals.projects.number, totals.sluggish.number }, { "4", "1" })
  out = support.run("run rules/rules.lua --format json --set sluggish_at_most=60", { cd = folder })
  unit.assertEquals(support.json(out).totals.sluggish.number, "0")
  local _, messages = support.run("check rules/rules.lua data/sample.csv", { cd = folder })
  unit.assertEquals(messages, "no errors in 2 files\n")
end

function TestNew.test_editor_files()
  local folder = made()
  local stubs = support.run("stubs rules/rules.lua", { cd = folder })
  unit.assertEquals(support.read(folder .. "/perfeval.d.lua"), stubs)
  unit.assertStrContains(stubs, '---@alias VerdictKey "sluggish"|"normal"')
  unit.assertEquals(support.json(support.read(folder .. "/.luarc.json")).runtime.version, "Lua 5.4")
  local own = {}
  assert(load(support.read(folder .. "/.luacheckrc"), "=own", "t", own))()
  for _, name in ipairs(own.std.read_globals) do own[name] = true end
  for name in stubs:gmatch("\nfunction ([%w_]+)%(") do unit.assertTrue(own[name], name) end
end

function TestNew.test_folder_in_use()
  local folder = made()
  local before = support.read(folder .. "/rules/rules.lua")
  local out, err, status = support.run("new " .. support.quote(folder))
  unit.assertEquals({ out, status }, { "", 5 })
  unit.assertStrContains(err, "error[folder-in-use]")
  unit.assertEquals(support.read(folder .. "/rules/rules.lua"), before)
  out, err, status = support.run("new " .. support.quote(folder .. "/README.md"))
  unit.assertEquals(out, "")
  unit.assertEquals(status, 5)
  unit.assertStrContains(err, "error[folder-in-use]")
  out, err, status = support.run("new /nonexistent/a/b")
  unit.assertEquals(status, 5)
  unit.assertStrContains(err, "error[file-write]")
  unit.assertEquals(out, "")
  local _, _, usage = support.run("new")
  unit.assertEquals(usage, 64)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
