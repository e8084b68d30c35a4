-- 함수로 구하는 달성률: 가장 좋은 지표가 사업의 달성률입니다. 달성률이 있는 지표가 둘 미만이면 평가하지 않습니다.
return ruleset {
  title    = "함수로 구하는 사업의 달성률",
  data     = "data/own_rate.csv",
  rate     = field.actual / field.target * 100,
  rounding = { digits = 1, mode = "half_up" },
  project  = { rate = function(children)
    local found = {}
    for _, child in ipairs(children) do found[#found + 1] = child.rate end
    return #found >= 2 and math.max(table.unpack(found)) or nil
  end },
  verdict  = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
