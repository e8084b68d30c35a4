return ruleset {
  title = "이진 실수로 견준 값", data = "../data/data.csv",
  params = { share = { 77.6, unit = "%" } },
  rate = {
    { when = function(i) return i.actual / i.target * 100 <= param.share end, 0 },
    { function(i)
        local rate = i.actual / i.target * 100
        if rate < 80 or i.actual < i.target * 0.8 then return 50 end
        return i.actual >= i.target and 100 or rate
      end },
  },
  rounding = { digits = 1, mode = "half_up" },
  project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상", key = "normal" } },
}
