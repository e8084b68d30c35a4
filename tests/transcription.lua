-- Proves that data/2019 holds all of the printed report and nothing else.
--
--   lua5.4 tests/transcription.lua ORIGIN.txt
--
-- Run it from the project root. ORIGIN.txt is the text layer of the printed
-- report (UTF-8). What is set aside before comparing, and nothing more:
--   all parts   white space
--   part II     the heading, page numbers ("- 5 -"); the hollow bullet
--               U+25E6 is read as the circle U+25CB, both mark an item
--   part III    the heading; 37 table heads; 37 department headings, which
--               are compared on their own; in numbers the thousands comma
--               goes and U+25B3 before a digit is read as a minus

package.path = "tests/lua/?.lua;" .. package.path
local support = require("support")

local ORIGIN = arg[1]
local CSV = "data/2019/indicators.csv"
local ACHIEVEMENTS = "data/2019/achievements.json"
local PUBLISHED = "data/2019/published.json"

local HEADER = "id,bureau,department,project,indicator,unit,target,actual,published_rate"
local BUREAUS = {
  "감사담당관", "미래비전추진단", "행정국", "재정국", "복지국",
  "생활환경국", "도시국", "안전교통국", "보건소",
}
local PROJECTS = { 4, 14, 21, 18, 21, 16, 19, 22, 19 }

local passed, failed = 0, 0

local function check(ok, name, detail)
  if ok then
    passed = passed + 1
    print("ok    " .. name)
  else
    failed = failed + 1
    print("FAIL  " .. name .. (detail and (": " .. detail) or ""))
  end
end

local function slurp(path)
  local file = path and io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function squeeze(text)
  return (text:gsub("%s+", ""))
end

