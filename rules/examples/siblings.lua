-- 대표 지표: 사업마다 목표가 가장 큰 지표만 평가합니다(같으면 모두).
return ruleset {
  title = "대표 지표로 보는 평가", data = "data/siblings.csv",
  rate = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
  special = { { because = "사업마다 대표 지표만 평가", exclude = true, when = function(i)
    for _, other in ipairs(i.siblings) do if other.target > i.target then return true end end
    return false
  end } },
}
