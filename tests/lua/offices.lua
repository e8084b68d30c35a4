-- A project with a list of jobs for many offices, made of the data of 2019: other numbers, weights and rules for each.
local support = require("support")

local offices = {}

local RUNAWAY = {
  "return ruleset { base = \"../2019.lua\", title = (function() while true do end end)() }\n",
  "local t = {}\nfor i = 1, 1e9 do t[i] = { i } end\nreturn ruleset { base = \"../2019.lua\" }\n",
}

-- What is done to the data of a broken office.
local BREAK = {
  function(text) return (text:gsub(",회,26,", ",회,1.2.3,", 1)) end,
  function(text) return (text:gsub("청렴도 향상 시책 추진", "\"청렴도", 1)) end,
  function(text) return (text:gsub("target,actual", "goal,actual", 1)) end,
  function(text) return (text:gsub("구정 청렴도", "구정\xFF청렴도", 1)) end,
  function() return "" end,
}

-- The same numbers on every machine.
local function numbers(seed)
  return function(from, to)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return from + seed // 65536 % (to - from + 1)
  end
end

local function data_of(base, number)
  local random, first = numbers(number), true
  return (base:gsub("([^\n]*)\n", function(line)
    if first then
      first = false
      return line .. ",weight\n"
    end
    line = line:gsub(",(%d+),(%d+),(%-?%d*)$", function(target, actual, printed)
      return "," .. target .. "," .. tonumber(actual) * random(60, 140) // 100 .. "," .. printed
    end)
    return line .. "," .. random(1, 5) .. "\n"
  end))
end

local function rules_of(number)
  local weights = number % 3 == 0
    and "  project = { rate = weighted_mean(\"weight\"), weights = \"normalised\" },\n" or ""
  return ("return ruleset {\n  base = \"../2019.lua\",\n  params = { sluggish_at_most = %d },\n%s}\n"):format(
    70 + number % 20, weights)
end

local function name_of(number)
  return ("office%03d"):format(number)
end

-- Makes `count` offices in `folder`: the last `broken` of them with data that are wrong, the `runaway` before these
-- with rules that do not end.
function offices.make(folder, count, broken, runaway)
  local base = support.read("data/2019/indicators.csv")
  local quoted = support.quote(folder)
  os.execute(("mkdir -p %s/rules/office %s/in %s/data; cp -r scripts %s; cp rules/2019.lua %s/rules; "
    .. "cp -r data/2019 %s/data")
    :format(quoted, quoted, quoted, quoted, quoted, quoted))
  for number = 1, count do
    local data, rules = data_of(base, number), rules_of(number)
    local from_end = count - number
    if from_end < broken then
      data = BREAK[from_end % #BREAK + 1](data)
    elseif from_end < broken + runaway then
      rules = RUNAWAY[(from_end - broken) % #RUNAWAY + 1]
    end
    support.write(("%s/in/%s.csv"):format(folder, name_of(number)), data)
    support.write(("%s/rules/office/%s.lua"):format(folder, name_of(number)), rules)
  end
  support.write(folder .. "/jobs.lua", [[
return jobs {
  records = "records",
  history = "records/history.db",
  timer = { calendar = "*-*-* 02:30", delay = "15min" },
  notice = { from = "perfeval@example.org", to = "staff@example.org", webhook = "https://example.org/hook" },
  {
    name = "offices",
    rules = "rules/office/{office}.lua",
    data = "in/{office}.csv",
    outputs = {
      { "out/{office}/sluggish.md", format = "markdown", report = "sluggish" },
      { "out/{office}/results.csv", format = "csv" },
    },
    seconds = 60,
    notify = { "failed", "changed" },
  },
}
]])
end

-- The bytes of all outputs by their paths, and whatever else lies beside them.
function offices.outputs(folder)
  local found = {}
  local pipe = assert(io.popen("cd " .. support.quote(folder)
    .. " && find out -type f ! -name .fill 2>/dev/null | LC_ALL=C sort"))
  for path in pipe:lines() do found[path] = support.read(folder .. "/" .. path) end
  pipe:close()
  return found
end

-- Every record that is not whole: its last line is the digest of what stands before.
function offices.damaged(folder)
  local bad = {}
  local pipe = assert(io.popen("find " .. support.quote(folder) .. "/records -name '0*.json'"))
  for path in pipe:lines() do
    local body, digest = support.read(path):match('^(.*),\n"digest":"(%x+)"}\n$')
    local own
    if body then
      support.write(folder .. "/body", body)
      local sum = assert(io.popen("sha256sum <" .. support.quote(folder) .. "/body"))
      own = sum:read("l"):match("^%x+")
      sum:close()
    end
    if not body or own ~= digest then bad[#bad + 1] = path end
  end
  pipe:close()
  return bad
end

-- A line of SQL over the history.
function offices.sql(folder, statement)
  local pipe = assert(io.popen(("sqlite3 %s/records/history.db %s"):format(support.quote(folder),
    support.quote(statement))))
  local answer = pipe:read("a")
  pipe:close()
  return answer
end

-- Records that are there (two of one second may be the same), and runs of the history that are not whole.
function offices.records(folder)
  local pipe = assert(io.popen("find " .. support.quote(folder)
    .. "/records -name '0*.json' -exec sha256sum {} + | cut -c1-64 | sort -u | wc -l"))
  local count = pipe:read("n")
  pipe:close()
  return count
end
offices.HALVES = "SELECT count(*) FROM runs WHERE (SELECT count(*) FROM rates WHERE run = id) <> projects OR "
  .. "(SELECT count(*) FROM figures WHERE run = id) <> rows OR (SELECT count(*) FROM counts WHERE run = id) <> 2"

-- Unfinished files that were left anywhere.
function offices.left(folder)
  local pipe = assert(io.popen("find " .. support.quote(folder) .. " -name '.*.perfeval-*'"))
  local names = pipe:read("a")
  pipe:close()
  return names
end

return offices
