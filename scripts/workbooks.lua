-- 통합 문서(XLSX)를 적는 손: 모양, 칸, 표, 수식. 그리는 일은 엔진이 한다. 형식 scripts/formats/xlsx.lua 가 쓴다.
local numbers = require("numbers")

local workbooks = {}

local INK, LINE, HEAD, SECTION = "#1F2937", "#24476B", "#DFE6F7", "#F1F4F9"
local ALERT, ALERT_FILL = "#9C1C1C", "#FBE4E4"

workbooks.ALERT = ALERT
workbooks.COLORS = { "#3F6FA8", "#8A94A6", "#5F8F6B", "#B08A3E" } -- 그림의 계열

-- 이름 붙은 모양. 숫자 칸은 number_style 이 더한다.
local STYLES = {
  { name = "title", bold = true, size = 16, color = LINE },
  { name = "heading1", bold = true, size = 13, color = LINE },
  { name = "heading2", bold = true, size = 12, color = INK },
  { name = "heading3", bold = true, size = 11, color = INK, fill = SECTION, border = true },
  { name = "heading4", bold = true, color = INK },
  { name = "paragraph", wrap = true },
  { name = "note", wrap = true, color = "#4B5563" },
  { name = "head", bold = true, wrap = true, border = true, fill = HEAD, align = "center" },
  { name = "left", wrap = true, border = true, align = "left" },
  { name = "center", wrap = true, border = true, align = "center" },
  { name = "right", wrap = true, border = true, align = "right" },
  { name = "alert", bold = true, color = ALERT, fill = ALERT_FILL },
  { name = "low", color = ALERT },
}

for level = 1, 6 do
  STYLES[#STYLES + 1] = { name = "bullet" .. level, wrap = true, indent = level }
end

-- 숫자가 보이는 모양: 음수는 △, 0은 칸이 정한 글. 소수는 찍힌 자릿수만큼.
function workbooks.look(printed, zero)
  local decimals = string.match(printed, "%.(%d+)$")
  local shape = "#,##0" .. (decimals and "." .. string.rep("0", #decimals) or "")
  local look = shape .. ';"△"' .. shape
  if zero then look = look .. ';"' .. string.gsub(zero, '"', "") .. '"' end
  return look
end

-- 스프레드시트의 수는 15자리까지만 그대로 남는다.
local function fits(printed)
  local digits = string.gsub(printed, "[-.]", "")
  return #string.gsub(digits, "^0+", "") <= 15
end
workbooks.fits = fits

-- 수식에 쓰는 칸의 이름: 2행 3열은 C2.
local function place(row, column)
  local letters = ""
  while column > 0 do
    local rest = (column - 1) % 26
    letters = string.char(65 + rest) .. letters
    column = (column - 1 - rest) // 26
  end
  return letters .. row
end
workbooks.place = place

function workbooks.range(row, column, row2, column2)
  return place(row, column) .. ":" .. place(row2, column2)
end

-- 시트 이름: 쓸 수 없는 글자는 _로, 31자까지, 같은 이름은 (2).
function workbooks.namer()
  local taken = {}
  return function(wanted)
    local clean = string.gsub(text.visible(wanted), "[%[%]:*?/\\']", "_")
    local letters, n = text.letters(clean), 1
    if #letters == 0 then letters = { "_" } end
    while true do
      local ending = n > 1 and " (" .. n .. ")" or ""
      local name = table.concat(letters, "", 1, math.min(#letters, 31 - #ending)) .. ending
      local key = string.lower(name)
      if not taken[key] then
        taken[key] = true
        return name
      end
      n = n + 1
    end
  end
end

-- 통합 문서 하나.
function workbooks.new(title)
  local styles, known = {}, {}
  for i, style in ipairs(STYLES) do
    styles[i], known[style.name] = style, true
  end
  local workbook = { title = title, styles = styles, sheets = {} }

  -- 숫자 칸의 모양. 처음 쓸 때 만든다.
  local function number_style(look, align)
    local name = align .. " " .. look
    if not known[name] then
      known[name] = true
      styles[#styles + 1] = { name = name, border = true, align = align, number = look }
    end
    return name
  end

  return workbook, number_style
end

-- 자료의 글에서 보이지 않거나 글의 방향을 바꾸는 글자를 보이게. 줄바꿈은 그대로.
function workbooks.words(words)
  return words and (string.gsub(words, "[^\n]+", text.visible))
end

-- 글이 그 너비에서 몇 줄인가.
function workbooks.lines(words, width)
  local count = 0
  for line in string.gmatch(words .. "\n", "(.-)\n") do
    count = count + #text.wrap(line, math.max(4, width - 1))
  end
  return count
end

-- 칸의 숫자를 셀로. 너무 긴 수는 글로 남긴다.
function workbooks.number_cell(cell, align, number_style)
  if not fits(cell.text) then return { text = numbers.cell(cell), style = "right" } end
  return { number = cell.text, style = number_style(workbooks.look(cell.text, cell.zero), align) }
end

return workbooks
