max_line_length = 120

-- What a script may see in the sandbox, and nothing else: keep equal to engine/lua/sandbox.c.
stds.sandbox = {
  read_globals = {
    "assert", "error", "ipairs", "pairs", "rawequal", "require", "select", "tonumber", "tostring", "type",
    "math", "string", "table",
    "document", "field", "jobs", "param", "ruleset", "tests", "text", "utf8",
    "abs", "all", "any", "at_period", "choose", "clamp", "every", "if_missing", "no", "round", "when",
    "max", "mean", "median", "min", "pooled", "trimmed", "weighted_mean", "count_share",
  },
}

files["scripts"] = { std = "sandbox" }
files["rules"] = { std = "sandbox" }
-- LuaUnit finds the tests in globals.
files["tests"] = { std = "lua54", allow_defined_top = true }
files["tests/bench/stress.lua"] = { std = "sandbox", allow_defined_top = false }
files["tests/bench/functions"] = { std = "sandbox", allow_defined_top = false }
files["tests/bench/held.lua"] = { std = "sandbox", allow_defined_top = false }

-- Rule files of the cases are wrong on purpose.
exclude_files = { "tests/cases" }
