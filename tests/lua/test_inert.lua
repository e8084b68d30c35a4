-- Names from data come out inert in every format and on the terminal; links in the output folder lead nowhere.
package.path = "tests/lua/?.lua;" .. package.path
local lu = require("luaunit")
local support = require("support")

local folder = support.folder()
local rules = folder .. "/r.lua"
support.write(rules, [[
return ruleset {
  title = "이름", data = "d.csv", report = "sluggish",
  rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
]])

local function quoted(text)
  return '"' .. text:gsub('"', '""') .. '"'
end

-- One sluggish project with this name, everywhere a name can be.
local function run(name, flags)
  local cell = quoted(name)
  support.write(folder .. "/d.csv", "bureau,department,project,indicator,unit,target,actual\n"
    .. ("%s,%s,%s,%s,%s,100,10\n"):format(cell, cell, cell, cell, quoted("건")))
  local out, err, status = support.run("run " .. rules .. " --data " .. folder .. "/d.csv " .. flags)
  lu.assertEquals({ err, status }, { "", 0 }, flags)
  return out
end

local HTML = "<img src=x onerror=alert(1)>"
local FORMULA = "=cmd|' /C calc'!A0"
local FORGING = { "\27[31m", "\7", "\8", "\127", "\u{9b}", "\u{202e}", "\u{202a}", "\u{2066}", "\u{2069}", "\u{200f}",
  "\u{61c}", "\u{2028}", "\u{feff}" }

TestNames = {}

-- CSV: the name is read back as it was, but for the apostrophe that keeps a spreadsheet from computing it.
function TestNames.test_csv()
  local formulas = { FORMULA, "=1+1", "+1", "-1+2", "@SUM(A1)", " =1", "\tx" }
  for _, level in ipairs({ "", " --level project", " --level bureau" }) do
    for _, name in ipairs(formulas) do
      local shown = name:match("^%s*(.*)") -- blanks at the ends of a cell are no part of the name
      local guarded = name == "\tx" and shown or "'" .. shown
      lu.assertEquals(support.csv(run(name, "--format csv" .. level))[2][1], guarded)
      lu.assertEquals(support.csv(run(name, "--format csv --csv-formulas guard" .. level))[2][1], guarded)
      lu.assertEquals(support.csv(run(name, "--format csv --csv-formulas keep" .. level))[2][1], shown)
    end
    for _, name in ipairs({ HTML, 'a"b', "a,b", "a\nb", "a\r\nb" }) do
      lu.assertEquals(support.csv(run(name, "--format csv" .. level))[2][1], name)
    end
  end
  -- numbers stay numbers
  support.write(folder .. "/d.csv", "bureau,department,project,indicator,unit,target,actual\nb,d,p,i,u,10,-1\n")
  local out = support.run("run " .. rules .. " --format csv --data " .. folder .. "/d.csv")
  lu.assertStrContains(out, "\nb,d,p,i,u,10,-1,-10,-10,sluggish,,\n")
end

function TestNames.test_margin()
  run(FORMULA, "")
  local command = "margin " .. rules .. " --data " .. folder .. "/d.csv --format csv"
  lu.assertEquals(support.csv((support.run(command)))[2][3], "'" .. FORMULA)
  lu.assertEquals(support.csv((support.run(command .. " --csv-formulas keep")))[2][3], FORMULA)
  local out, err, status = support.run(command .. " --csv-formulas off")
  lu.assertEquals({ out, status }, { "", 64 })
  lu.assertStrContains(err, "guard, keep")
end

-- JSON: read back, the name is the same; nothing in it ends the string.
function TestNames.test_json()
  for _, name in ipairs({ HTML, FORMULA, 'a"b\\', "a\nb", "a\1\2", "</script>" }) do
    for _, flags in ipairs({ "--format json", "--format jsonl", "--format jsonl --level bureau" }) do
      local out = run(name, flags)
      local escaped = name:gsub('[\\"]', "\\%0"):gsub("\n", "\\n"):gsub("[\1\2]", function(byte)
        return ("\\u%04x"):format(byte:byte())
      end)
      lu.assertStrContains(out, '"' .. escaped .. '"')
      lu.assertNil(out:find("[\1-\9\11-\31]"))
    end
  end
end

-- What is drawn for people has no character that moves, hides or reorders others, and no new line from a name.
function TestNames.test_forging()
  for _, format in ipairs({ "text", "markdown", "html" }) do
    for _, report in ipairs({ "sluggish", "status" }) do
      local flags = ("--report %s --format %s"):format(report, format)
      for _, forging in ipairs(FORGING) do
        local out = run("가" .. forging .. "나", flags)
        -- the page's own data, which it computes with, hold names as they are
        out = out:gsub("<script.-</script>", "")
        lu.assertNil(out:find("가" .. forging .. "나", 1, true), flags)
        lu.assertNil(out:find(forging, 1, true), flags)
      end
      local _, wanted = run("가나", flags):gsub("\n", "\n")
      local _, found = run("가\n# 나", flags):gsub("\n", "\n")
      lu.assertNil(run("가\n# 나", flags):find("\n# 나", 1, true), flags)
      lu.assertTrue(math.abs(found - wanted) <= 1, flags) -- a longer name may be wrapped
    end
  end
end

function TestNames.test_markup()
  for _, format in ipairs({ "markdown", "html" }) do
    for _, name in ipairs({ HTML, "</td><script>alert(1)</script>", '" onload="alert(1)', "<!--" }) do
      local out = run(name, "--report sluggish --format " .. format)
      local inert = out:gsub("\\[<\"]", "") -- Markdown: a character behind a backslash is only that character
      if name:find("<", 1, true) then lu.assertNil(inert:find(name, 1, true), format .. name) end
      lu.assertNil(inert:find("<img", 1, true), format)
      lu.assertNil(inert:find("<script>alert", 1, true), format)
      if format == "html" then lu.assertNil(inert:gsub("<script.-</script>", ""):find('" onload', 1, true)) end
    end
  end
  lu.assertStrContains(run(HTML, "--report sluggish --format html"), "&lt;img src=x onerror=alert(1)&gt;")
end

-- Messages about such names: on the terminal, too.
function TestNames.test_messages()
  for _, forging in ipairs(FORGING) do
    support.write(folder .. "/d.csv", "bureau,department,project,indicator,unit,target,actual\nb,d,p,i"
      .. forging .. ",u,10,x" .. forging .. "y\n")
    local _, err, status = support.run("run " .. rules .. " --data " .. folder .. "/d.csv")
    lu.assertEquals(status, 3)
    lu.assertNil(err:find(forging, 1, true))
  end
end

TestLinks = {}

support.write(folder .. "/plain.csv", "bureau,department,project,indicator,unit,target,actual\n이름,d,p,i,u,10,1\n")
local save = ("run %s --format csv --data %s/plain.csv "):format(rules, folder)

local function shell(line)
  lu.assertTrue((os.execute("cd " .. folder .. " && " .. line)), line)
end

-- A link where the output should be is replaced, and what it led to stays as it was.
function TestLinks.test_output()
  for _, target in ipairs({ "victim", "../" .. folder:match("[^/]+$") .. "/victim", "nowhere" }) do
    shell("rm -rf out victim nowhere; mkdir out; echo mine >victim")
    shell("ln -s " .. folder .. "/" .. target .. " out/report.csv")
    local out, err, status = support.run(save .. "-o " .. folder .. "/out/report.csv")
    lu.assertEquals({ out, err, status }, { "", "", 0 })
    lu.assertEquals(support.read(folder .. "/victim"), "mine\n")
    shell("test -f out/report.csv && test ! -L out/report.csv && test ! -e nowhere")
    lu.assertStrContains(support.read(folder .. "/out/report.csv"), "이름")
  end
end

-- The folder that the user names may be a link: that is the path asked for.
function TestLinks.test_folder()
  shell("rm -rf real way; mkdir real; ln -s real way")
  local _, err, status = support.run(save .. "-o " .. folder .. "/way/report.csv")
  lu.assertEquals({ err, status }, { "", 0 })
  shell("test -f real/report.csv && test -L way")
end

-- Locks and records in a folder of records: a link of their name is not followed.
function TestLinks.test_records()
  shell("rm -rf store victim; mkdir store; ln -s ../victim store/.lock")
  local _, err, status = support.run(save .. "--record " .. folder .. "/store")
  lu.assertEquals(status, 5)
  lu.assertStrContains(err, "error[file-write]")
  shell("test ! -e victim && rm store/.lock && echo mine >victim && ln -s ../victim store/000001.json")
  support.run(save .. "--record " .. folder .. "/store")
  lu.assertEquals(support.read(folder .. "/victim"), "mine\n")
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
