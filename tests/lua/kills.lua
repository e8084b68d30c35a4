-- How long after its limit a runaway script is gone (make test-kills): computing time of all processes of the run,
-- which other work on the machine does not change, and the time by the clock, which is only told.
package.path = "tests/lua/?.lua;tests/hostile/?.lua;" .. package.path
local lu = require("luaunit")
local support = require("support")
local scripts = require("scripts")
local hostile = require("hostile")

-- Seconds that may pass behind a limit (README.md).
local ALLOWED = 0.3

local function seconds(text)
  local minutes, rest = text:match("(%d+)m([%d.]+)s")
  return minutes * 60 + rest
end

-- Of a run: the limit of time that it met (nil: another one), its computing time, its time by the clock.
local function times_of(folder)
  local lines = {}
  for line in io.lines(folder .. "/times") do lines[#lines + 1] = line end
  local began, ended = lines[1]:match("(%d+) (%d+)")
  local user, system = lines[#lines]:match("(%S+) (%S+)")
  local limit = support.read(folder .. "/err"):match("error%[cpu%-limit%]: the script used more than ([%d.]+) s")
  return tonumber(limit), seconds(user) + seconds(system), (ended - began) / 1e9
end

TestKills = {}

function TestKills.test_all()
  local root = support.folder()
  local runaways = {}
  for _, script in ipairs(scripts) do
    if script.class == "limit" then runaways[#runaways + 1] = script end
  end
  hostile.run(runaways, root)
  local late, most, most_clock, count = {}, { over = 0 }, 0, 0
  for n, script in ipairs(runaways) do
    local limit, computing, clock = times_of(("%s/%d"):format(root, n))
    if limit then
      local over = computing - limit
      count = count + 1
      most_clock = math.max(most_clock, clock - limit)
      if over > most.over then most = { over = over, script = script } end
      if over > ALLOWED then late[#late + 1] = ("%s: %.3f s"):format(script.technique, over) end
    end
  end
  local told = "%d runaway scripts met a limit of time; at most %.3f s of computing behind it (%s), %.3f s by the clock"
  print(told:format(count, most.over, most.script.technique, most_clock))
  lu.assertTrue(count >= 40, count)
  lu.assertEquals(late, {})
end

local status = lu.LuaUnit.run()
support.clean()
os.exit(status)
