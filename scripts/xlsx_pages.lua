-- XLSX의 쪽: 합친 칸이나 그림이 쪽에 걸치지 않게 새 쪽에서 시작할 행. 너비는 언제나 한 쪽에 맞추어지므로 배율은 어림이다.
-- 길이는 포인트.
local pages = {}

-- A4의 본문: 여백은 옆 0.6인치, 위아래 0.75인치. 글꼴마다 조금씩 다르므로 넉넉히 둔다.
local SPARE = 0.97
local BODY = {
  portrait = { width = 508 * SPARE, height = 733 * SPARE }, landscape = { width = 755 * SPARE, height = 487 * SPARE },
}
local ROW = 15 -- 높이를 정하지 않은 행

-- 열의 너비(글자)를 모두 더한 길이: 글자 하나가 7화소이고 열마다 5화소가 더 있다.
local function width_of(widths)
  local pixels = 0
  for _, one in ipairs(widths) do pixels = pixels + one.width * 7 + 5 end
  return pixels * 0.75
end

-- 행마다의 높이와, 행에서 sheet.rows의 자리로.
local function heights_of(sheet, last)
  local heights, at = {}, {}
  for row = 1, last do heights[row] = ROW end
  for i, one in ipairs(sheet.rows) do
    heights[one.row] = one.height or ROW
    at[one.row] = i
  end
  return heights, at
end

-- starts는 새 쪽이 시작해도 되는 행의 집합. 그 사이의 행들은, 한 쪽에 들면 나뉘지 않는다.
function pages.set(sheet, starts, last)
  local body = sheet.landscape and BODY.landscape or BODY.portrait
  local scale = math.min(1, body.width / width_of(sheet.widths))
  local heights, at = heights_of(sheet, last)
  local room, used, head, row = body.height / scale, 0, 0, 1
  for i = sheet.repeat_row or 1, (sheet.repeat_row or 1) + (sheet.repeat_rows or 0) - 1 do head = head + heights[i] end
  while row <= last do
    local height, stop = heights[row], row + 1
    while stop <= last and not starts[stop] do
      height, stop = height + heights[stop], stop + 1
    end
    if used + height > room and used > head then
      local entry = at[row] and sheet.rows[at[row]]
      if not entry then
        entry = { row = row }
        sheet.rows[#sheet.rows + 1] = entry
      end
      entry.page = true
      used = head
    end
    used, row = used + height, stop
    if used > room then used = used % room end -- 한 쪽보다 길면 그 안에서 나뉜다
  end
end

return pages
