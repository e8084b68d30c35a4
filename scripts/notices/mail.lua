-- 일괄 평가의 결과를 알리는 메일(MIME). 보내는 일은 sendmail 이 한다: 날짜와 Message-ID 도 거기서 붙는다.
local base64 = require("base64")

-- 머리줄에 줄바꿈이 들어가면 다른 머리줄이 되어 버린다.
local function plain(words)
  return (string.gsub(words or "", "%c", " "))
end

-- RFC 2047: 한글은 글자를 자르지 않고 45바이트씩 나누어 적는다.
local function encoded(words)
  local parts, part = {}, ""
  for letter in string.gmatch(words, utf8.charpattern) do
    if #part + #letter > 45 then
      parts[#parts + 1] = part
      part = ""
    end
    part = part .. letter
  end
  parts[#parts + 1] = part
  for i, piece in ipairs(parts) do parts[i] = "=?UTF-8?B?" .. base64.encode(piece) .. "?=" end
  return table.concat(parts, "\n ")
end

local STATES = {
  done = "완료", current = "바뀐 것 없음", failed = "실패", elsewhere = "다른 곳에서 진행 중", waiting = "하지 못함",
}

local function body(notice)
  local lines = {
    "작업 목록: " .. notice.list,
    string.format("완료 %d, 그대로 %d, 실패 %d, 다른 곳에서 진행 중 %d (종료 코드 %d)", notice.done, notice.current,
      notice.failed, notice.elsewhere, notice.exit),
    "",
  }
  for _, run in ipairs(notice.runs) do
    if run.notice then
      local counts = run.counts ~= "" and " (" .. run.counts .. ")" or ""
      local changed = run.changed and ", 결과가 바뀜" or ""
      local state = STATES[run.state] or run.state
      lines[#lines + 1] = string.format("- %s / %s: %s%s%s, 종료 코드 %d", run.job, run.run, state, counts,
        changed, run.exit)
    end
  end
  return table.concat(lines, "\r\n") .. "\r\n"
end

return {
  purpose = "메일(MIME)",
  draw = function(notice)
    local subject = notice.exit == 0 and "평가를 마쳤습니다"
      or string.format("평가 실패 %d건 (종료 코드 %d)", notice.failed + notice.elsewhere, notice.exit)
    local lines = {}
    if notice.from ~= "" then lines[#lines + 1] = "From: " .. plain(notice.from) end
    if notice.to ~= "" then lines[#lines + 1] = "To: " .. plain(notice.to) end
    lines[#lines + 1] = "Subject: " .. encoded("perfeval: " .. subject)
    lines[#lines + 1] = "MIME-Version: 1.0"
    lines[#lines + 1] = "Content-Type: text/plain; charset=UTF-8"
    lines[#lines + 1] = "Content-Transfer-Encoding: base64"
    lines[#lines + 1] = "Auto-Submitted: auto-generated"
    lines[#lines + 1] = ""
    for _, line in ipairs(base64.lines(body(notice))) do lines[#lines + 1] = line end
    return table.concat(lines, "\n") .. "\n"
  end,
}
