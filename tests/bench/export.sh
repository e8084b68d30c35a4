#!/bin/sh
# Times results of every row as CSV and JSON lines; part of `make bench`. In alternation: the table of bureaus (what
# reading and judging cost without output), every row to /dev/null and into a file, and `cat` of the same bytes into a
# file.
#   ROWS (1000000), ORDER, QUOTED, MISSING, SEED, RUNS, THREADS: as compare.sh
# Prints a table in Markdown; `x table` is the median, over the rounds, of the wall time over that of the table.
set -u
cd "$(dirname "$0")/../.." || exit 2

. tests/bench/data.sh
make_data || exit
run="exec $PERFEVAL run rules/examples/bench.lua --data $data${THREADS:+ --threads $THREADS}"
copies=$BUILD/bench/copies
mkdir -p "$copies" || exit
trap 'rm -rf "$copies"' EXIT
for format in csv jsonl; do
    sh -c "$run --format $format" >"$copies/$format" || exit
    [ "$(grep -c '' "$copies/$format")" -ge "$rows" ] || {
        say "$format: fewer lines than rows"
        exit 1
    }
done

"$BUILD/bench/pairs" --runs "${RUNS:-5}" --outputs "$copies" \
    "table=$run --level bureau --format csv" \
    "CSV, thrown away=$run --format csv" \
    "JSON lines, thrown away=$run --format jsonl" \
    "CSV into a file=$run --format csv >$copies/csv.written" \
    "cat of that CSV into a file=exec cat $copies/csv >$copies/csv.copied" \
    "JSON lines into a file=$run --format jsonl >$copies/jsonl.written" \
    "cat of those JSON lines into a file=exec cat $copies/jsonl >$copies/jsonl.copied" || exit
cmp "$copies/csv" "$copies/csv.written" && cmp "$copies/jsonl" "$copies/jsonl.written"
