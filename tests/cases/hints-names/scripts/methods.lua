-- 달성률을 구하는 방법들. 규칙 파일에서 `local methods = require("methods")` 로 불러 씁니다.
-- 모두 산식이어서 정확히 계산되고, 값이 빠진 행은 그 까닭과 함께 달성률이 없습니다. 수는 여기 적지 않고 규칙 파일이 정합니다.
local methods = {}

local actual, target, base = field.actual, field.target, field.base
local lower, upper = field.lower_bound, field.upper_bound

---@class Formula 산식: field 로 지은 식 또는 수
---@alias Amount Formula|number

-- 수를 빠뜨리고 부르면 규칙 파일의 그 줄에서 오류.
local function need(value, usage)
  if value == nil then error(usage .. " 처럼 쓰세요", 3) end
  return value
end

-- 상향: 실적/목표 x 100. 높을수록 좋은 지표. 자치구 주요사업 평가의 기본 산식.
-- 목표 0: 달성률 없음(zero_target). 목표가 음수이면 뜻이 없으므로 improvement 를 씁니다.
---@type Formula
methods.higher = actual / target * 100

-- 하향(비율): 목표/실적 x 100. 낮을수록 좋은 지표(역지표). 목표의 1.25배에서 꼭 80.
-- 실적 0은 가장 좋은 경우인데 0으로 나누게 되므로 어떻게 할지 꼭 적습니다: lower_ratio(100) 은 100점,
-- lower_ratio("missing") 은 달성률 없음(division_by_zero). 목표 0: 실적이 0보다 크면 0.
---@param at_zero Amount|"missing" 실적이 0일 때의 달성률
---@return Formula
function methods.lower_ratio(at_zero)
  need(at_zero, "methods.lower_ratio(100) 또는 methods.lower_ratio(\"missing\")")
  local ratio = target / actual * 100
  if at_zero == "missing" then return ratio end
  return choose(all(when(actual):equals(0), no(when(target):missing())), at_zero, ratio)
end

-- 하향(대칭): (2 - 실적/목표) x 100 = {1 - (실적-목표)/목표} x 100. 낮을수록 좋은 지표. 목표의 1.2배에서 꼭 80.
-- 실적이 목표의 2배를 넘으면 음수(floored 로 막음). 목표 0: 달성률 없음(zero_target).
---@type Formula
methods.lower_mirror = (2 - actual / target) * 100

-- 유지: 100 - |실적-목표|/목표 x 100. 많아도 적어도 벗어난 만큼 빠집니다. 목표의 2배를 넘으면 음수.
-- tolerance: 목표의 몇 %까지 벗어나도 100으로 보는가(그 수를 포함). 0이면 봐주지 않음. 목표 0: 달성률 없음(zero_target).
---@param tolerance Amount 목표에 대한 백분율
---@return Formula
function methods.on_target(tolerance)
  need(tolerance, "methods.on_target(5)")
  local off = abs(actual / target - 1) * 100
  return choose(when(off):at_most(tolerance), 100, 100 - off)
end

-- 경계에서 벗어난 만큼(경계에 대한 백분율)을 100에서 뺌.
local function outside(bound) return 100 - abs(actual / bound - 1) * 100 end

-- 범위: 하한(lower_bound)과 상한(upper_bound) 사이면 100. 벗어나면 100 - |실적-경계|/경계 x 100:
-- 아래로는 실적/하한 x 100, 위로는 (2 - 실적/상한) x 100 과 같습니다. 한쪽 경계가 비면 그쪽은 막지 않음.
-- 두 경계가 모두 비면 달성률 없음(blank). 경계가 0인데 그 밖이면 달성률 없음(division_by_zero).
---@type Formula
methods.range = choose(all(when(lower):missing(), when(upper):missing()), lower,
  min(choose(any(when(lower):missing(), when(actual):at_least(lower)), 100, outside(lower)),
      choose(any(when(upper):missing(), when(actual):at_most(upper)), 100, outside(upper))))

-- 개선도: (실적-기준연도실적)/(목표-기준연도실적) x 100. 기준연도보다 얼마나 나아졌는가. 상향과 하향 모두.
-- 목표 = 기준연도실적: 달성률 없음(division_by_zero). 기준연도보다 나빠지면 음수.
---@type Formula
methods.improvement = (actual - base) / (target - base) * 100

-- 목표부여: 20 + 80 x (실적-하한)/(상한-하한), 20점에서 100점 사이. 공공기관 경영평가의 계량지표 방식.
-- 하한은 20점이 되는 값, 상한은 100점이 되는 값: 하향 지표는 하한에 큰 수를 적습니다. 하한 = 상한: 달성률 없음(division_by_zero).
---@type Formula
methods.points_between = clamp(20 + 80 * (actual - lower) / (upper - lower), 20, 100)

