-- 작년과 올해: 국, 부서, 사업의 달성률을 나란히 적고 두 해를 잇는 그림을 그린다. 규칙에 last_year가 있어야 한다.
local words = require("words")

local PICTURES = "pictures" -- 그림을 그리는 형식에서만 읽는다
local TRENDS = { up = "높아짐 ▲", down = "낮아짐 ▼", same = "같음" }

local function rate_cell(printed)
  if not printed then return "-" end
  return { number = printed }
end

local function row_of(unit, names)
  local row = {}
  for i, name in ipairs(names) do row[i] = unit[name] end
  row[#row + 1] = rate_cell(unit.last_year_printed)
  row[#row + 1] = rate_cell(unit.rate_printed)
  row[#row + 1] = TRENDS[unit.trend] or "-"
  return row
end

-- 한 단계: 표, 그 아래에 그림.
local function add_level(add, level, wants)
  local columns, rows = {}, {}
  for i, title in ipairs(level.titles) do columns[i] = { title = title } end
  columns[#columns + 1] = { title = "작년", group = "달성률(%)", align = "right" }
  columns[#columns + 1] = { title = "올해", group = "달성률(%)", align = "right" }
  columns[#columns + 1] = { title = "작년보다", align = "center" }
  for i, unit in ipairs(level.units) do rows[i] = row_of(unit, level.names) end
  add({ heading = level.title, level = 2 })
  add({ table = { columns = columns, rows = rows } })
  local chart = wants.slope and require(PICTURES).slope(level.units, level.title .. " 작년과 올해의 달성률")
  if chart then add({ chart = chart }) end
end

-- 작년과 올해의 달성률이 모두 있는 것이 하나라도 있는가.
local function has_both(units)
  for _, unit in ipairs(units) do
    if unit.trend then return true end
  end
  return false
end

-- 높아진 것과 낮아진 것의 수.
local function summary(projects)
  local counts = { up = 0, down = 0, same = 0, none = 0 }
  for _, project in ipairs(projects) do
    local trend = project.trend or "none"
    counts[trend] = counts[trend] + 1
  end
  return string.format("사업 %d개 : 높아짐 %d개, 낮아짐 %d개, 같음 %d개, 견줄 수 없음 %d개", #projects, counts.up,
    counts.down, counts.same, counts.none)
end

local function build(results, wants)
  local document = { title = results.title, blocks = {} }
  local function add(block)
    document.blocks[#document.blocks + 1] = block
  end
  add({ heading = "작년과 올해" })
  add({ paragraph = summary(results.projects) })
  for _, line in ipairs(words.criteria(results)) do add({ note = line }) end
  for _, level in ipairs({
    { title = "국별", units = results.bureaus, titles = { "국" }, names = { "name" } },
    { title = "부서별", units = results.departments, titles = { "국", "부서" }, names = { "bureau", "name" } },
    { title = "사업별", units = results.projects, titles = { "부서", "사업" }, names = { "department", "name" } },
  }) do
    if has_both(level.units) then add_level(add, level, wants or {}) end
  end
  if not has_both(results.projects) then add({ note = "작년의 달성률이 없어 견줄 수 없습니다." }) end
  return document
end

return { purpose = "작년과 올해: 국, 부서, 사업의 달성률과 두 해를 잇는 그림", build = build }
