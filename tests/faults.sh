#!/bin/sh
# Every call that can fail, failing in turn, over whole runs of each command; see faults/sweep.c.
#   BUILD  as for run.sh
#   MOST   faults of each sort and command (8; 0: all)
#   SEED   which ones (the month: the same all month long, other ones in the next)
#   FAMILIES  which calls (faults/inject.h), with | between them (all)
#   ONLY   names of commands, with | between them (all)
#   JOBS   how many runs at a time
# Ends with the sums and "N passed, N failed": a command passes when nothing was damaged.
set -u
ROOT=$(cd "$(dirname "$0")/.." && pwd)
cd "$ROOT" || exit 2

BUILD=$(cd "${BUILD:-build}" && pwd) || exit 2
PLAIN=$BUILD/perfeval
# the same with hooks
PERFEVAL=${FAULTED:-$BUILD/faults/perfeval}
PERFEVAL=$(cd "$(dirname "$PERFEVAL")" && pwd)/$(basename "$PERFEVAL")
SWEEP=${SWEEP:-$BUILD/faults/sweep}
INJECT=${INJECT:-$BUILD/faults/inject.so}
SEED=${SEED:-$(date +%Y%m)}
work=$BUILD/faults/work
umask 022
unset LC_ALL LC_MESSAGES LANG

rm -rf "$work"
mkdir -p "$work/before/rules" "$work/runs" || exit 2
for file in out.txt out.csv out.json out.md out.jsonl out.html out.hwpx out.docx out.xlsx out.pdf junit.xml perfeval.d.lua; do
    echo "what an earlier run has left" >"$work/before/$file"
done
cp data/2019/indicators.csv "$work/before/stdin" || exit 2
cp tests/cases/rule-tests-update/rules/* "$work/before/rules/" || exit 2
[ ! -d tests/cases/rule-tests-update/data ] || cp -R tests/cases/rule-tests-update/data "$work/before/" || exit 2
"$BUILD/bench/generate" 1500 >"$work/before/large.csv" || exit 2
"$PLAIN" lock rules/2019.lua -o "$work/before/closed.json" || exit 2
"$PLAIN" run rules/2019.lua --level bureau --format csv --partial --partition 1/2 -o "$work/before/1.part" || exit 2
"$PLAIN" run rules/2019.lua --level bureau --format csv --partial --partition 2/2 -o "$work/before/2.part" || exit 2
has() { [ -e "$BUILD/modules/$1.so" ]; }
# documents as they are where nothing draws charts
export BARE="$work/bare"
mkdir -p "$BARE/modules" || exit 2
if has zip; then
    cp "$PLAIN" "$BARE" && cp "$BUILD/modules/zip.so" "$BARE/modules" || exit 2
    for format in docx hwpx; do
        "$BARE/perfeval" run rules/examples/polarity.lua --format $format -o "$BARE/out.$format" 2>"$BARE/messages" || exit 2
    done
fi
! has sqlite || sqlite3 "$work/before/data.db" '.mode csv' '.import data/2019/indicators.csv year' || exit 2
! has xlsxwrite || "$PLAIN" template rules/2019.lua -o "$work/before/filled.xlsx" || exit 2
for cut in 80 85; do
    "$PLAIN" run rules/2019.lua --set sluggish_at_most=$cut --record "$work/records" -o "$work/cut.txt" || exit 2
done
cp "$work/records/000001.json" "$work/before/first.json"
cp "$work/records/000002.json" "$work/before/second.json"
! has store || "$PLAIN" history add "$work/records/000001.json" --store "$work/before/history.db" >"$work/added" || exit 2
cat >"$work/before/jobs.lua" <<END
return jobs {
  records = "records", timer = { calendar = "*-*-* 02:30" },
  notice = { from = "perfeval@example.org", to = "staff@example.org" },
  { name = "one", rules = "$ROOT/rules/2019.lua", seconds = 60, notify = { "always" },
    outputs = { { "out.csv", format = "csv" }, { "out/report.txt", format = "text" } } },
}
END

passed=0 failed=0
while read -r name command; do
    case $name in
    '#'* | '') continue ;;
    esac
    case "|${ONLY:-$name}|" in
    *"|${name%\*}|"* | "|$name|") ;;
    *) continue ;;
    esac
    case $name in
    run-xlsx | template) module=xlsxwrite ;;
    run-from-xlsx) module=office ;;
    run-from-sqlite) module=sqlite ;;
    run-hwpx | run-docx) module=zip ;;
    run-pdf) module=pdf ;;
    history*) module=store ;;
    *) module= ;;
    esac
    [ -z "$module" ] || has "$module" || {
        echo "$name: left out, as the module $module is not built"
        continue
    }
    command=$(printf '%s' "$command" | sed "s|@|$ROOT|g")
    # shellcheck disable=SC2086 # a list of words
    if "$SWEEP" "$PERFEVAL" "$INJECT" "$work/before" "$work/runs" "$name" "${MOST:-8}" "$SEED" \
        "${JOBS:-$(nproc)}" $command; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done <tests/faults/commands >"$work/log"
cat "$work/log"
awk '/ faults / { all += $3; bad += $NF } END { printf "%d faults injected, %d damaged\n", all, bad }' "$work/log"
if [ -z "${ONLY:-}" ]; then
    if sh tests/faults/full.sh "$PLAIN" "$ROOT"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
fi
echo "faults: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
