-- A large rule set for `make bench-stress`: 60 cases, 40 special cases and 10 parameters over the data of 2019, in the
-- style of a district's yearly guideline. The choices are made up for the benchmark; the office's own are in
-- rules/2019.lua.
local methods = require("methods")
local actual, target = field.actual, field.target
local rate = actual / target * 100

-- 상한을 넘지 않는 달성률
local capped = min(rate, param.cap)
local count_capped = min(rate, param.count_cap)
-- 목표에 가까우면 목표를 이룬 것으로 봄
local tolerant = choose(when(rate):at_least(100 - param.tolerance), max(rate, 100), rate)

return ruleset {
  title  = "2019년 성과관리 주요사업 평가 (세부 지침)",
  data   = "../../data/2019/indicators.csv",
  date   = "2019-12-31",

  params = {
    cut       = { 80, unit = "%", min = 0, max = 200, source = "세부 지침 제3조, 부진판정 기준" },
    watch     = { 90, unit = "%", min = 0, max = 200, source = "세부 지침 제3조" },
    excellent = { 110, unit = "%", min = 100, max = 200, source = "세부 지침 제3조" },
    cap       = { ["2018-01-01"] = 200, ["2019-01-01"] = 150, unit = "%", source = "세부 지침 제5조" },
    count_cap = { 120, unit = "%", min = 100, max = 200, source = "세부 지침 제5조 2항" },
    tolerance = { 2, unit = "%p", min = 0, max = 10, source = "세부 지침 제6조" },
    lowest    = { 0, unit = "%", min = -100, max = 50, source = "세부 지침 제7조" },
    award     = { 3, unit = "점", min = 0, max = 10, source = "세부 지침 제9조, 가점" },
    delay     = { -5, unit = "점", min = -20, max = 0, source = "세부 지침 제9조, 감점" },
    big       = { 10000, unit = "건", min = 1, source = "세부 지침 제5조 3항, 대량 처리" },
  },

  rate = {
    -- 감사담당관, 미래비전추진단
    { name = "절감액", when = { department = "감사담당관", indicator = "*절감액" }, capped },
    { name = "감사 횟수", when = { department = "감사담당관", unit = "회" }, count_capped },
    { name = "제도개선", when = { department = "감사담당관" }, min(rate, 130) },
    { name = "공약", when = { indicator = "공약사업*" }, capped },
    { name = "발전계획", when = { indicator = "*종합발전계획*" }, tolerant },
    { name = "소통 이행", when = { department = "소통기획과", unit = "%", target = 100 }, actual },
    { name = "공공구매", when = { project = "공공구매 활성화" }, tolerant },
    { name = "사회적경제 참여", when = { department = "사회적경제과", unit = { "명", "개소" } }, count_capped },
    { name = "협치", when = { project = "구정의 민관협치*" }, methods.yes_no },
    { name = "도서관", when = { indicator = "도서관독서실*" }, round(rate, 1, "half_up") },
    { name = "교육 참여", when = all { { department = "미래교육과" }, when(target):at_least(param.big) }, capped },

    -- 행정국
    { name = "청사", when = { department = "총무과", unit = "건" }, methods.capped(methods.higher, 105) },
    { name = "교육 시간", when = { unit = "시간" }, tolerant },
    { name = "총무 회의", when = { department = "총무과", unit = "회" }, count_capped },
    { name = "보도", when = { department = "홍보전산과", indicator = "*홍보*" }, count_capped },
    { name = "정보시스템", when = { department = "홍보전산과", project = "정보*", unit = { "건", "대" } },
      min(rate, 125) },
    { name = "동 행정", when = { department = "자치행정과", unit = "%" },
      clamp(100 + (actual - target), param.lowest, param.count_cap) },
    { name = "마을", when = { project = "마을공동체*" }, count_capped },
    { name = "민원 만족", when = { indicator = "민원서비스*" }, tolerant },
    { name = "민원 대량", when = all { { department = "민원여권과" }, when(target):above(param.big) }, tolerant },
    { name = "문화 행사", when = { department = "문화체육과", unit = "회" }, capped },
    { name = "관광", when = { indicator = "관광진흥*" }, round(rate, 0, "half_even") },

    -- 재정국
    { name = "외부재원", when = { indicator = "*외부재원*" }, methods.capped(methods.higher, 110) },
    { name = "공유재산", when = { department = "재무과", unit = "백만원" }, tolerant },
    { name = "채권", when = { indicator = "체납자 채권*" }, methods.yes_no },
    { name = "취업", when = { indicator = "취업률*" }, rate },
    { name = "센터 조성", when = { indicator = "*센터조성*" }, min(actual, target) },
    { name = "동물", when = { unit = "두" }, count_capped },
    { name = "전통시장", when = { project = "전통시장*" }, capped },
    { name = "체납", when = { department = "징수과", unit = "%" }, 100 + (actual - target) * 2 },
    { name = "영치", when = { department = "징수과" }, min(rate, 108) },
    { name = "세입", when = { project = "세입목표*" }, count_capped },
    { name = "세무조사", when = { project = "세원발굴*", indicator = "세무조사*" }, count_capped },

    -- 복지국
    { name = "후원", when = { project = "사회공헌*" }, capped },
    { name = "위기 지원", when = { indicator = "위기상황*" }, min(rate, param.cap) },
    { name = "복지 대량", when = all { { bureau = "복지국", unit = { "건", "명" } },
        when(target):at_least(param.big) }, tolerant },
    { name = "보육 시설", when = { department = "보육지원과", unit = "개소" }, methods.yes_no },
    { name = "출산", when = { indicator = "출산*" }, round(rate, 2, "half_up") },
    { name = "수료", when = { indicator = "*수료 목표*" }, count_capped },
    { name = "아동", when = { department = "아동청소년복지과", unit = "천명" }, min(rate, 110) },
    { name = "다문화", when = { indicator = "*다문화가족*" }, clamp(rate, param.lowest, 110) },

    -- 생활환경국
    { name = "감량", when = when(actual):below(0), param.lowest },
    { name = "수거", when = { department = "청소과", unit = "톤" }, capped },
    { name = "시범 설치", when = { department = "청소과", unit = "대" }, methods.yes_no },
    { name = "불법광고물", when = { project = "불법옥외광고물*" }, count_capped },
    { name = "거리가게", when = any { { indicator = "*거리가게*" }, { indicator = "*영업시설물*" } }, tolerant },
    { name = "조명 보급", when = { indicator = "LED*" }, capped },
    { name = "녹지", when = all { { department = "푸른도시과" }, no { unit = { "개소", "회", "건" } } }, capped },
    { name = "생태", when = { project = "자연생태*" }, count_capped },

    -- 도시국, 안전교통국
    { name = "집행률", when = { indicator = "*집행률" }, tolerant },
    { name = "협의체", when = { indicator = "협의체*" }, methods.yes_no },
    { name = "공정률", when = { department = "건축과", indicator = "*추진율", target = 100 }, actual },
    { name = "용역", when = { indicator = "*용역*추진율" }, methods.yes_no },
    { name = "도로명", when = { project = "*도로명주소*" }, capped },
    { name = "재난", when = { department = "도시안전과", actual = { above = 150 } }, param.cap },
    { name = "도로", when = { department = { "도로과", "치수과" }, actual = { at_least = 120 } }, count_capped },
    { name = "단속", when = { indicator = "불법 주정차 단속" }, function(i)
        return i.actual > i.target * 1.5 and 150 or i.actual / i.target * 100
      end },
    { name = "징수율", when = { indicator = "*징수*", unit = "%" }, max(rate, param.lowest) },

    -- 보건소, 그 밖
    { name = "보건", when = { bureau = "보건소", actual = { above = 120 } }, count_capped },
    { name = "보통", rate },
  },

  rounding   = { digits = 1, mode = "half_up" },
  project    = { rate = mean, missing = "leave_out" },
  department = { rate = mean, missing = "leave_out" },
  bureau     = { rate = mean, missing = "leave_out" },

  verdict = {
    { "부진", key = "sluggish", at_most = param.cut, any_indicator = { below = 30 } },
    { "주의", key = "watch", at_most = param.watch },
    { "정상추진", key = "normal", below = param.excellent },
    { "우수", key = "excellent" },
  },

  special = {
    -- 지표를 바꾸는 예외
    { name = "청렴", when = { id = "2019-001" }, because = "시책 일부가 다음 해로 넘어감", rate = 110 },
    { name = "만족도", when = { indicator = "찾아가는 영등포 1번가*" }, because = "설문 방식 변경",
      rate = min(rate, 100) },
    { name = "금융특구", when = { indicator = "금융특구육성방안*" }, because = "회의체 통합", exclude = true },
    { name = "무중력지대", when = { indicator = "무중력지대*" }, because = "하반기 개소", rate = 95 },
    { name = "휴양소", when = { indicator = "직원휴양소*" }, because = "시설 보수로 이용 중단", exclude = true },
    { name = "무선", when = { indicator = "무선인터넷*" }, because = "국비로 추가 설치", rate = min(rate, 110) },
    { name = "연석회의", when = { indicator = "*연석회의*" }, because = "회의 기준 변경",
      rate = function(i) return i.actual >= i.target and 100 or 90 end },
    { name = "체육시설", when = { indicator = "위탁운영*" }, because = "시설 한 곳이 위탁에서 빠짐",
      rate = actual / 95 * 100 },
    { name = "공공일자리", when = { indicator = "공공일자리*" }, because = "국비 사업 추가", rate = 100 },
    { name = "세원", when = { indicator = "세원발굴*" }, because = "한 번뿐인 대형 세원", rate = param.count_cap },
    { name = "식품기부", when = { indicator = "식품기부*" }, because = "기부처 폐업",
      rate = choose(when(actual):at_least(2000), 85, 80) },
    { name = "맘든든", when = { indicator = "맘든든센터*" }, because = "민간 시설 전환", rate = 110 },
    { name = "생활폐기물", when = { indicator = "생활폐기물 감량" }, because = "반입 총량제 기준 변경",
      rate = rate + 10 },
    { name = "어린이놀이", when = { indicator = "어린이놀이시설*" }, because = "점검 기관 변경", exclude = true },
    { name = "신길4동", when = { indicator = "신길4동*" }, because = "문화재 조사로 공사 중지", rate = 100 },
    { name = "일방통행", when = { indicator = "이면도로*" }, because = "주민 의견으로 두 곳 취소", rate = 100 },
    { name = "과년도", when = { indicator = "과년도*" }, because = "전산 이관", exclude = true },
    { name = "건강체중", when = { indicator = "건강체중*" }, because = "중복 참여자 제외", rate = 105 },
    { name = "국외 설명회", when = { indicator = "의료관광 국외*" }, because = "공동 개최", rate = 90 },
    { name = "치매", when = { indicator = "치매*" }, because = "대상 연령 확대", rate = min(rate, 130) },

    -- 사업을 바꾸는 예외
    { name = "내실감사", when = { project = "내실있는 감사*" }, because = "감사원 표창", points = param.award },
    { name = "평생학습", when = { project = "평생학습증진" }, because = "평생학습도시 선정", points = param.award },
    { name = "조직운영", when = { project = "구정목표 달성을*" }, because = "인사 혁신 우수", points = 1 },
    { name = "홍보", when = { project = "미디어 매체*" }, because = "공공소통 대상", points = param.award },
    { name = "가족등록", when = { project = "신뢰받는 가족*" }, because = "신고 오류 지적", points = param.delay },
    { name = "법무", when = { project = "신뢰받는 법무*" }, because = "자치법규 지적", points = -2 },
    { name = "결산", when = { project = "*통합결산*" }, because = "제출 기한 넘김", points = param.delay },
    { name = "물가", when = { project = "생활경제*" }, because = "물가안정 평가 우수", points = 2 },
    { name = "체납차량", when = { project = "체납차량*" }, because = "시 평가 1위", points = param.award },
    { name = "복지행정", when = { project = "주민참여복지*" }, because = "복지행정상", points = param.award },
    { name = "경로당", when = { project = "어르신 여가복지*" }, because = "안전 점검 지적", points = -1 },
    { name = "음식물", when = { project = "음식물류*" }, because = "감량 시책 뒤늦음", points = param.delay },
    { name = "수질", when = { project = "맑고 깨끗한*" }, because = "수질 평가 우수", points = 1.5 },
    { name = "영중로", when = { project = "탁트인 영중로*" }, because = "평가위원회 의결", verdict = "excellent" },
    { name = "간판", when = { project = "영중로 간판*" }, because = "평가위원회 의결", verdict = "excellent" },
    { name = "무허가", when = { project = "무허가*" }, because = "민원 다수", verdict = "watch" },
    { name = "지구단위", when = { project = "지구단위*" }, because = "심의 지연", verdict = "watch" },
    { name = "민방위", when = { project = "민방위*" }, because = "훈련 사고", verdict = "watch" },
    { name = "식중독", when = { project = "식중독*" }, because = "집단 발생", verdict = "sluggish" },
    { name = "암 관리", when = { project = "암 관리*" }, because = "검진율 전국 상위", verdict = "excellent" },
  },
}
