-- 이름별 가중치: 부서는 사업의 이름, 국은 부서의 이름에 가중치를 둡니다. 합은 100이어야 합니다.
return ruleset {
  title      = "이름별 가중치를 둔 평가",
  data       = "data/by_name.csv",
  rate       = field.actual / field.target * 100,
  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = mean },
  department = { rate = weighted_mean { ["시장"] = 60, ["상점가"] = 40, ["취업"] = 70, ["창업"] = 30 }, weights = 100 },
  bureau     = { rate = weighted_mean { ["상권과"] = 25, ["일자리과"] = 75 }, weights = 100 },
  verdict    = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } },
}
