#!/bin/sh
# What functions in Lua cost; part of `make bench`. Two tables in Markdown, of a table of bureaus on one thread, in
# alternation: with a function for all rows against two formulas, and with one for 1 % of them against three formulas.
#   ROWS (1000000), ORDER, QUOTED, MISSING, SEED, RUNS: as compare.sh
# "ns a row more" is the CPU time of all processes over that of the formulas, for each row of the data.
set -u
cd "$(dirname "$0")/../.." || exit 2

. tests/bench/data.sh
make_data || exit
rules=tests/bench/functions
how="--data $data --level bureau --format csv --threads 1"

# compare FORMULAS FUNCTION: two rule files
compare() {
    "$BUILD/bench/pairs" --runs "${RUNS:-5}" --rows "$rows" --per-row --outputs "$BUILD/bench" \
        "formulas=exec $PERFEVAL run $1 $how" \
        "translated=exec $PERFEVAL run $2 $how" \
        "by Lua=exec $PERFEVAL run $2 $how --no-translate"
}

echo "A function for all rows:"
echo
compare rules/examples/bench.lua $rules/all.lua || exit
echo
echo "A function for 1 % of the rows:"
echo
compare $rules/formulas.lua $rules/some.lua
