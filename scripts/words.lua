-- 보고서들이 함께 쓰는 말: 달성률이 없는 까닭, 판정 기준, 판정별 사업 수의 차례.
local numbers = require("numbers")

local words = {}

local MISSING = {
  blank = "자료 없음",
  new = "신규",
  withheld = "비공개",
  not_applicable = "해당없음",
  zero_target = "목표 0",
  division_by_zero = "0으로 나눔",
  function_failed = "계산 실패",
  declared = "산정 안 함",
  no_case = "규칙 없음",
  excluded = "평가 제외",
  no_values = "값 없음",
  missing_below = "아래 값 없음",
  no_weight = "가중치 없음",
  no_period = "그 기간의 행 없음",
}

words.MISSING = MISSING

-- 달성률이 없는 까닭을 우리말로.
function words.missing(reason)
  return MISSING[reason] or reason
end

-- 위에서부터 처음 맞는 판정이므로, 한쪽 한계가 없으면 앞 판정의 반대쪽 한계가 그 자리를 정한다.
local function low_bound(band, before)
  if band.at_least then return band.at_least .. "% 이상 " end
  if band.above then return band.above .. "% 초과 " end
  if not before or before.at_least or before.above then return "" end
  if before.at_most then return before.at_most .. "% 초과 " end
  if before.below then return before.below .. "% 이상 " end
  return ""
end

local function high_bound(band, before)
  if band.at_most then return band.at_most .. "% 이하" end
  if band.below then return band.below .. "% 미만" end
  if not before or before.at_most or before.below then return "" end
  if before.at_least then return before.at_least .. "% 미만" end
  if before.above then return before.above .. "% 이하" end
  return ""
end

local function range(band, before)
  return string.match(low_bound(band, before) .. high_bound(band, before), "^(.-) ?$")
end