local function split_lines(text)
  local list = {}
  for line in (text .. "\n"):gmatch("(.-)\r?\n") do
    list[#list + 1] = line
  end
  return list
end

-- Text comparison ----------------------------------------------------------

local function count_characters(text)
  local bag, total = {}, 0
  for character in text:gmatch(utf8.charpattern) do
    bag[character] = (bag[character] or 0) + 1
    total = total + 1
  end
  return bag, total
end

-- nil when both hold the same characters equally often, else what differs
local function bag_difference(origin, ours)
  local a, b = count_characters(origin), count_characters(ours)
  local found = {}
  for character, count in pairs(a) do
    if (b[character] or 0) ~= count then
      found[#found + 1] = string.format("%s %d not %d", character, b[character] or 0, count)
    end
  end
  for character, count in pairs(b) do
    if not a[character] then
      found[#found + 1] = string.format("%s %d not 0", character, count)
    end
  end
  if #found == 0 then
    return nil
  end
  table.sort(found)
  return table.concat(found, ", ")
end

-- nil when the two are the same, else the first place where they part
local function order_difference(origin, ours)
  if origin == ours then
    return nil
  end
  local at, last = 1, 1
  while at <= #origin and at <= #ours and origin:byte(at) == ours:byte(at) do
    if origin:byte(at) < 0x80 or origin:byte(at) >= 0xC0 then
      last = at
    end
    at = at + 1
  end
  -- never cut inside a UTF-8 character
  while last > 1 and (origin:byte(last) or 0) >= 0x80 and (origin:byte(last) or 0) < 0xC0 do
    last = last - 1
  end
  local function excerpt(text)
    local piece, n = {}, 0
    for character in text:sub(last):gmatch(utf8.charpattern) do
      n = n + 1
      if n > 14 then
        break
      end
      piece[#piece + 1] = character
    end
    return table.concat(piece)
  end
  return string.format("origin '%s', ours '%s'", excerpt(origin), excerpt(ours))
end

-- Readers ------------------------------------------------------------------

local NULL = support.null

-- The JSON these files use: its numbers are integers.
local function plain(value)
  if type(value) ~= "table" or value == NULL then
    return value
  elseif value.number then
    return assert(math.tointeger(tonumber(value.number)), value.number)
  end
  local made = {}
  for key, inner in pairs(value) do
    made[key] = plain(inner)
  end
  return made
end

local function read_json(text)
  return plain(support.json(text))
end

-- The three parts of the origin --------------------------------------------

local origin = slurp(ORIGIN)
if not origin then
  print("transcription: skipped, origin text not at hand")
  os.exit(0)
end

local part = { {}, {}, {} }
do
  local now
  for _, line in ipairs(split_lines(origin)) do
    if line:find("^%s*Ⅰ%.") then
      now = 1
    elseif line:find("^%s*Ⅱ%.") then
      now = 2
    elseif line:find("^%s*Ⅲ%.") then
      now = 3
    end
    if now then
      part[now][#part[now] + 1] = line
    end
  end
end
check(#part[1] > 0 and #part[2] > 0 and #part[3] > 0, "origin has the parts I, II and III")
if failed > 0 then
  print(string.format("transcription: %d passed, %d failed", passed, failed))
  os.exit(1)
end

-- The CSV by itself --------------------------------------------------------

local csv_text = assert(slurp(CSV), CSV .. " cannot be read")
local rows = support.csv(csv_text)
local head = table.remove(rows, 1)

check(table.concat(head, ",") == HEADER and csv_text:sub(1, #HEADER + 1) == HEADER .. "\n",
  "CSV header, no byte order mark")
check(not csv_text:find("\r", 1, true) and csv_text:sub(-1) == "\n", "CSV line ends are LF")

local departments, by_department = {}, {}
local bureau_projects, bureau_order = {}, {}
local project_count = 0
do
  local bad, last_project
  local last_department, last_bureau
  for number, row in ipairs(rows) do
    local id, bureau, department, project = row[1], row[2], row[3], row[4]
    if #row ~= 9 or id ~= string.format("2019-%03d", number) then
      bad = bad or (tostring(id) .. " cells or id")
    end
    for column = 2, 6 do
      local cell = row[column] or ""
      if cell == "" or cell:find("^%s") or cell:find("%s$") or cell:find("%s%s") or cell:find("[\t\n]") then
        bad = bad or (id .. " blanks in " .. head[column])
      end
    end
    for column = 7, 9 do
      local cell = row[column] or ""
      if not (cell:find("^%-?%d+$") or cell:find("^%-?%d+%.%d+$")) then
        bad = bad or (id .. " number in " .. head[column])
      end
    end
    if bureau ~= last_bureau then
      if bureau_projects[bureau] then
        bad = bad or (id .. " bureau in two places")
      end
      bureau_order[#bureau_order + 1] = bureau
      bureau_projects[bureau] = 0
      last_bureau = bureau
    end
    if department ~= last_department then
      if by_department[department] then
        bad = bad or (id .. " department in two places")
      end
      departments[#departments + 1] = department
      by_department[department] = { rows = {}, projects = {} }
      last_department, last_project = department, nil
    end
    local entry = by_department[department]
    if project ~= last_project then
      if entry.projects[project] then
        bad = bad or (id .. " project in two places")
      end
      entry.projects[project] = true
      bureau_projects[bureau] = bureau_projects[bureau] + 1
      project_count = project_count + 1
      last_project = project
    end
    entry.rows[#entry.rows + 1] = row
  end
  check(not bad, "CSV rows: ids in order, names trimmed, numbers plain, groups contiguous", bad)
end

check(#departments == 37, "37 departments", tostring(#departments))
check(project_count == 154, "154 projects", tostring(project_count))
check(#rows == 244, "244 indicators", tostring(#rows))
check(table.concat(bureau_order, " ") == table.concat(BUREAUS, " "), "9 bureaus in the order of part I")
for number, bureau in ipairs(BUREAUS) do
  check(bureau_projects[bureau] == PROJECTS[number],
    string.format("%s has %d projects", bureau, PROJECTS[number]), tostring(bureau_projects[bureau]))
end

-- Part III against the CSV -------------------------------------------------

local pages = {}      -- each: headings, tables, headless
local head_count, heading_count = 0, 0
do
  local lines = part[3]
  local page = { headings = {}, tables = {}, headless = false }
  pages[1] = page
  local at = 2        -- line 1 is the heading of the part
  while at <= #lines do
    local line = lines[at]
    local opens_page = line:find("^ 주요사업명") or line:find("^ ▢")
    if opens_page then
      page = { headings = {}, tables = {}, headless = line:find("^ 주요사업명") ~= nil }
      pages[#pages + 1] = page
    end
    local heading = line:match("^%s*▢%s*(.-)%s*$")
    if heading then
      heading_count = heading_count + 1
      page.headings[#page.headings + 1] = heading
    elseif line:find("^%s*주요사업명") then
      -- the head is broken over several lines up to "(%)"
      local words = squeeze(line)
      while at < #lines and not words:find("(%)", 1, true) do
        at = at + 1
        words = words .. squeeze(lines[at])
      end
      if words == "주요사업명성과지표단위목표실적달성률(%)" then
        head_count = head_count + 1
      end
      page.tables[#page.tables + 1] = {}
    elseif squeeze(line) ~= "" then
      local cells = page.tables[#page.tables]
      if cells then
        local text
        text = line:gsub("(%d),(%d)", "%1%2"):gsub("△(%d)", "-%1")
        cells[#cells + 1] = text
      else
        check(false, "text outside every table", line)
      end
    end
    at = at + 1
  end
end
check(head_count == 37, "origin has 37 table heads", tostring(head_count))
check(heading_count == 37, "origin has 37 department headings", tostring(heading_count))

local all_origin = {}

-- A page that opens with a table prints its first heading last.
for _, page in ipairs(pages) do
  check(#page.headings == #page.tables,
    "as many headings as tables: " .. table.concat(page.headings, ", ")
    .. (page.headless and " (last heading first)" or ""))
  if page.headless then
    table.insert(page.headings, 1, table.remove(page.headings))
  end
  for number, cells in ipairs(page.tables) do
    local department = page.headings[number] or "?"
    local entry = by_department[department]
    local theirs = squeeze(table.concat(cells))
    local printed, kept, ours = {}, {}, {}
    for _, line in ipairs(cells) do
      local unit, target, actual, rate =
        line:match("(%S+)%s+(%-?[%d.]+)%s+(%-?[%d.]+)%s+(%-?[%d.]+)%s*$")
      if unit then
        printed[#printed + 1] = table.concat({ unit, target, actual, rate }, " ")
      end
    end
    local last
    for _, row in ipairs(entry and entry.rows or {}) do
      if row[4] ~= last then
        ours[#ours + 1] = squeeze(row[4])
        last = row[4]
      end
      ours[#ours + 1] = squeeze(table.concat(row, "", 5, 9))
      kept[#kept + 1] = table.concat(row, " ", 6, 9)
    end
    ours = table.concat(ours)
    all_origin[#all_origin + 1] = theirs
    local _, total = count_characters(ours)
    local difference = order_difference(theirs, ours)
    check(entry and not difference,
      string.format("%s: %d characters, same and in the same order", department, total), difference)
    check(#kept > 0 and table.concat(printed, "\n") == table.concat(kept, "\n"),
      string.format("%s: %d rows, unit and three numbers each as printed", department, #kept),
      order_difference(table.concat(printed, "; "), table.concat(kept, "; ")))
  end
end

do
  local printed = {}
  for _, page in ipairs(pages) do
    for _, heading in ipairs(page.headings) do
      printed[#printed + 1] = heading
    end
  end
  local ours = { table.unpack(departments) }
  table.sort(printed)
  table.sort(ours)
  check(table.concat(printed, " ") == table.concat(ours, " "), "department names as printed, each once",
    order_difference(table.concat(printed, " "), table.concat(ours, " ")))
  -- the whole CSV once more, whatever table a row was found in
  local theirs = table.concat(all_origin) .. table.concat(printed)
  local parts, seen = {}, {}
  for _, row in ipairs(rows) do
    for column = 3, 4 do
      local key = row[3] .. (column == 4 and "\n" .. row[4] or "")
      if not seen[key] then
        seen[key] = true
        parts[#parts + 1] = squeeze(row[column])
      end
    end
    parts[#parts + 1] = squeeze(table.concat(row, "", 5, 9))
  end
  local mine = table.concat(parts)
  local _, total = count_characters(mine)
  local difference = bag_difference(theirs, mine)
  check(not difference, string.format("part III as a whole: %d characters, none lost, none added", total), difference)
end

-- Part II against the achievements -----------------------------------------

do
  local report = read_json(assert(slurp(ACHIEVEMENTS), ACHIEVEMENTS .. " cannot be read"))
  local names = {}
  for _, bureau in ipairs(report.bureaus) do
    names[#names + 1] = bureau.name
  end

  local marks = { field = 0, item = 0, detail = 0, sub = 0 }
  local furniture, next_name = 0, 1
  local title = ""
  local sections = {}
  local lines = part[2]
  for number, line in ipairs(lines) do
    local bare = squeeze(line)
    if line:find("^%s*%- %d+ %-%s*$") then
      furniture = furniture + 1
    elseif number == 1 then
      title = bare:gsub("^Ⅱ%.", "")
    elseif names[next_name] and bare == squeeze(names[next_name]) then
      sections[next_name] = { bare }
      next_name = next_name + 1
    elseif bare ~= "" then
      if bare:find("^◇") then
        marks.field = marks.field + 1
      elseif bare:find("^○") or bare:find("^◦") then
        marks.item = marks.item + 1
      elseif bare:find("^%-") then
        marks.detail = marks.detail + 1
      elseif bare:find("^·") then
        marks.sub = marks.sub + 1
      end
      local section = sections[next_name - 1]
      if section then
        section[#section + 1] = (bare:gsub("◦", "○"))
      else
        check(false, "text before the first bureau of part II", line)
      end
    end
  end

  check(title == squeeze(report.title), "part II title as printed", title)
  check(furniture == 1, "one page number set aside in part II", tostring(furniture))
  check(#names == 8 and #sections == #names, "part II has 8 bureau headings, all found in order")

  local kept = { field = 0, item = 0, detail = 0, sub = 0 }
  local untidy
  local function mark_text(kind, mark, text)
    kept[kind] = kept[kind] + 1
    if text == "" or text:find("^%s") or text:find("%s$") or text:find("%s%s") or text:find("[\t\n]") then
      untidy = untidy or text
    end
    return mark .. squeeze(text)
  end

  local theirs_all, ours_all = {}, {}
  for number, bureau in ipairs(report.bureaus) do
    local out = { squeeze(bureau.name) }
    for _, field in ipairs(bureau.fields) do
      out[#out + 1] = mark_text("field", "◇", field.name)
      for _, item in ipairs(field.items) do
        out[#out + 1] = mark_text("item", "○", item.text)
        for _, detail in ipairs(item.details or {}) do
          out[#out + 1] = mark_text("detail", "-", detail.text)
          for _, sub in ipairs(detail.details or {}) do
            out[#out + 1] = mark_text("sub", "·", sub.text)
          end
        end
      end
    end
    local theirs = table.concat(sections[number] or {})
    local ours = table.concat(out)
    theirs_all[#theirs_all + 1] = theirs
    ours_all[#ours_all + 1] = ours
    local _, total = count_characters(ours)
    local difference = order_difference(theirs, ours)
    check(not difference,
      string.format("part II %s: %d characters, marks included, in the same order", bureau.name, total), difference)
  end
  check(not untidy, "part II texts trimmed, single blanks", untidy)
  for _, kind in ipairs({ "field", "item", "detail", "sub" }) do
    check(marks[kind] == kept[kind], string.format("part II: %d marks of level %s", kept[kind], kind),
      "origin " .. marks[kind])
  end
  local theirs, ours = table.concat(theirs_all), table.concat(ours_all)
  local _, total = count_characters(ours)
  local difference = bag_difference(theirs, ours)
  check(not difference, string.format("part II as a whole: %d characters, none lost, none added", total), difference)
end

-- Part I against the published counts --------------------------------------

do
  local published = read_json(assert(slurp(PUBLISHED), PUBLISHED .. " cannot be read"))
  local printed, note = {}, nil
  for _, line in ipairs(part[1]) do
    local name, projects, normal, sluggish = line:match("^%s*(.-)%s+([%d-]+)%s+([%d-]+)%s+([%d-]+)%s*$")
    if name then
      printed[squeeze(name)] = table.concat({ projects, normal, sluggish }, " ")
    end
    note = note or line:match("^%s*※%s*(.-)%s*$")
  end

  local function as_printed(entry)
    local function cell(value)
      return (value == NULL or value == 0) and "-" or tostring(value)
    end
    return table.concat({ cell(entry.projects), cell(entry.normal), cell(entry.sluggish) }, " ")
  end

  check(origin:find(published.title, 1, true) ~= nil, "part I title as printed")
  check(published.note == note, "part I note as printed", note)
  check(#published.bureaus == #BUREAUS, "part I has 9 bureaus")
  local sum = { projects = 0, normal = 0, sluggish = 0 }
  for number, entry in ipairs(published.bureaus) do
    check(entry.name == BUREAUS[number] and printed[entry.name] == as_printed(entry)
      and entry.projects == bureau_projects[entry.name],
      "part I " .. entry.name .. ": counts as printed, projects as in the CSV", printed[entry.name])
    for key, value in pairs(sum) do
      sum[key] = value + entry[key]
    end
  end
  check(printed["사업수"] == as_printed(published.totals), "part I totals as printed")
  check(sum.projects == published.totals.projects and sum.normal == published.totals.normal
    and sum.sluggish == published.totals.sluggish, "part I bureaus add up to the totals")
  check(printed["비율(%)"] == as_printed(published.percent), "part I percentages as printed")
end

print(string.format("transcription: %d passed, %d failed", passed, failed))
os.exit(failed == 0 and 0 or 1)
