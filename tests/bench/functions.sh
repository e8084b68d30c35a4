#!/bin/sh
# What functions in Lua cost; part of `make bench`. A table of bureaus by formulas, with a function for 1 % of the rows,
# and with one for all of them, translated and not, on one thread; in alternation.
#   ROWS (1000000), ORDER, QUOTED, MISSING, SEED, RUNS: as compare.sh
# Prints a table in Markdown: CPU time over that of the formulas, in ns a row of the data, is what the functions cost
# more than the formulas in their place.
set -u
cd "$(dirname "$0")/../.." || exit 2

BUILD=${BUILD:-build}
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
. tests/bench/data.sh

rows=${ROWS:-1000000}
make_data || exit
rules=tests/bench/functions
how="--data $data --level bureau --format csv --threads 1"
exec "$BUILD/bench/pairs" --runs "${RUNS:-5}" --rows "$rows" --per-row --outputs "$BUILD/bench" \
    "formulas=exec $PERFEVAL run $rules/formulas.lua $how" \
    "1 %, translated=exec $PERFEVAL run $rules/some.lua $how" \
    "1 %, by Lua=exec $PERFEVAL run $rules/some.lua $how --no-translate" \
    "all, translated=exec $PERFEVAL run $rules/all.lua $how" \
    "all, by Lua=exec $PERFEVAL run $rules/all.lua $how --no-translate"
