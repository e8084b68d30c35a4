-- 종이에 놓는 그림(PDF, HWPX, DOCX): 그림의 모양과, 차트를 쪽에 들 만한 크기의 그림들로 바꾸는 일. 자리는 charts.lua가 정한다.
local charts = require("charts")

local drawings = {}

drawings.font = "NanumGothic, Noto Sans CJK KR, sans-serif"

local INK, SOFT, ALERT, BAR, WASH = "#1b1f24", "#545b64", "#b3261e", "#4a6fa5", "#fdecea"
drawings.colors = { ink = INK, soft = SOFT, alert = ALERT, bar = BAR, wash = WASH }

-- 그림의 글: 이름과 맞추는 곳(start, middle, end)마다 하나.
local LABELS = {
  name = { 10, INK }, count = { 10, INK }, scale = { 9, SOFT }, past = { 9, SOFT },
  ["target-name"] = { 10, INK }, ["threshold-name"] = { 10, ALERT },
}
local SIDES = { start = "left", middle = "center", ["end"] = "right" }

drawings.styles = {}
for class, look in pairs(LABELS) do
  for _, side in pairs(SIDES) do
    drawings.styles[class .. " " .. side] = { font = drawings.font, size = look[1], color = look[2], align = side }
  end
end

drawings.paints = {
  bar = { fill = BAR },
  ["bar alert"] = { fill = WASH, hatch = ALERT, stroke = ALERT, width = 1 },
  dot = { fill = BAR },
  ["dot alert"] = { fill = "#ffffff", stroke = ALERT, width = 1.8 },
  base = { stroke = SOFT, width = 0.8 },
  tick = { stroke = SOFT, width = 0.8 },
  slope = { stroke = BAR, width = 1.4 },
  ["slope alert"] = { stroke = ALERT, width = 1.4, dashed = true },
  target = { stroke = INK, width = 1.2 },
  threshold = { stroke = ALERT, width = 1.2, dashed = true },
}

local function item_of(item)
  if item.shape == "text" then
    return { shape = "text", x = item.x, y = item.y, text = item.text, style = item.class .. " " .. SIDES[item.anchor] }
  end
  return { shape = item.shape, x = item.x, y = item.y, w = item.w, h = item.h, x2 = item.x2, y2 = item.y2, r = item.r,
    paint = item.class }
end

-- 460 너비의 그림을 쪽에 맞춤(포인트): 부서마다 있는 그림은 표와 한 쪽에 들 만큼 작게.
local SCALE = { stacked = 0.95, histogram = 0.95, dots = 0.95, slope = 0.95, bullet = 0.68 }
local SMALL = 0.6 -- 이보다 작아야 한 쪽에 들면 나누어 그림

-- 그림을 보지 못하는 사람에게 읽어 줄 말.
local function words_of(block)
  local words = text.visible(block.title)
  return block.text and words .. ". " .. text.visible(block.text) or words
end

local function drawing_of(block, room)
  local drawing, items = charts.layout(block), {}
  for _, item in ipairs(drawing.items) do
    if item.w ~= 0 then items[#items + 1] = item_of(item) end -- 길이가 0인 막대는 테두리만 남으므로 뺀다
  end
  local scale = math.min(SCALE[block.chart], room / drawing.height)
  return { width = drawing.width, height = math.ceil(drawing.height), scale = scale, items = items,
    alt = words_of(block) }, drawing.axis
end

-- 차트 하나의 그림들. room은 한 쪽에서 그림이 쓸 수 있는 높이(포인트). 알아볼 만하게 들지 않는 그림은 행을 반으로 나누고,
-- 눈금은 모두 같다. 그림은 { width, height, scale, items, alt }: scale은 그림의 단위 하나의 포인트.
function drawings.of(block, room, axis)
  block.low, block.high = axis and axis.low, axis and axis.high
  local drawing, own = drawing_of(block, room)
  if drawing.scale >= SMALL or #block.rows < 2 or block.chart == "slope" then return { drawing } end
  local all, half = {}, #block.rows // 2
  for part = 1, 2 do
    local piece = {}
    for name, value in pairs(block) do piece[name] = value end
    local from, to = part == 1 and 1 or half + 1, part == 1 and half or #block.rows
    piece.rows = {}
    for i = from, to do piece.rows[#piece.rows + 1] = block.rows[i] end
    for _, one in ipairs(drawings.of(piece, room, axis or own)) do all[#all + 1] = one end
  end
  return all
end

local SHARP = 2 -- 그림 파일의 점: 그림의 단위 하나에

-- 여러 부분으로 된 파일의 그림. add(block)은 그림들을 부분으로 더하고, 놓을 것의 목록을 돌려준다:
-- { name(파일의 이름), words, width, height(포인트), across, down(점) }. parts는 부분의 목록.
function drawings.pictures(folder, room)
  local pictures = { parts = {} }
  function pictures.add(block)
    local placed = {}
    for i, drawing in ipairs(drawings.of(block, room)) do
      local name = "image" .. #pictures.parts + 1
      placed[i] = { name = name, words = drawing.alt, width = drawing.width * drawing.scale,
        height = drawing.height * drawing.scale, across = drawing.width * SHARP, down = drawing.height * SHARP }
      drawing.scale = SHARP
      pictures.parts[#pictures.parts + 1] = { name = folder .. name .. ".png", drawing = drawing, stored = true }
    end
    return placed
  end
  -- 부분들의 뒤에 그림을 붙여 draw가 돌려줄 것을 만든다.
  function pictures.pack(parts)
    for _, part in ipairs(pictures.parts) do parts[#parts + 1] = part end
    if #pictures.parts == 0 then return { parts = parts } end
    return { parts = parts, styles = drawings.styles, paints = drawings.paints }
  end
  return pictures
end

drawings.wants = { "stacked", "histogram", "bullet", "dots", "slope" }

return drawings
