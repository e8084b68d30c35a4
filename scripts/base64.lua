-- 글을 base64 로(RFC 4648): 메일의 제목과 본문에 쓴다.
local base64 = {}

local DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function digit(value)
  return string.sub(DIGITS, value + 1, value + 1)
end

-- "abc" -> "YWJj"
function base64.encode(words)
  local out = {}
  for i = 1, #words, 3 do
    local a, b, c = string.byte(words, i, i + 2)
    local bits = a * 65536 + (b or 0) * 256 + (c or 0)
    out[#out + 1] = digit(bits // 262144) .. digit(bits // 4096 % 64)
      .. (b and digit(bits // 64 % 64) or "=") .. (c and digit(bits % 64) or "=")
  end
  return table.concat(out)
end

-- 한 줄이 76자인 줄들.
function base64.lines(words)
  local encoded, lines = base64.encode(words), {}
  for i = 1, #encoded, 76 do lines[#lines + 1] = string.sub(encoded, i, i + 75) end
  return lines
end

return base64
