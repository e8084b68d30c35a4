-- Rule files in short, run over rows of CSV text: for tests that are tables of cases.
local unit = require("luaunit")
local support = require("support")

local short = {}

local LABELS = "bureau,department,project,indicator,unit"
local FRAME = [[
local methods = require("methods")
return ruleset {
  title = "t", data = "../data/none.csv",
  %s
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
]]
local BASE = { rate = "field.actual", rounding = '{ digits = 1, mode = "half_up" }',
  project = '{ rate = mean, missing = "leave_out" }' }

-- A rule file whose entries are those of BASE, with `changes` in their place.
local function rule_file(changes)
  local names, lines = {}, {}
  for name in pairs(BASE) do names[name] = true end
  for name in pairs(changes) do names[name] = true end
  for name in pairs(names) do lines[#lines + 1] = name .. " = " .. (changes[name] or BASE[name]) .. "," end
  table.sort(lines)
  return FRAME:format(table.concat(lines, "\n  "))
end

-- Runs rules over rows of CSV text through standard input; answers what the program printed.
function short.run(changes, header, rows, format)
  local folder = support.folder()
  os.execute("mkdir " .. folder .. "/rules " .. folder .. "/scripts; cp scripts/methods.lua " .. folder .. "/scripts")
  support.write(folder .. "/rules/t.lua", rule_file(changes))
  support.write(folder .. "/in.csv", LABELS .. "," .. header .. "\n" .. table.concat(rows, "\n") .. "\n")
  local out, err, status = support.run("run rules/t.lua --format " .. (format or "csv") .. " --data -",
    { cd = folder, stdin = folder .. "/in.csv" })
  os.execute("rm -rf " .. folder)
  return out, err, status
end

-- Each row is a project of its own. Answers "rate" or its missing reason, row by row, and the records.
function short.rates(changes, header, cells, unclean)
  local rows = {}
  for i, cell in ipairs(cells) do rows[i] = ("b,d,p%d,i,u,%s"):format(i, cell) end
  local out, err, status = short.run(changes, header, rows)
  if not unclean then unit.assertEquals({ err, status }, { "", 0 }, tostring(changes.rate)) end
  local found, records = {}, support.records(out)
  for i, record in ipairs(records) do found[i] = record.rate ~= "" and record.rate or record.missing end
  return found, records
end

-- One run for each formula: name = { columns, { cells, expected }, … }.
function short.check_formulas(tables)
  for _, entry in ipairs(tables) do
    local formula, header = entry[1], entry[2]
    local cells = {}
    for i = 3, #entry do cells[#cells + 1] = entry[i][1] end
    local found = short.rates({ rate = formula }, header, cells)
    for i = 3, #entry do
      unit.assertEquals(found[i - 2], entry[i][2], formula .. " of " .. header .. " = " .. entry[i][1])
    end
  end
end

-- The rate of a unit in the JSON of results as it is written there, or why there is none.
function short.level_rate(object)
  if object.rate == support.null then return object.missing end
  return object.rate.number
end

return short
