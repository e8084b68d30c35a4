#!/bin/sh
# What limits cost: a table of bureaus of ROWS rows, and the report of 2019, with the limits as they are by default
# and with all of them at their widest, in alternation, medians.
#   ROWS (1000000), ORDER, QUOTED, MISSING, SEED, RUNS (21): as compare.sh
set -u
cd "$(dirname "$0")/../.." || exit 2

. tests/bench/data.sh
make_data || exit
wide="--memory-limit 65536 --load-limit 86400 --call-limit 86400 --cpu-limit 86400 --time-limit 86400 --draw-limit 86400
--output-limit 2048 --outputs-limit 65536 --max-file 1048576 --max-rows 1000000000 --max-columns 16384 --max-cell 16777216"
wide=$(echo "$wide" | tr '\n' ' ')
table="--data $data --level bureau --format csv --threads 1"

# compare ROWS COMMAND
compare() {
    "$BUILD/bench/pairs" --runs "${RUNS:-21}" --rows "$1" --outputs "$BUILD/bench" \
        "limits at their widest=exec $PERFEVAL run $2 $wide" "limits by default=exec $PERFEVAL run $2"
}

echo "$rows rows, formulas:"
echo
compare "$rows" "rules/examples/bench.lua $table" || exit
echo
echo "$rows rows, a function in Lua for all rows:"
echo
compare "$rows" "tests/bench/functions/all.lua $table --no-translate" || exit
echo
echo "The report of 2019:"
echo
compare 244 rules/2019.lua
