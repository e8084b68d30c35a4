#!/bin/sh
# Times `perfeval check` and `run --format json` with a large rule set over the data of 2019; `make bench-stress`.
# The goal is under 50 ms each.   RUNS: runs of each in alternation (15)
set -u
cd "$(dirname "$0")/../.." || exit 2

BUILD=${BUILD:-build}
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
rules=tests/bench/stress.lua

exec "$BUILD/bench/pairs" --runs "${RUNS:-15}" --outputs "$BUILD/bench" \
    "check=exec $PERFEVAL check $rules 2>&1" "run=exec $PERFEVAL run $rules --format json" \
    "run-2019=exec $PERFEVAL run rules/2019.lua --format json"
