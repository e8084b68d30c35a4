-- 작년과 견줌: 사업마다 작년과 올해의 달성률, 방향(▲ 높아짐, ▽ 낮아짐). 규칙에 last_year 가 있어야 한다.
local words = require("words")

-- scripts/pictures.lua: 그림을 그리는 형식에서만 읽는다.
local PICTURES = "pictures"

local SIGNS = { up = "▲", down = "▽", same = "=" }
local TRENDS = { "up", "same", "down", "none" }

local function trend_of(project)
  return project.trend or "none"
end

-- 판정의 key 를 이름으로. 작년의 규칙에만 있던 판정은 key 그대로.
local function names_of_bands(results)
  local names = {}
  for _, band in ipairs(results.bands) do names[band.key] = band.name end
  return names
end

-- 작년의 판정은 --last-year-from 으로 붙인 열에 있다.
local function has_verdicts(results)
  for _, name in ipairs(results.dataset.columns) do
    if name == "previous_verdict" then return true end
  end
  return false
end

local function count_of(projects)
  local count = { up = 0, same = 0, down = 0, none = 0 }
  for _, project in ipairs(projects) do
    local trend = trend_of(project)
    count[trend] = count[trend] + 1
  end
  return count
end

local function count_row(name, projects)
  local row, count = { name, #projects }, count_of(projects)
  for _, trend in ipairs(TRENDS) do row[#row + 1] = { number = count[trend], zero = "-" } end
  return row
end

local function count_table(results)
  local rows = { count_row({ text = "계", spaced = true }, results.projects) }
  for _, bureau in ipairs(results.bureaus) do rows[#rows + 1] = count_row(bureau.name, bureau.projects) end
  return { columns = {
    { title = "국별" }, { title = "사업 수", align = "right" }, { title = "▲ 높아짐", align = "right" },
    { title = "= 같음", align = "right" }, { title = "▽ 낮아짐", align = "right" },
    { title = "작년이나 올해 없음", align = "right" },
  }, rows = rows }
end

local function project_row(results, project, names, verdicts)
  local sluggish = project.verdict == results.sluggish.key
  local row = {
    project.department,
    { text = project.name, mark = sluggish and project.verdict_name or nil, of = project.ref },
    words.number(project.last_year_printed, "-"),
    words.number(project.rate_printed, "-"),
    SIGNS[project.trend] or "-",
  }
  if verdicts then
    local first = project.indicators[1]
    local key = first and first.previous_verdict
    row[#row + 1] = key and key ~= "" and (names[key] or key) or "-"
  end
  row[#row + 1] = project.verdict_name or "-"
  return row
end

local function project_table(results, projects, names, verdicts)
  local columns = {
    { title = "부서" }, { title = "사업" },
    { title = "작년", align = "right", group = "달성률(%)" }, { title = "올해", align = "right", group = "달성률(%)" },
    { title = "방향", align = "center" },
  }
  if verdicts then columns[#columns + 1] = { title = "작년 판정" } end
  columns[#columns + 1] = { title = "판정" }
  local rows = {}
  for i, project in ipairs(projects) do rows[i] = project_row(results, project, names, verdicts) end
  return { columns = columns, rows = rows }
end

local function build(results, wants)
  local blocks = {}
  local function add(block)
    blocks[#blocks + 1] = block
  end
  local names, verdicts = names_of_bands(results), has_verdicts(results)
  add({ heading = "국별 방향", level = 1 })
  add({ table = count_table(results) })
  add({ note = "▲ 작년보다 높음, ▽ 낮음, = 같음 : 인쇄한 수가 아니라 정확한 달성률로 견줌" })
  for _, line in ipairs(words.criteria(results)) do add({ note = line }) end
  for _, line in ipairs(words.overrides(results)) do add({ note = line }) end
  local slope = wants.slope and require(PICTURES).years(results)
  if slope then add({ chart = slope }) end
  add({ heading = "사업별 방향", level = 1 })
  for _, bureau in ipairs(results.bureaus) do
    add({ heading = bureau.name, level = 2 })
    add({ table = project_table(results, bureau.projects, names, verdicts) })
  end
  return { title = results.title .. " : 작년과 견줌", blocks = blocks }
end

return { purpose = "작년과 견줌: 사업마다 작년과 올해의 달성률과 방향(▲▽)", build = build }