-- 단계형: 이른 단계까지 가중치의 합. 실적(actual)은 이른 단계의 수: 0이면 0, 마지막 단계면 100.
-- 실적 2.5는 2단계까지, 단계의 수를 넘으면 100. 가중치의 합은 100이어야 하고, 아니면 규칙을 읽을 때 오류.
---@param weights number[] 단계마다의 가중치: { 20, 30, 50 }
---@return Formula
function methods.milestone(weights)
  if type(weights) ~= "table" or #weights == 0 then error("methods.milestone { 20, 30, 50 } 처럼 쓰세요", 2) end
  local sum, rate = 0, 0
  for stage, weight in ipairs(weights) do
    if type(weight) ~= "number" then error("단계의 가중치는 수여야 합니다", 2) end
    sum = sum + weight
    rate = rate + choose(when(actual):at_least(stage), weight, 0)
  end
  if math.abs(sum - 100) > 1e-9 then
    error("단계의 가중치는 합이 100이어야 합니다: 지금은 " .. tostring(sum), 2)
  end
  return rate
end

-- 여부: 목표를 이루면(실적 >= 목표) 100, 아니면 0. 비율이 없는 지표(제정, 개관). 목표 1, 실적 1 또는 0.
---@type Formula
methods.yes_no = choose(when(actual):at_least(target), 100, 0)

-- 정성: 등급을 점수로. 산식이 아니라 경우의 목록이므로 rate 에 그대로 쓰거나 methods.cases 로 잇습니다.
-- 표에 없는 등급과 빈 등급은 달성률 없음(no_case).
---@param grades { column: string, [integer]: table } { column = "grade", { "우수", 100 }, { "보통", 80 } }
---@return table[]
function methods.qualitative(grades)
  local usage = "methods.qualitative { column = \"grade\", { \"우수\", 100 }, … }"
  need(type(grades) == "table" and grades.column or nil, usage)
  local cases = {}
  for i, grade in ipairs(grades) do
    if type(grade) ~= "table" or grade[2] == nil then error(usage .. " 처럼 쓰세요", 2) end
    cases[i] = { when = { [grades.column] = grade[1] }, grade[2] }
  end
  return cases
end

-- 경우와 경우의 목록을 차례대로 잇습니다: methods.cases { methods.qualitative { … }, { methods.higher } }
---@param parts table[]
---@return table[]
function methods.cases(parts)
  local cases = {}
  for _, part in ipairs(parts) do
    if type(part[1]) == "table" then
      for _, case in ipairs(part) do cases[#cases + 1] = case end
    else
      cases[#cases + 1] = part
    end
  end
  return cases
end

-- 상한을 둔 달성률: cap 보다 높으면 cap. 흔히 100, 120, 125, 150.
---@param formula Formula
---@param cap Amount
---@return Formula
function methods.capped(formula, cap) return min(formula, need(cap, "methods.capped(산식, 120)")) end

-- 하한을 둔 달성률: floor 보다 낮으면 floor. 흔히 0.
---@param formula Formula
---@param floor Amount
---@return Formula
function methods.floored(formula, floor) return max(formula, need(floor, "methods.floored(산식, 0)")) end

-- 목표가 0이고 실적이 있는 행. 실적이 비면 어느 경우에도 달성률이 없습니다.
local zero_target = all(when(target):equals(0), no(when(actual):missing()))

-- 목표 0을 어떻게 볼지. 정해진 관례가 없으므로 하나를 골라 적습니다.
methods.zero_target = {}

-- 목표가 0이면 달성률 없음(zero_target).
---@param formula Formula
---@return Formula
function methods.zero_target.null(formula) return choose(zero_target, actual / target, formula) end

-- 목표가 0이면 0점.
---@param formula Formula
---@return Formula
function methods.zero_target.zero(formula) return choose(zero_target, 0, formula) end

-- 목표가 0이면 100점.
---@param formula Formula
---@return Formula
function methods.zero_target.full(formula) return choose(zero_target, 100, formula) end

-- 목표가 0이면 기준만 봅니다: 이루었으면 100, 아니면 0. 상향("higher")은 실적 0 이상, 하향("lower")은 실적 0 이하.
---@param formula Formula
---@param polarity "higher"|"lower"
---@return Formula
function methods.zero_target.criterion(formula, polarity)
  if polarity ~= "higher" and polarity ~= "lower" then
    error("methods.zero_target.criterion(산식, \"higher\") 또는 \"lower\" 로 쓰세요", 2)
  end
  local met = polarity == "lower" and when(actual):at_most(0) or when(actual):at_least(0)
  return choose(zero_target, choose(met, 100, 0), formula)
end

return methods
