#!/bin/sh
# Every verdict of a large file against exact rationals (exact.c), and the same bytes whatever way the file is read and
# evaluated; `make bench-exact` runs it.
#   ROWS (1000000), SEED (1), THREADS ("1 2 8"), CPUS ("avx512 avx2 plain")
# The data are those of generate.c with rates on the cut of 80 and beside it, some with quoted names; rows of a project
# together, and shuffled. By formulas the project table is compared project by project, then by its hash: threads,
# processors (--cpu), standard input. Tables by functions in Lua, of bureaus and of projects, translated and not,
# are compared by their hashes. Ends with "exact: N passed, N failed".
set -u
cd "$(dirname "$0")/../.." || exit 2

. tests/bench/data.sh

QUOTED=5 CUT=decimal
table=$BUILD/bench/exact-$rows.out
passed=0 failed=0

judge() {
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# run RULES LEVEL [FLAG...]: the table of the data
run() {
    rules=$1 level=$2
    shift 2
    ${RUNNER:-} "$PERFEVAL" run "$rules" --level "$level" --format csv "$@"
}

# one FROM RULES LEVEL FLAG...: the hash of one way
one() {
    from=$1
    shift
    if [ "$from" = file ]; then run "$@" --data "$data"; else run "$@" --data - <"$data"; fi | sha256sum | cut -c 1-64
}

# try NAME FROM RULES LEVEL FLAG...: is it the wanted hash?
try() {
    name=$1
    shift
    ways=$((ways + 1))
    [ "$(one "$@")" = "$wanted" ] && return
    off=$((off + 1))
    say "$name: other bytes: $*"
}

# same NAME RULES LEVEL [SWITCH]: the first way gives the hash that all others must have
same() {
    run "$2" "$3" --data "$data" >"$table" || return
    wanted=$(sha256sum <"$table" | cut -c 1-64) ways=1 off=0
    for cpu in ${CPUS:-avx512 avx2 plain}; do
        for threads in ${THREADS:-1 2 8}; do
            for switch in "" ${4:-}; do
                # shellcheck disable=SC2086 # none, or one word
                try "$1" file "$2" "$3" --cpu "$cpu" --threads "$threads" $switch
            done
        done
    done
    try "$1" stdin "$2" "$3"
    echo "$1: $ways ways, $off of other bytes (sha256 $(echo "$wanted" | cut -c 1-16))"
    [ $off = 0 ]
}

compare() {
    run rules/examples/bench.lua project --data "$data" >"$table" || return
    found=$("$BUILD/bench/exact" "$data" "$table")
    status=$?
    echo "$ORDER rows: $found"
    return $status
}

for ORDER in grouped shuffled; do
    make_data || exit
    judge compare
    judge same "$ORDER rows, projects by formulas" rules/examples/bench.lua project
    judge same "$ORDER rows, bureaus by formulas" rules/examples/bench.lua bureau
    judge same "$ORDER rows, projects by a function" tests/bench/functions/all.lua project --no-translate
    judge same "$ORDER rows, bureaus by a function" tests/bench/functions/all.lua bureau --no-translate
    judge same "$ORDER rows, bureaus, a function for 1 %" tests/bench/functions/some.lua bureau --no-translate
done
rm -f "$table"
echo "exact: $passed passed, $failed failed"
[ $failed = 0 ]
