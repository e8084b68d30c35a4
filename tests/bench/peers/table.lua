-- lua5.4 table.lua FILE: the benchmark's table, as a plain script would do it: one pattern a line, a table of projects.
local FIELDS = "^(([^,]*),[^,]*,[^,]*),[^,]*,[^,]*,([^,]*),([^,]*),([^,]*)$"

-- A quoted name is kept as it stands in the file; its commas are hidden from the pattern.
local function hide_commas(line)
  return (line:gsub('%b""', function(quoted) return (quoted:gsub(",", "\1")) end))
end

local bureau_of, sums, counts = {}, {}, {}
local file = assert(io.open(arg[1]))
file:setvbuf("full", 1 << 18)
file:read("l")
for line in file:lines() do
  if line:find('"', 1, true) then line = hide_commas(line) end
  local project, bureau, direction, target, actual = line:match(FIELDS)
  if not bureau_of[project] then bureau_of[project], sums[project], counts[project] = bureau, 0.0, 0 end
  target, actual = tonumber(target), tonumber(actual)
  if target and actual and target ~= 0 then
    local share = actual / target
    if direction == "down" then share = 2 - share end
    sums[project] = sums[project] + share * 100
    counts[project] = counts[project] + 1
  end
end

local bureaus, names = {}, {}
for project, name in pairs(bureau_of) do
  local bureau = bureaus[name]
  if not bureau then
    bureau = { projects = 0, normal = 0, sluggish = 0 }
    bureaus[name] = bureau
    names[#names + 1] = name
  end
  bureau.projects = bureau.projects + 1
  if counts[project] > 0 then
    local verdict = sums[project] / counts[project] <= 80 and "sluggish" or "normal"
    bureau[verdict] = bureau[verdict] + 1
  end
end
table.sort(names)

print("bureau,projects,normal,sluggish,percent_normal")
for _, name in ipairs(names) do
  local bureau = bureaus[name]
  local hundredths = (20000 * bureau.normal + bureau.projects) // (2 * bureau.projects) -- half up
  print(string.format("%s,%d,%d,%d,%d.%02d", name, bureau.projects, bureau.normal, bureau.sluggish,
    hundredths // 100, hundredths % 100))
end
