-- `perfeval doctor`: what it looks at, what it says where something is missing.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

TestDoctor = {}

-- Lines of any machine on which these tests run.
function TestDoctor.test_sound()
  local out, err, status = support.run("doctor --lang en")
  unit.assertEquals({ err, status }, { "", 0 })
  for _, line in ipairs({
    "ok       locale: C.UTF-8", "ok       encodings: UTF-8, UTF-16, CP949", "ok       project folder: .",
    "ok       confinement of scripts: seccomp, prctl", "ok       digest: SHA-256",
  }) do
    unit.assertStrContains("\n" .. out, "\n" .. line .. "\n")
  end
  unit.assertStrMatches(out, ".*\nok       processor %(level, threads%): [a-z0-9]+, %d+\n.*")
  unit.assertStrContains(out, "Hangul font: ")
  unit.assertNotStrContains(out, "wrong")
end

function TestDoctor.test_korean()
  local out, err, status = support.run("doctor --lang ko")
  unit.assertEquals({ err, status }, { "", 0 })
  unit.assertStrContains(out, "정상  스크립트 격리: seccomp, prctl\n")
  unit.assertStrContains(out, "정상  로캘: C.UTF-8\n")
end

function TestDoctor.test_locales()
  local out, _, status = support.run("doctor --lang en", { lang = "C" })
  unit.assertEquals(status, 0)
  unit.assertStrContains(out, "warning  locale: C\n         the terminal may garble Korean")
  out, _, status = support.run("doctor --lang en", { lang = "xx_YY.UTF-8" })
  unit.assertEquals(status, 0)
  unit.assertStrContains(out, "warning  locale: xx_YY.UTF-8\n         locale xx_YY.UTF-8 is not installed")
end

function TestDoctor.test_folders()
  local out, err, status = support.run("doctor --lang en no-such-folder")
  unit.assertEquals({ err, status }, { "", 1 })
  unit.assertStrContains(out, "wrong    project folder: no-such-folder\n"
    .. "         no folder that you may read: no-such-folder\n")
  out, err, status = support.run("doctor --lang ko README.md")
  unit.assertEquals({ err, status }, { "", 1 })
  unit.assertStrContains(out, "오류  작업 폴더: README.md\n")
  local _, said, code = support.run("doctor --lang en a b")
  unit.assertEquals(code, 64)
  unit.assertStrContains(said, "b")
end

function TestDoctor.test_modules()
  -- a program without its modules and scripts beside it
  local folder = support.folder()
  os.execute("cp " .. support.quote(support.program) .. " " .. folder .. "/perfeval")
  local out = support.run("doctor --lang en", { program = folder .. "/perfeval" })
  unit.assertStrContains(out, "warning  module: sqlite (SQLite)\n         ")
  unit.assertStrContains(out, "warning  module: office (XLSX, ODS, HWPX)\n         ")
  unit.assertStrContains(out, "warning  module: zip (HWPX, DOCX)\n         ")
  unit.assertStrContains(out, "libsqlite3-dev")
  -- every module that is built, each with a line of its own
  local names = support.read("Makefile"):match("\nMODULE_NAMES := ([^\n]*)")
  local count = 0
  for name in names:gmatch("%S+") do
    unit.assertStrContains(out, "warning  module: " .. name .. " (")
    unit.assertStrMatches(support.run("doctor --lang en"), ".*%l+ +module: " .. name .. " %(.*")
    count = count + 1
  end
  unit.assertEquals(select(2, out:gsub("warning  module: ", "")), count)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