-- 순위로 정하는 판정: 상위 20%, 다음 30%, …, 하위 10%.
local function share_criteria(results)
  local lines = {}
  for i, band in ipairs(results.bands) do
    local part = i == 1 and "상위 " or i < #results.bands and "다음 " or "하위 "
    lines[i] = band.name .. "판정 기준 : 목표 대비 달성률 " .. part .. band.share .. "%"
  end
  local side = results.ties == "better" and "높은" or "낮은"
  lines[#lines + 1] = "경계에 걸린 같은 달성률 : 모두 " .. side .. " 쪽 판정"
  return lines
end

-- 판정 기준을 우리말로: "부진판정 기준 : 목표 대비 달성률 80% 이하". 범위가 없는 판정은 뺀다.
function words.criteria(results)
  if results.ties then return share_criteria(results) end
  local lines, before = {}, nil
  for _, band in ipairs(results.bands) do
    local any, improved = band.any_indicator, band.if_improved
    local bounded = band.at_least or band.above or band.at_most or band.below
    if bounded or band.improved then
      local line = band.name .. "판정 기준 : "
      if bounded then line = line .. "목표 대비 달성률 " .. range(band, before) end
      if any then line = line .. ", 또는 달성률 " .. range(any) .. "인 지표가 있음" end
      if improved then line = line .. ", 또는 달성률 " .. range(improved) .. " 중 작년보다 높음" end
      if band.improved then line = line .. (bounded and ", 작년보다 높은 경우만" or "작년보다 높은 달성률") end
      lines[#lines + 1] = line
    end
    if not band.improved then before = band end
  end
  return lines
end

-- 예외가 사업을 어떻게 바꾸었나: "가점 3", "감점 5", "판정 정상추진".
function words.change(adjustment)
  if adjustment.verdict then return "판정 " .. adjustment.verdict_name end
  local points = string.match(adjustment.points, "^%-(.*)")
  if points then return "감점 " .. points end
  return "가점 " .. adjustment.points
end

-- 점수나 판정을 바꾼 예외 하나: "예외 적용 : 수상 실적, 가점 3 (나 사업 외 1개)".
function words.adjustment(results, special)
  for _, project in ipairs(results.projects) do
    for _, adjustment in ipairs(project.adjustments) do
      if adjustment.path == special.path then
        local others = special.projects > 1 and " 외 " .. special.projects - 1 .. "개" or ""
        local place = " (" .. project.name .. others .. ")"
        return "예외 적용 : " .. special.because .. ", " .. words.change(adjustment) .. place
      end
    end
  end
end

-- 숫자와 단위: 80 % 또는 80.
function words.amount(value, unit)
  if unit then return value .. " " .. unit end
  return value
end

-- 이 실행에서 --set 으로 바꾼 값.
function words.overrides(results)
  local lines = {}
  for _, param in ipairs(results.params) do
    if param.overridden then
      lines[#lines + 1] = "이 실행에서 바꾼 값 : " .. param.name .. " = " .. words.amount(param.value, param.unit)
        .. " (규칙 파일: " .. words.amount(param.file_value, param.unit) .. ")"
    end
  end
  return lines
end

local WITHOUT_RATE = { leave_out = "뺌", zero = "0으로 침", missing = "지표도 달성률 없음" }

local function period_line(period, rows_set_aside, rows_read)
  if period.name then
    return "평가 기간 : " .. period.name .. " (자료 " .. rows_read .. "행 가운데 " .. rows_set_aside
      .. "행은 다른 기간이라 따로 둠)"
  end
  local parts = {}
  for i, share in ipairs(period.weights) do parts[i] = share.name .. " " .. share.weight end
  local line = "평가 기간 : " .. table.concat(parts, ", ") .. " 가중평균, 달성률이 없는 기간은 " .. WITHOUT_RATE[period.missing]
  if rows_set_aside > 0 then
    line = line .. " (자료 " .. rows_read .. "행 가운데 " .. rows_set_aside .. "행은 따로 둠)"
  end
  return line
end

-- 어느 기간과 어느 목표로 평가했나. 고를 것이 없으면 빈 목록.
function words.choices(results)
  local lines, period, dataset = {}, results.period, results.dataset
  if period then
    lines[1] = period_line(period, dataset.rows_set_aside, dataset.rows_read)
    if period.overridden then
      lines[2] = "이 실행에서 고른 기간 : " .. period.name .. " (규칙 파일: " .. (period.declared or "적지 않음") .. ")"
    end
  end
  if #results.revised_indicators > 0 then
    local line = "평가 목표 : " .. (results.targets == "revised" and "변경한 목표" or "당초 목표")
    if results.revised_by then line = line .. " (" .. results.revised_by .. "까지 변경한 것)" end
    if not results.targets then line = line .. " (규칙에 정해지지 않음)" end
    lines[#lines + 1] = line
  end
  return lines
end

-- 목표의 변경: "목표 변경 : 가 사업 / 나 지표 : 100 → 80 건 (2019-10-31, 까닭, 근거)". 변경이 없으면 nil.
function words.revision(indicator)
  local revision = indicator.revision
  if not revision then return nil end
  local original = indicator.original_target_printed
  local line = "목표 변경 : " .. indicator.project .. " / " .. indicator.name .. " : "
    .. (original and numbers.look(original) or "-") .. " → "
    .. words.amount(numbers.look(revision.target_printed), indicator.unit)
    .. " (" .. revision.date .. ", " .. revision.reason .. ", " .. revision.evidence .. ")"
  if not revision.counts then line = line .. ", 평가에는 당초 목표" end
  return line
end

-- 표의 숫자 칸. 값이 없으면 "-". zero: 0 대신 적을 글.
local function number(printed, zero)
  if printed then return { number = printed, zero = zero } end
  return "-"
end
words.number = number

-- 표의 칸: 국이나 모두(unit)에서 그 판정(band)을 받은 사업의 수.
function words.count(unit, band)
  return { number = unit.count[band.key], zero = "-", of = unit.ref, verdict = band.key }
end

-- 사업의 지표를 적는 표의 열(table의 projects). before: 그 앞에 둘 열.
function words.indicator_columns(before)
  local columns = {}
  if before then columns[1] = before end
  columns[#columns + 1] = { title = "성과지표", show = "indicator" }
  columns[#columns + 1] = { title = "단위", align = "center", show = "unit" }
  columns[#columns + 1] = { title = "목표", align = "right", field = "target", show = "target" }
  columns[#columns + 1] = { title = "실적", align = "right", field = "actual", show = "actual" }
  columns[#columns + 1] = { title = "달성률(%)", align = "right", field = "rate", show = "rate" }
  return columns
end

-- 표의 달성률 칸. 달성률이 없으면 그 까닭. formulas: 스프레드시트의 식도.
local function rate(indicator, formulas)
  local printed = indicator.rate_printed
  if printed and formulas then return { number = printed, formula = indicator.rate_formula } end
  if printed then return { number = printed } end
  return words.missing(indicator.missing)
end
words.rate = rate

-- 지표 하나의 행(table의 rows). before: 그 앞에 둘 칸. formulas: 달성률 칸에 식도.
function words.indicator_row(indicator, before, formulas)
  local name, unit = indicator.name, indicator.unit or ""
  local target, actual = number(indicator.target_printed), number(indicator.actual_printed)
  if before then return { before, name, unit, target, actual, rate(indicator, formulas) } end
  return { name, unit, target, actual, rate(indicator, formulas) }
end

return words
