-- data/README.md: its table of columns is the engine's vocabulary, and its example is read.
local unit = require("luaunit")
local engine = require("perfeval_engine")
local support = require("support")

local page = support.read("data/README.md")

TestDataPage = {}

function TestDataPage.test_columns()
  local listed = {}
  for name, label in page:gmatch("\n| `([%w_]+)` | `([^`]+)` |") do listed[name] = label end
  for _, column in ipairs(engine.columns()) do
    unit.assertEquals(listed[column.name], column.label, column.name)
    listed[column.name] = nil
  end
  unit.assertEquals(listed, {})
end

function TestDataPage.test_required_columns()
  local csv = page:match("```csv\n([^\n]+)")
  for name, label in page:gmatch("\n| `([%w_]+)` | `([^`]+)` | 예 |") do
    local _, err = support.run("check /dev/stdin", { stdin = (function()
      local file = support.folder() .. "/data.csv"
      support.write(file, (csv:gsub(label, "다른 열", 1)) .. "\n")
      return file
    end)() })
    unit.assertStrContains(err, "there is no column " .. name .. " (" .. label .. ")")
  end
end

function TestDataPage.test_example()
  local folder = support.folder()
  support.write(folder .. "/data.csv", page:match("```csv\n(.-)```"))
  local out, _, status = support.run("run rules/2019.lua --format json --data " .. folder .. "/data.csv")
  unit.assertEquals(status, 0)
  local rates = {}
  for rate in out:gmatch('"rate_printed":([^,}]+)') do rates[#rates + 1] = rate end
  unit.assertStrContains(table.concat(rates, " "), '"85"') -- "1,000" is a number
  unit.assertStrContains(table.concat(rates, " "), '"110"') -- a reverse indicator
  unit.assertStrContains(out, '"blank"')
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
