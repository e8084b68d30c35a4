-- rules/2019.test.lua : rules/2019.lua 의 테스트. `perfeval test rules/2019.lua`
-- rows 는 한 사업의 지표들, rate 는 반올림하기 전의 정확한 달성률, printed 는 인쇄되는 글자. 쓰는 법: rules/README.md
return tests {
  -- 판정 기준: 80% 이하(80 포함)가 부진
  { name = "정확히 80%는 부진", rows = { { target = 2500, actual = 2000 } },
    rate = 80, printed = "80", verdict = "sluggish" },
  { name = "80%보다 조금 낮으면 부진", rows = { { target = 1000000, actual = 799999 } },
    rate = 79.9999, printed = "80", verdict = "sluggish" },
  { name = "80%보다 조금 높으면 정상추진", rows = { { target = 1000000, actual = 800001 } },
    rate = 80.0001, printed = "80", verdict = "normal" },
  { name = "기준을 85로 바꾸면 85%까지 부진", set = { sluggish_at_most = 85 },
    rows = { { target = 100, actual = 85 } }, rate = 85, verdict = "부진" },

  -- 사업의 달성률은 지표 달성률의 평균
  { name = "평균이 정확히 80%", rows = { { target = 3, actual = 2 }, { target = 15, actual = 14 } },
    rate = 80, verdict = "sluggish" },
  { name = "가운데 값이 아니라 평균",
    rows = { { target = 100, actual = 30 }, { target = 100, actual = 90 }, { target = 100, actual = 90 } },
    rate = 70, verdict = "sluggish" },
  { name = "분수의 평균", rows = { { target = 3, actual = 1 }, { target = 1, actual = 1 } },
    rate = "200/3", printed = "67", verdict = "sluggish" },

  -- 낮을수록 좋은 지표(역지표)
  { name = "역지표: 목표보다 낮으면 100%가 넘음", rows = { { target = 10, actual = 9, polarity = "lower" } },
    rate = 110, verdict = "normal" },
  { name = "역지표가 아니면 90%", rows = { { target = 10, actual = 9 } }, rate = 90, verdict = "normal" },
  { name = "역지표와 보통 지표의 평균",
    rows = { { target = 10, actual = 12, polarity = "lower", expect = { rate = 80 } },
             { target = 10, actual = 10, expect = { rate = 100, printed = "100" } } },
    rate = 90, verdict = "normal" },
  { name = "음의 실적은 음의 달성률", rows = { { target = 752, actual = -231 } },
    rate = "-5775/188", printed = "-31", verdict = "sluggish" },

  -- 인쇄: 정수로 사사오입
  { name = "80.5는 81로 인쇄", rows = { { target = 200, actual = 161 } },
    rate = 80.5, printed = "81", verdict = "normal" },
  { name = "80.4는 80으로 인쇄", rows = { { target = 1000, actual = 804 } }, rate = 80.4, printed = "80" },
  { name = "80.6은 81로 인쇄", rows = { { target = 1000, actual = 806 } }, rate = 80.6, printed = "81" },
  { name = "-0.5는 -1로 인쇄", rows = { { target = 200, actual = -1 } }, rate = -0.5, printed = "-1" },

  -- 없는 값은 0이 아님
  { name = "실적이 비면 판정 없음", rows = { { target = 100 } }, rate = "none", verdict = "none", reason = "blank" },
  { name = "목표가 0이면 판정 없음", rows = { { target = 0, actual = 5 } },
    rate = "none", verdict = "none", reason = "zero_target" },
}
