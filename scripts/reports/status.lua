-- 사업 평가 현황: Ⅰ 국별 사업추진 현황, Ⅱ 추진 성과, Ⅲ 부서별 추진 현황.
local words = require("words")

-- scripts/pictures.lua: 그림을 그리는 형식에서만 읽는다. 이름을 따로 두어 엔진이 미리 읽지 않게 한다.
local PICTURES = "pictures"
local pictures

local PARTS = { "Ⅰ", "Ⅱ", "Ⅲ" }

-- 블록을 차례로 모으고, 부의 번호를 매긴다.
local function new_document(title)
  local blocks, parts = {}, 0
  local function add(block)
    blocks[#blocks + 1] = block
  end
  local function add_part(name)
    parts = parts + 1
    if parts > 1 then add({ page_break = true }) end
    add({ heading = PARTS[parts] .. ". " .. name, level = 1 })
  end
  return { title = title, blocks = blocks }, add, add_part
end

-- 원본의 차례: 규칙의 판정을 거꾸로(정상추진, 부진).
local function bands_for_print(results)
  local bands = {}
  for i = #results.bands, 1, -1 do bands[#bands + 1] = results.bands[i] end
  return bands
end

-- 비고: 판정하지 못한 사업도 빠뜨리지 않는다.
local function remark(count)
  if count.none > 0 then return "판정 없음 " .. count.none end
  return ""
end

local function count_columns(bands)
  local columns = {
    { title = "국별", align = "center" },
    { title = "현황별", align = "center" },
    { title = "계", align = "right" },
  }
  for _, band in ipairs(bands) do
    columns[#columns + 1] = { title = band.name, align = "right", group = "추진현황" }
  end
  columns[#columns + 1] = { title = "비고" }
  return columns
end

local function count_rows(results, bands)
  local counts = { { text = "계", rows = 2 }, "사업 수", { number = results.count.total, zero = "-" } }
  local percents = { "비율(%)", "-" }
  for _, band in ipairs(bands) do
    counts[#counts + 1] = words.count(results, band)
    local percent = words.number(results.percent[band.key], "-")
    if results.percent[band.key] then
      percent.of, percent.verdict, percent.percent = results.ref, band.key, true
    end
    percents[#percents + 1] = percent
  end
  counts[#counts + 1] = remark(results.count)
  percents[#percents + 1] = ""
  return { counts, percents }
end

local function bureau_row(bureau, bands)
  local row = {
    { text = bureau.name, columns = 2, spaced = true },
    { number = bureau.count.total, zero = "-" },
  }
  for _, band in ipairs(bands) do
    row[#row + 1] = words.count(bureau, band)
  end
  row[#row + 1] = remark(bureau.count)
  return row
end

-- 예외의 까닭과, 그것이 적용된 지표.
local function special_line(results, special)
  if special.indicator_verdict then
    return "예외 적용 : " .. special.because .. ", 판정 " .. special.indicator_verdict_name
      .. " (지표 " .. special.rows .. "개)"
  end
  for _, indicator in ipairs(results.special_indicators) do
    if indicator.case == special.path then
      local others = special.rows > 1 and " 외 " .. special.rows - 1 .. "개" or ""
      return "예외 적용 : " .. special.because .. " (" .. indicator.project .. " / " .. indicator.name .. others .. ")"
    end
  end
  return "예외 적용 : 지표 " .. special.rows .. "개, " .. special.because
end

-- 표 아래의 ※: 판정 기준, 고른 기간과 목표, 이 실행에서 바꾼 값, 예외, 달성률이 없는 지표.
local function add_notes(add, results)
  for _, line in ipairs(words.criteria(results)) do add({ note = line }) end
  for _, line in ipairs(words.choices(results)) do add({ note = line }) end
  for _, line in ipairs(words.overrides(results)) do add({ note = line }) end
  for _, special in ipairs(results.specials) do
    if special.projects > 0 then
      add({ note = words.adjustment(results, special) })
    elseif special.rows > 0 and not special.points and not special.verdict then
      add({ note = special_line(results, special) })
    end
  end
  for _, missing in ipairs(results.missing) do
    add({ note = "달성률 없음 : 지표 " .. missing.rows .. "개, " .. words.missing(missing.reason) })
  end
end

local function add_counts(add, results, wants)
  local bands = bands_for_print(results)
  local rows = count_rows(results, bands)
  for _, bureau in ipairs(results.bureaus) do rows[#rows + 1] = bureau_row(bureau, bands) end
  add({ table = { columns = count_columns(bands), rows = rows } })
  add_notes(add, results)
  if wants.stacked then add({ chart = pictures.bureaus(results, bands) }) end
  if wants.histogram then add({ chart = pictures.rates(results) }) end
  if wants.dots then add({ chart = pictures.departments(results) }) end
  local years = wants.slope and pictures.years(results)
  if years then add({ chart = years }) end
end

-- ○ 아래의 -, 그 아래의 ·
local function add_details(add, details, level)
  for _, detail in ipairs(details or {}) do
    add({ bullet = detail.text, level = level })
    add_details(add, detail.details, level + 1)
  end
end

local function add_narrative(add, narrative)
  for _, bureau in ipairs(narrative.bureaus or {}) do
    add({ heading = bureau.name, level = 2 })
    for _, field in ipairs(bureau.fields or {}) do
      add({ bullet = field.name, level = 1 })
      add_details(add, field.items, 2)
    end
  end
end

-- 부진 사업과 판정하지 못한 사업에 다는 표시.
local function marks(results)
  local sluggish = results.sluggish
  return { [sluggish.key] = sluggish.name, none = "판정 없음" }
end

-- 목표를 바꾼 지표의 ※.
local function add_revisions(add, projects)
  for _, project in ipairs(projects) do
    for _, indicator in ipairs(project.indicators) do
      local line = words.revision(indicator)
      if line then add({ note = line }) end
    end
  end
end

-- shared: 모든 부서에 같은 것(표의 열과 표시, 변경한 목표가 있는가).
local function add_department(add, results, department, shared, wants)
  local projects = department.projects
  add({ heading = department.name, level = 3, group = department.bureau })
  add({ table = {
    columns = shared.columns, projects = projects, marks = shared.marks, missing = words.MISSING,
    refs = wants.whatif or wants.explain, formulas = wants.formulas,
  } })
  if shared.revised then add_revisions(add, projects) end
  local picture = wants.bullet and pictures.indicators(results, department)
  if picture then add({ chart = picture }) end
end

local function draws(wants)
  return wants.stacked or wants.histogram or wants.dots or wants.slope or wants.bullet
end

local function build(results, wants)
  wants = wants or {}
  if draws(wants) then pictures = require(PICTURES) end
  local document, add, add_part = new_document(results.title)
  local year = string.match(results.title, "^%d+년")
  add_part("국별 사업추진 현황")
  add_counts(add, results, wants)
  local narrative = results.narrative
  if narrative then
    add_part(narrative.title or "국별 주요사업 추진 성과")
    add_narrative(add, narrative)
  end
  add_part((year and year .. " " or "") .. "부서별 추진 현황")
  local shared = { marks = marks(results), revised = #results.revised_indicators > 0 }
  shared.columns = words.indicator_columns({ title = "주요사업명", show = "project" })
  for _, department in ipairs(results.departments) do add_department(add, results, department, shared, wants) end
  return document
end

return { purpose = "사업 평가 현황 전체: 국별 표, 추진 성과, 부서별 표", build = build }
