-- The PDF of 2019 read back by poppler: pdf.lua FILE.pdf RESULT.json. Its 37 tables cell by cell, pages, bookmarks,
-- fonts.
package.path = "tests/lua/?.lua;" .. package.path
local support = require("support")

local pdf, result = arg[1], support.json(support.read(arg[2]))

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  assert(pipe:close(), command)
  return text
end

-- The words in the order in which they were drawn, without page numbers and the heads that pages repeat.
local HEAD = "주요사업명\n성과지표\n단위\n목표\n실적\n달성률(%)"
local raw = "\n" .. output_of("pdftotext -raw " .. pdf .. " -")
local pages = {}
for page in raw:gmatch("[^\f]+") do pages[#pages + 1] = page end
for i, page in ipairs(pages) do
  local body, number = page:match("^(.*)\n%- (%d+) %-\n?$")
  assert(tonumber(number) == i, "page " .. i .. " has no number")
  pages[i] = body
end

local function loose(words)
  return (words:gsub("%s+", ""))
end

local text, at = table.concat(pages, "\f\n"), 1

local function skip_blanks()
  at = text:match("^%s*()", at)
end

local function fail(wanted)
  error(("%q was expected at: %q"):format(wanted, text:sub(at, at + 120)), 0)
end

-- Letter by letter: lines are broken anywhere.
local function take_text(words)
  for _, code in utf8.codes(loose(words)) do
    skip_blanks()
    local letter = utf8.char(code)
    if text:sub(at, at + #letter - 1) ~= letter then fail(words) end
    at = at + #letter
  end
end

local function take_number(wanted)
  skip_blanks()
  local word, behind = text:match("^(%S+)()", at)
  local number = tonumber((word:gsub(",", ""):gsub("△", "-")))
  if number ~= tonumber(wanted) then fail(tostring(wanted)) end
  at = behind
end

-- A table that goes on at the head of a page has its head again.
local function pass_page()
  local from, to = text:match("^%s*()[^\f]-()", at)
  if text:sub(at, from - 1):find("\f", 1, true) then
    at = to
    take_text(HEAD)
    return true
  end
  return false
end

local cells, tables, repeated = 0, 0, 0
local function take_cell(take, value)
  if pass_page() then repeated = repeated + 1 end
  take(value)
  cells = cells + 1
end

local sluggish = 0
local function take_project(project)
  take_cell(take_text, project.name)
  if project.verdict == "sluggish" then
    take_text("【부진】")
    sluggish = sluggish + 1
  end
  for _, indicator in ipairs(project.indicators) do
    take_cell(take_text, indicator.name)
    take_cell(take_text, indicator.unit or "")
    take_cell(take_number, indicator.target.number)
    take_cell(take_number, indicator.actual.number)
    take_cell(take_number, indicator.rate_printed)
  end
end

for _, bureau in ipairs(result.bureaus) do
  for _, department in ipairs(bureau.departments) do
    local title = "\n▢ " .. department.name .. "\n"
    local _, to = text:find(title, at, true)
    at = assert(to, department.name) + 1
    take_text(HEAD)
    for _, project in ipairs(department.projects) do take_project(project) end
    tables = tables + 1
  end
end
assert(tables == 37 and sluggish == 3, tables .. " tables, " .. sluggish .. " sluggish projects")
assert(repeated > 0, "no table goes over a page")

-- The same by the structure: H1 the title, a Table for each department whose TR hold TH, then TD; 40 figures.
local kinds, structure = {}, {}
for line in output_of("pdfinfo -struct-text " .. pdf):gmatch("[^\n]+") do
  local kind, words = line:match("^%s*(%w+)[^\"/]*$"), line:match('^%s*"(.*)"$')
  if words then
    structure[#structure].words = structure[#structure].words .. words
  elseif kind then
    kinds[kind] = (kinds[kind] or 0) + 1
    structure[#structure + 1] = { kind = kind, words = "" }
  end
end
local next_element = 1
local function take_element(kind, words)
  while structure[next_element].kind ~= kind do next_element = next_element + 1 end
  local found = loose(structure[next_element].words)
  local number = tonumber((found:gsub(",", ""):gsub("△", "-")))
  if found ~= loose(words) and number ~= tonumber(words) then error(found .. " where " .. words .. " belongs", 0) end
  next_element = next_element + 1
end
for _, bureau in ipairs(result.bureaus) do
  for _, department in ipairs(bureau.departments) do
    take_element("H4", "▢ " .. department.name)
    for title in HEAD:gmatch("[^\n]+") do take_element("TH", title) end
    for _, project in ipairs(department.projects) do
      take_element("TD", project.name .. (project.verdict == "sluggish" and "【부진】" or ""))
      for _, indicator in ipairs(project.indicators) do
        take_element("TD", indicator.name)
        take_element("TD", indicator.unit or "")
        take_element("TD", indicator.target.number)
        take_element("TD", indicator.actual.number)
        take_element("TD", indicator.rate_printed)
      end
    end
  end
end
assert(kinds.Document == 1 and kinds.H1 == 1 and kinds.H4 == 37 and kinds.Table == 38 and kinds.Figure == 40)
assert(kinds.Private == #pages + repeated, kinds.Private .. " asides") -- page numbers, heads that are repeated
local attributes = output_of("pdfinfo -struct " .. pdf)
assert(select(2, attributes:gsub("/Scope /Column", "")) == kinds.TH)
assert(output_of("pdfinfo " .. pdf):find("Tagged:%s+yes"))

local outline = output_of("pdftohtml -xml -i -stdout " .. pdf):match("<outline>.*</outline>")
local marks = select(2, outline:gsub("<item ", ""))
assert(outline:find("Ⅲ. 2019년 부서별 추진 현황", 1, true) and marks >= 3 + 37, marks .. " bookmarks")

local fonts = output_of("pdffonts " .. pdf)
local embedded, listed = select(2, fonts:gsub(" yes yes yes ", "")), -2
for _ in fonts:gmatch("\n") do listed = listed + 1 end
assert(listed > 0 and embedded == listed, "a font is not embedded")

print(("pdf: %d pages, %d tables, %d cells, %d heads repeated, %d bookmarks"):format(#pages, tables, cells, repeated,
  marks))
