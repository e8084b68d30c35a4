-- 일괄 평가의 결과를 알리는 JSON: 메신저나 포털의 웹훅에 그대로 보낸다.
local ESCAPES = { ["\""] = "\\\"", ["\\"] = "\\\\", ["\n"] = "\\n" }

local function quoted(words)
  return "\"" .. string.gsub(words, "[\"\\%c]", function(byte)
    return ESCAPES[byte] or string.format("\\u%04x", string.byte(byte))
  end) .. "\""
end

return {
  purpose = "웹훅(JSON)",
  draw = function(notice)
    local runs = {}
    for _, run in ipairs(notice.runs) do
      if run.notice then
        runs[#runs + 1] = string.format("{\"job\":%s,\"run\":%s,\"state\":%s,\"exit\":%d,\"changed\":%s,\"counts\":%s}",
          quoted(run.job), quoted(run.run), quoted(run.state), run.exit, tostring(run.changed), quoted(run.counts))
      end
    end
    local summary = string.format("perfeval: %d done, %d current, %d failed, %d elsewhere", notice.done, notice.current,
      notice.failed, notice.elsewhere)
    return string.format("{\"text\":%s,\"list\":%s,\"exit\":%d,\"runs\":[%s]}\n", quoted(summary), quoted(notice.list),
      notice.exit, table.concat(runs, ","))
  end,
}
