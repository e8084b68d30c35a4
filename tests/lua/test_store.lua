-- A history from elsewhere: damaged bytes, another schema under our name, texts that are none. It may be refused, or
-- say nothing of what cannot be read; it never breaks the program or what the program prints.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")
local worlds = require("worlds")

-- SEEDS=1000 looks further.
local seeds = tonumber(os.getenv("SEEDS")) or 40
local modules = support.program:match("^(.*)/[^/]*$") .. "/modules/"
local file = io.open(modules .. "store.so")
local built = file and file:close() and os.execute("command -v sqlite3 >/dev/null 2>&1")

-- A history of two runs, in one file.
local function make()
  local folder = support.folder()
  for _, cut in ipairs({ 80, 85 }) do
    local words = "run rules/2019.lua --set sluggish_at_most=%d --record %s/rec -o %s/out.txt"
    support.run(words:format(cut, folder, folder))
  end
  local _, err, status = support.run(("history add %s/rec --store %s/history.db"):format(folder, folder))
  unit.assertEquals({ err, status }, { "", 0 })
  _, err, status = support.run(("history backup %s/whole.db --store %s/history.db"):format(folder, folder))
  unit.assertEquals({ err, status }, { "", 0 })
  return folder
end

local COMMANDS <const> = { "history check", "history list", "history show", "history trend --format json" }

-- Runs all commands over folder/x.db; what they print is text, and they end by themselves.
local function look(folder, why)
  local worst = 0
  for _, command in ipairs(COMMANDS) do
    local out, err, status = support.run(("%s --store %s/x.db"):format(command, folder))
    local known = status == 0 or status == 1 or status == 3 or status == 5
    unit.assertTrue(known, why .. " " .. command .. " " .. status .. err)
    for _, text in ipairs({ out, err }) do
      unit.assertNotNil(utf8.len(text), why .. " " .. command)
      unit.assertNil(text:find("[\0-\8\11-\31\127]"), why .. " " .. command)
    end
    if status > 1 then unit.assertStrContains(err, "error[") end
    worst = math.max(worst, status)
  end
  return worst
end

TestStore = {}

function TestStore.test_damaged_bytes()
  unit.skipIf(not built, "no module store")
  local folder = make()
  local whole = support.read(folder .. "/whole.db")
  local refused = 0
  for seed = 1, seeds do
    local chance = worlds.chance(seed)
    local bytes = whole
    for _ = 1, 1 + chance:below(6) do
      -- half of them where the first pages keep what the others mean
      local at = 1 + chance:below(seed % 2 == 0 and #whole or 9000)
      bytes = bytes:sub(1, at - 1) .. string.char(chance:below(256)) .. bytes:sub(at + 1)
    end
    if seed % 5 == 0 then bytes = bytes:sub(1, chance:below(#bytes)) end
    os.execute("rm -f " .. folder .. "/x.db*")
    support.write(folder .. "/x.db", bytes)
    if look(folder, "seed " .. seed) > 1 then refused = refused + 1 end
  end
  unit.assertTrue(refused > seeds // 4)
end

-- Statements that somebody has run over it before, and whether it is refused then.
local STATEMENTS <const> = {
  { "UPDATE runs SET rules = CAST(x'ff1b5b33316dff' AS TEXT)", refused = true },
  { "UPDATE runs SET rules = CAST(x'610062' AS TEXT)", refused = true },
  { "UPDATE runs SET rules = '=cmd' || char(8238) || char(27) || '[31m'" },
  { "UPDATE runs SET rules = zeroblob(1000)" },
  { "UPDATE runs SET rules = 1e999, at = -1" },
  { "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM runs; END", refused = true },
  { "ALTER TABLE runs RENAME TO old; CREATE VIEW runs AS SELECT * FROM old", refused = true },
  { "DROP TABLE runs", refused = true },
  { "DROP TABLE runs; CREATE VIRTUAL TABLE runs USING fts5(id, at)", refused = true },
  { "ALTER TABLE runs ADD COLUMN more TEXT AS (hex(zeroblob(60000000)))", refused = true },
  { "CREATE INDEX more ON runs (hex(zeroblob(60000000)))", refused = true },
  { "CREATE INDEX more ON runs (at) WHERE hex(zeroblob(60000000)) > ''", refused = true },
  { "PRAGMA user_version = -5", refused = true },
  { "DROP TABLE runs; CREATE VIEW runs AS SELECT load_extension('x') AS id", refused = true },
  { "DROP TABLE runs; CREATE VIEW runs AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
    .. "SELECT i AS id FROM n", refused = true },
}

function TestStore.test_other_schemas()
  unit.skipIf(not built, "no module store")
  local folder = make()
  for _, case in ipairs(STATEMENTS) do
    os.execute(("rm -f %s/x.db*; cp %s/whole.db %s/x.db"):format(folder, folder, folder))
    local path = folder .. "/x.db"
    local _, _, status = os.execute(("sqlite3 %s %s >/dev/null"):format(path, support.quote(case[1])))
    unit.assertEquals(status, 0, case[1])
    local worst = look(folder, case[1])
    if case.refused then unit.assertTrue(worst > 1, case[1]) end
  end
end

-- Data in a database that another program keeps in write-ahead mode: all of it is in the file, or it is not read.
function TestStore.test_data_that_is_being_written()
  local modules_too = io.open(modules .. "sqlite.so")
  unit.skipIf(not (built and modules_too and modules_too:close()), "no module sqlite")
  local folder = support.folder()
  local function sqlite(words) assert(os.execute(("cd %s && sqlite3 %s >said"):format(folder, words))) end
  local function run(name)
    return { support.run(("run rules/2019.lua --format csv --data %s/%s"):format(folder, name)) }
  end
  sqlite(("a.db '.mode csv' '.import %s/data/2019/indicators.csv year'"):format(os.getenv("PWD")))
  local plain = run("a.db")
  unit.assertEquals(plain[3], 0)
  sqlite("a.db 'PRAGMA journal_mode=WAL'")
  unit.assertEquals(support.read(folder .. "/a.db"):byte(19, 20), 2)
  unit.assertEquals(run("a.db"), plain)
  sqlite([[a.db "UPDATE year SET actual='1' WHERE rowid=1" '.shell cp a.db b.db; cp a.db-wal b.db-wal']])
  sqlite([[a.db 'PRAGMA journal_mode=DELETE' 'PRAGMA cache_size=2' BEGIN "UPDATE year SET actual='2'" \
    '.shell cp a.db c.db; cp a.db-journal c.db-journal']])
  sqlite([[a.db 'PRAGMA journal_mode=PERSIST' "UPDATE year SET actual=actual"]]) -- a journal of zeros lies beside it
  for name, part in pairs({ ["b.db"] = "b.db-wal", ["c.db"] = "c.db-journal" }) do
    local bytes = support.read(folder .. "/" .. name)
    local found = run(name)
    unit.assertStrContains(found[2], "error[store-unfinished]")
    unit.assertStrContains(found[2], "a part of it is in " .. folder .. "/" .. part .. "\n")
    unit.assertEquals({ found[1], found[3] }, { "", 5 })
    unit.assertEquals(support.read(folder .. "/" .. name), bytes)
  end
  unit.assertEquals(run("a.db")[3], 0)
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
