-- 보고서들이 함께 쓰는 그림: 무엇을 그리는가만 적는다. 자리는 charts.lua가, 그리기는 형식이 정한다.
local numbers = require("numbers")

local pictures = {}

-- 부진판정의 기준선: 위 한계, 없으면 그리지 않는다.
local function threshold(results)
  local band = results.sluggish
  local value = band.at_most or band.below
  if not value then return nil end
  local label = band.name .. " " .. value .. "% " .. (band.at_most and "이하" or "미만")
  return { value = value, label = label, param = band.param }
end

local TARGET = { value = "100", label = "목표 100%" }

local function short_mark(project, results)
  if not project.verdict then return "판정 없음" end
  if project.verdict == results.sluggish.key then return project.verdict_name end
  return nil
end

-- 국별 판정: 쌓은 막대.
function pictures.bureaus(results, bands)
  local series, rows = {}, {}
  for i, band in ipairs(bands) do
    series[i] = { name = band.name, key = band.key, alert = band.key == results.sluggish.key }
  end
  series[#series + 1] = results.count.none > 0 and { name = "판정 없음", key = "none", alert = true } or nil
  for b, bureau in ipairs(results.bureaus) do
    local values = {}
    for i, one in ipairs(series) do
      values[i] = { value = bureau.count[one.key], text = numbers.look(bureau.count[one.key]) }
    end
    rows[b] = { label = bureau.name, of = bureau.ref, values = values }
  end
  return { kind = "stacked", title = "국별 사업 수", text = "막대의 길이는 사업 수, 빗금은 " .. results.sluggish.name .. "입니다.",
    series = series, rows = rows }
end

local function value_of(indicator)
  return { value = indicator.rate, text = numbers.look(indicator.rate_printed), label = indicator.name }
end

-- 지표의 달성률: 10%p마다의 수.
function pictures.rates(results)
  local values = {}
  for _, indicator in ipairs(results.indicators) do
    if indicator.rate then values[#values + 1] = { value = indicator.rate } end
  end
  return { kind = "histogram", title = "지표의 달성률 분포", unit = "%",
    text = "달성률 10%p 구간(이상, 미만)마다 지표의 수. ◀ ▶는 눈금 밖의 달성률도 든 구간입니다.",
    rows = { { label = "지표", values = values } }, threshold = threshold(results), target = TARGET }
end

-- 부서마다 사업의 달성률: 점의 띠.
function pictures.departments(results)
  local rows = {}
  for d, department in ipairs(results.departments) do
    local values = {}
    for _, project in ipairs(department.projects) do
      if project.rate then
        values[#values + 1] = { value = project.rate, text = numbers.look(project.rate_printed), label = project.name,
          of = project.ref, mark = short_mark(project, results) }
      end
    end
    rows[d] = { label = department.name, of = department.ref, values = values }
  end
  return { kind = "dots", title = "부서별 사업의 달성률", unit = "%",
    text = "점 하나가 사업 하나. 점선은 판정 기준, 실선은 목표 100%, ◀ ▶는 눈금 밖의 달성률입니다.",
    rows = rows, threshold = threshold(results), target = TARGET }
end

-- 부서의 지표: 목표에 견준 실적(달성률).
function pictures.indicators(results, department)
  local rows = {}
  for _, project in ipairs(department.projects) do
    for _, indicator in ipairs(project.indicators) do
      if indicator.rate then
        local value = value_of(indicator)
        value.of, value.mark = project.ref, short_mark(project, results)
        rows[#rows + 1] = { label = indicator.name, of = project.ref, values = { value } }
      end
    end
  end
  if #rows == 0 then return nil end
  return { kind = "bullet", title = department.name .. " : 목표에 견준 실적", unit = "%", rows = rows,
    threshold = threshold(results), target = TARGET }
end

local function pair(unit)
  return { label = unit.name, of = unit.ref, values = {
    { value = unit.last_year, text = numbers.look(unit.last_year_printed) },
    { value = unit.rate, text = numbers.look(unit.rate_printed) },
  } }
end

local MOST = 40 -- 한 그림에 그리는 선

-- 두 해를 잇는 선: 작년과 올해의 달성률이 모두 있는 것마다 하나. 없거나 너무 많으면 nil.
function pictures.slope(units, title)
  local rows = {}
  for _, unit in ipairs(units) do
    if unit.rate and unit.last_year then rows[#rows + 1] = pair(unit) end
  end
  if #rows == 0 or #rows > MOST then return nil end
  return { kind = "slope", title = title, unit = "%",
    text = "점선은 작년보다 낮아진 것입니다. ▲ ▼는 눈금 밖의 달성률입니다.",
    series = { { name = "작년" }, { name = "올해" } }, rows = rows }
end

-- 작년과 올해: 국이나 부서에 달성률이 있으면 그것을, 없으면 사업을 잇는다. 작년이 없거나 너무 많으면 nil.
function pictures.years(results)
  for _, units in ipairs({ results.bureaus, results.departments, results.projects }) do
    local chart = pictures.slope(units, "작년과 올해의 달성률")
    if chart then return chart end
  end
  return nil
end

return pictures
