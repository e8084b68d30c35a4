#!/bin/sh
# Runs what `make test` has built: run.sh [KIND...], all kinds by default.
#   BUILD        where the built things are (build)
#   JOBS         how many files of tests at a time (as many as there are processors)
#   PERFEVAL     the program under test ($BUILD/perfeval)
#   RUNNER       prefix for the unit tests and the program, e.g. "valgrind -q"
#   HARDENED     what tests/hardening.sh looks at; empty: a build that is not hardened
#   STAGED       prefix of the tree that `make install` made for the tests ($BUILD/tests/root/usr/local)
#   LUA_PRELOAD  library that stock lua5.4 must load first: the sanitizer's
# Ends with "N passed, N failed"; fails when a test failed or none ran.
# shellcheck disable=SC2016 # awk programs
set -u
cd "$(dirname "$0")/.." || exit 2

BUILD=$(cd "${BUILD:-build}" && pwd) || exit 2
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
PERFEVAL=$(cd "$(dirname "$PERFEVAL")" && pwd)/$(basename "$PERFEVAL")
RUNNER=${RUNNER:-}
export BUILD PERFEVAL RUNNER
logs=$BUILD/tests/logs
mkdir -p "$logs"

all_passed=0 all_failed=0

# Programs that read "passed failed" from what a test printed.
summary='/^[a-z]+: [0-9]+ passed, [0-9]+ failed$/ { ok = $2; bad = $4 }'
count_unit='/^\[  PASSED  \] [0-9]+ test/ { ok += $4 } /^\[  FAILED  \] [0-9]+ test/ { bad += $4 }'
count_lua='/^Ran [0-9]+ tests in / {
    for (i = 6; i < NF; i++) {
        if ($(i + 1) ~ /^success/) ok += $i
        if ($(i + 1) ~ /^(failure|error)/) bad += $i
    }
}'

run_lua() {
    export LUA_PATH="tests/lua/?.lua;/usr/share/lua/5.4/?.lua;;" LUA_CPATH="$BUILD/tests/?.so;;"
    export LUAUNIT_OUTPUT=text
    # the library as it is installed, for the module of stock Lua
    export STAGED="${STAGED:-$BUILD/tests/root/usr/local}"
    export LD_LIBRARY_PATH="$STAGED/lib"
    if [ -z "${LUA_PRELOAD:-}" ]; then
        lua5.4 "$@"
    elif grep -qE 'require\("(perfeval|perfeval_engine|script_host)"\)' "$1"; then
        # lua5.4 and the shell leak by design; the program that the tests start is still checked.
        env RUNNER="env -u LD_PRELOAD ASAN_OPTIONS=${ASAN_OPTIONS:-} $RUNNER" \
            LD_PRELOAD="$LUA_PRELOAD" ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" lua5.4 "$@"
    else
        # nothing of ours is loaded into it, and every shell it starts would load the sanitizer too
        env RUNNER="env $RUNNER" lua5.4 "$@"
    fi
}

# run_source SOURCE: one file of tests; what it prints and its status go to $logs
run_source() {
    log=$logs/${1##*/}
    case $1 in
    *.c)
        # shellcheck disable=SC2086 # RUNNER is a list of words
        CMOCKA_MESSAGE_OUTPUT=STDOUT $RUNNER "$BUILD/tests/$(basename "$1" .c)"
        ;;
    *) run_lua "$1" ;;
    esac >"$log" 2>&1 </dev/null
    echo $? >"$log.status"
}

# count NAME LOG STATUS COUNTER: adds up. A program that fails, or runs nothing, is a failure
# whatever it counts itself.
count() {
    name=$1 log=$2 status=$3
    # shellcheck disable=SC2046 # two numbers
    set -- $(awk "$4 END { print ok + 0, bad + 0 }" "$log")
    ok=$1 bad=$2
    if [ "$bad" -eq 0 ] && { [ "$status" != 0 ] || [ "$ok" -eq 0 ]; }; then
        bad=1
    fi
    if [ "$bad" -gt 0 ]; then
        printf -- '--- %s (exit status %s)\n' "$name" "$status"
        cat "$log"
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
}

# test_sources COUNTER SOURCE...: JOBS at a time, the largest first, as those take longest
test_sources() {
    counter=$1
    shift
    for source in "$@"; do rm -f "$logs/${source##*/}.status"; done
    # shellcheck disable=SC2011,SC2012 # names without blanks
    ls -S "$@" | xargs -n 1 -P "${JOBS:-$(nproc)}" tests/run.sh --source
    for source in "$@"; do
        status=none
        [ -e "$logs/${source##*/}.status" ] && read -r status <"$logs/${source##*/}.status"
        count "$source" "$logs/${source##*/}" "$status" "$counter"
    done
}

# test_program NAME COUNTER COMMAND...
test_program() {
    name=$1 counter=$2
    shift 2
    "$@" >"$logs/$name" 2>&1 </dev/null
    count "$name" "$logs/$name" $? "$counter"
}

# shellcheck disable=SC2086 # a list of files
test_hardening() { [ -z "${HARDENED:-}" ] || test_program hardening "$summary" tests/hardening.sh $HARDENED; }
test_floors() { test_program floors '/^floors: ok/ { ok++ }' tests/floors.sh; }
test_unit() { test_sources "$count_unit" tests/unit/test_*.c; }
test_lua() { test_sources "$count_lua" tests/lua/test_*.lua; }
# A few faults of a few commands; `make test-faults` tries more. Not where the allocator is a sanitizer's.
test_faults() {
    [ -e "$BUILD/faults/inject.so" ] || return 0
    test_program faults "$summary" env MOST=1 ONLY='run-output|run-functions|run-large|run-xlsx|run-pdf|test-update|batch|history-add|new|help' tests/faults.sh
}
# Each seed is a test: the last one named by a target that fails is the one it failed on.
test_fuzz() {
    for program in "$BUILD"/tests/fuzz_*; do
        name=$(basename "$program")
        case $name in *.d) continue ;; esac
        # shellcheck disable=SC2046,SC2086 # lists of words
        test_program "$name" '/^replayed [0-9]+/ { ok = $2 }' \
            $RUNNER "$program" $(tests/fuzz/seeds.sh "${name#fuzz_}")
    done
}
# 10,000 rows; `make bench-exact` takes more.
test_exact() { test_program exact "$summary" env ROWS=10000 THREADS=2 CPUS=plain tests/bench/exact.sh; }
test_cases() { test_program cases "$summary" tests/cases.sh; }

# The data set against the printed report it was typed from, where that file is at hand.
test_transcription() {
    report=../shared/origin/2019_status_report.txt
    [ -e tests/transcription.lua ] && [ -e "$report" ] || return 0
    test_program transcription "$summary" lua5.4 tests/transcription.lua "$report"
}

if [ "${1:-}" = --source ]; then
    run_source "$2"
    exit
fi

[ $# -gt 0 ] || set -- floors hardening unit fuzz lua cases exact faults transcription
for kind in "$@"; do
    passed=0 failed=0
    case $kind in
    floors | hardening | unit | fuzz | lua | cases | exact | faults | transcription) "test_$kind" ;;
    *)
        echo "run.sh: unknown kind '$kind'" >&2
        exit 2
        ;;
    esac
    printf '%-14s %d passed, %d failed\n' "$kind:" "$passed" "$failed"
    all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed))
done

echo "$all_passed passed, $all_failed failed"
[ "$all_failed" -eq 0 ] && [ "$all_passed" -gt 0 ]
