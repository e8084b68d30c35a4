-- Definitions for editors: Lua can read them, and every name that is bound occurs.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local engine = require("perfeval_engine")
local support = require("support")

TestStubs = {}

local function stubs(words)
  local out, err, status = support.run("stubs " .. words)
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertEquals(out:sub(1, 9), "---@meta\n")
  local chunk, message = load(out, "=stubs", "t", {})
  unit.assertNotNil(chunk, message)
  chunk()
  return out
end

-- The lines of one class.
local function class_of(out, name)
  return out:match("\n%-%-%-@class " .. name .. "\n(.-)\n\n") or error("no class " .. name)
end

function TestStubs.test_every_bound_name_occurs()
  local out = stubs("")
  for class, fields in pairs(engine.classes()) do
    local lines = "\n" .. class_of(out, class)
    for _, field in ipairs(fields) do
      unit.assertStrContains(lines, "\n---@field " .. field.name .. " ")
      if field.label then unit.assertStrContains(lines, '\n---@field ["' .. field.label .. '"] ') end
    end
  end
  for name in ("abs all any choose clamp if_missing no round ruleset tests trimmed weighted_mean when"):gmatch("%S+") do
    unit.assertStrContains(out, "\nfunction " .. name .. "(")
  end
  for name in ("max mean median min pooled"):gmatch("%S+") do
    unit.assertStrContains(out, "\n" .. name .. " = nil\n")
  end
  for name in ("title data rate rounding project verdict special params"):gmatch("%S+") do
    unit.assertStrContains(class_of(out, "Ruleset"), "---@field " .. name .. " ")
  end
  unit.assertStrContains(out, "\nfunction text.pad(text, width, side) end\n")
  unit.assertStrContains(out, "\n--   math.abs: ")
end

function TestStubs.test_names_of_rules()
  local folder = support.folder()
  support.write(folder .. "/own.csv",
    '국,부서,주요사업,성과지표,단위,목표,실적,예산,"이상한 ""열"""\n가국,나과,다 사업,라 지표,건,10,9,5,6\n')
  local out = stubs("rules/2019.lua --data " .. folder .. "/own.csv")
  unit.assertStrContains(out, '---@alias VerdictKey "sluggish"|"normal"\n')
  unit.assertStrContains(class_of(out, "Params"), "---@field sluggish_at_most number # 80")
  unit.assertStrContains(class_of(out, "Indicator"), '---@field ["예산"] string?')
  unit.assertStrContains(class_of(out, "Fields"), '---@field ["예산"] Formula')
  unit.assertStrContains(class_of(out, "Counts"), "---@field sluggish integer")
  unit.assertNotStrContains(out, "이상한")
end

function TestStubs.test_wrong_rules()
  local out, err, status = support.run("stubs rules/nothing.lua")
  unit.assertEquals({ out, status }, { "", 5 })
  unit.assertStrContains(err, "error[file-open]")
  local _, _, usage = support.run("stubs a.lua b.lua")
  unit.assertEquals(usage, 64)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
