return ruleset {
  base  = "2019.lua",
  title = "2020년 성과평가",
  data  = "../data/polarity.csv",

  params = {
    sluggish_at_most = { 75, source = "2020년 평가지침" },
  },

  rate = {
    replace = {
      ["역지표"] = { when = { polarity = "lower" }, field.target / field.actual * 100 }, -- 대칭에서 비율로
    },
  },

  special = {
    { name = "마릿수", when = { unit = "두" }, because = "마릿수로 재는 지표는 평가하지 않음", exclude = true },
  },
}
