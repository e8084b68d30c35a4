-- 규칙과 스크립트에서 쓸 수 있는 이름입니다. 그 밖의 이름을 쓰면 luacheck 가 알려 줍니다.
max_line_length = 120
std = {
  read_globals = {
    "assert", "error", "ipairs", "pairs", "require", "select", "tonumber", "tostring", "type",
    "math", "string", "table", "text", "utf8",
    "field", "jobs", "param", "ruleset", "tests",
    "abs", "all", "any", "at_period", "choose", "clamp", "every", "if_missing", "no", "round", "when",
    "max", "mean", "median", "min", "pooled", "trimmed", "weighted_mean", "count_share",
  },
}
exclude_files = { "perfeval.d.lua" }
