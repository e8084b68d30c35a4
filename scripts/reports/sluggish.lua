-- 부진사업 보고: 부진으로 판정된 사업만, 기준에 모자란 만큼과 사유, 대책과 함께.
local numbers = require("numbers")
local words = require("words")

-- 지표에 적힌 글(사유, 대책)을 겹치지 않게 모은다.
local function texts_of(project, column)
  local texts, seen = {}, {}
  for _, indicator in ipairs(project.indicators) do
    local written = indicator[column]
    if written and not seen[written] then
      seen[written] = true
      texts[#texts + 1] = written
    end
  end
  return texts
end

local function place_of(project)
  if project.bureau == project.department then return project.bureau end
  return project.bureau .. " " .. project.department
end

local function named(project)
  return place_of(project) .. " / " .. project.name
end

-- 기준과 같은 달성률(80% 이하에서 80%)에는 모자란 만큼이 없다.
local function verdict_line(project)
  local line = "달성률 : " .. numbers.look(project.rate_printed) .. "% (" .. project.verdict_name .. ")"
  local short = project.shortfall_printed
  if short and not numbers.is_zero(short) then line = line .. ", 기준보다 " .. short .. "%p 낮음" end
  return line
end

-- 판정하지 못한 까닭: 지표마다의 까닭을 겹치지 않게.
local function missing_line(project)
  local reasons, seen = {}, {}
  for _, indicator in ipairs(project.indicators) do
    local reason = indicator.missing or project.missing
    if not seen[reason] then
      seen[reason] = true
      reasons[#reasons + 1] = words.missing(reason)
    end
  end
  return named(project) .. " : " .. table.concat(reasons, ", ")
end

local function add_texts(add, title, texts)
  add({ bullet = #texts > 0 and title or title .. " : 적혀 있지 않음", level = 1 })
  for _, written in ipairs(texts) do add({ bullet = written, level = 2 }) end
end

-- 사업 하나. 사유나 대책이 없으면 없는 것의 이름을 돌려준다.
local function add_project(add, project)
  local reasons, measures = texts_of(project, "reason"), texts_of(project, "countermeasure")
  add({ heading = project.name, level = 2 })
  add({ bullet = "부서 : " .. place_of(project), level = 1 })
  add({ bullet = verdict_line(project), level = 1 })
  for _, adjustment in ipairs(project.adjustments) do
    add({ bullet = "예외 적용 : " .. adjustment.because .. ", " .. words.change(adjustment), level = 2 })
  end
  add({ table = { columns = words.indicator_columns(), projects = { project }, missing = words.MISSING } })
  for _, indicator in ipairs(project.indicators) do
    local line = words.revision(indicator)
    if line then add({ note = line }) end
  end
  add_texts(add, "사유", reasons)
  add_texts(add, "대책", measures)
  if #reasons == 0 and #measures == 0 then return "사유, 대책" end
  if #reasons == 0 then return "사유" end
  if #measures == 0 then return "대책" end
  return nil
end

local function add_list(add, title, lines)
  if #lines == 0 then return end
  add({ heading = title, level = 1 })
  for _, line in ipairs(lines) do add({ bullet = line, level = 1 }) end
end

local function build(results)
  local document = { title = results.title .. " : 부진사업", blocks = {} }
  local function add(block)
    document.blocks[#document.blocks + 1] = block
  end
  local chosen, unjudged, incomplete = {}, {}, {}
  for _, project in ipairs(results.projects) do
    if not project.verdict then
      unjudged[#unjudged + 1] = missing_line(project)
    elseif project.verdict == results.sluggish.key then
      chosen[#chosen + 1] = project
    end
  end
  add({ heading = "부진사업", level = 1 })
  add({ paragraph = "사업 " .. results.count.total .. "개 가운데 " .. #chosen .. "개" })
  for _, line in ipairs(words.criteria(results)) do add({ note = line }) end
  for _, line in ipairs(words.choices(results)) do add({ note = line }) end
  for _, line in ipairs(words.overrides(results)) do add({ note = line }) end
  for _, project in ipairs(chosen) do
    local lacking = add_project(add, project)
    if lacking then
      incomplete[#incomplete + 1] = named(project) .. " : " .. lacking
    end
  end
  add_list(add, "사유나 대책이 적혀 있지 않은 사업", incomplete)
  add_list(add, "판정하지 못한 사업", unjudged)
  return document
end

return { purpose = "부진사업만: 기준에 모자란 만큼, 사유와 대책", build = build }
