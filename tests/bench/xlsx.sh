#!/bin/bash
# What reading a workbook costs: xlsx.sh, or make bench-xlsx. Evaluates a workbook of ROWS rows and has xlsx2csv (Debian
# package xlsx2csv) make CSV of it, in turns; prints processor time, which other programs disturb less than the clock.
# Environment: ROWS (200000), ROUNDS (5), PERFEVAL.
set -u
cd "$(dirname "$0")/../.." || exit 2
rows=${ROWS:-200000} perfeval=${PERFEVAL:-build/perfeval}
command -v xlsx2csv >/dev/null || {
    echo "xlsx.sh: xlsx2csv is missing (Debian: apt-get install xlsx2csv)" >&2
    exit 2
}
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
lua5.4 tests/bench/xlsx.lua "$rows" "$work/rows.xlsx" || exit
cat >"$work/rules.lua" <<'RULES'
return ruleset { title = "xlsx", data = "rows.xlsx", report = "status", rate = { { field.actual / field.target * 100 } },
  rounding = { digits = 0, mode = "half_up" }, project = { rate = mean },
  verdict = { { "부진", key = "sluggish", at_most = 80 }, { "정상추진", key = "normal" } } }
RULES

TIMEFORMAT='%U %S'
seconds() { { time "$@" >/dev/null; } 2>&1 | awk 'END { print $1 + $2 }'; }
for ((i = 0; i < ${ROUNDS:-5}; i++)); do
    ours=$(seconds "$perfeval" run "$work/rules.lua" --data "$work/rows.xlsx" --level bureau --format csv)
    theirs=$(seconds xlsx2csv "$work/rows.xlsx" "$work/rows.csv")
    [ "$(wc -l <"$work/rows.csv")" -gt "$rows" ] || exit 1
    echo "$ours $theirs"
done | awk -v rows="$rows" '{ ours += $1; theirs += $2 } END {
    printf "%d rows: perfeval %.2f s, xlsx2csv %.2f s, ratio %.1f\n", rows, ours / NR, theirs / NR, theirs / ours
}'
