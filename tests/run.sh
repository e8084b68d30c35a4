#!/bin/sh
# Runs what `make test` has built: run.sh [KIND...], all kinds by default.
#   BUILD        where the built things are (build)
#   PERFEVAL     the program under test ($BUILD/perfeval)
#   RUNNER       prefix for the unit tests and the program, e.g. "valgrind -q"
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
log=$BUILD/tests/log
mkdir -p "$BUILD/tests"

all_passed=0 all_failed=0
summary='/^[a-z]+: [0-9]+ passed, [0-9]+ failed$/ { ok = $2; bad = $4 }'

# test_one NAME COUNTER COMMAND...: COUNTER (an awk program) reads "passed failed" from the output.
# A program that fails, or runs nothing, is a failure whatever it counts itself.
test_one() {
    name=$1 counter=$2
    shift 2
    "$@" >"$log" 2>&1 </dev/null
    status=$?
    # shellcheck disable=SC2046 # two numbers
    set -- $(awk "$counter END { print ok + 0, bad + 0 }" "$log")
    ok=$1 bad=$2
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
        bad=1
    fi
    if [ "$bad" -gt 0 ]; then
        printf -- '--- %s (exit status %s)\n' "$name" "$status"
        cat "$log"
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
}

run_lua() {
    if [ -n "${LUA_PRELOAD:-}" ]; then
        # lua5.4 and the shell leak by design; the program that the tests start is still checked.
        env RUNNER="env -u LD_PRELOAD ASAN_OPTIONS=${ASAN_OPTIONS:-} $RUNNER" \
            LD_PRELOAD="$LUA_PRELOAD" ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" lua5.4 "$@"
    else
        lua5.4 "$@"
    fi
}

test_floors() {
    test_one floors '/^floors: ok/ { ok++ }' tests/floors.sh
}

test_unit() {
    export CMOCKA_MESSAGE_OUTPUT=STDOUT
    for source in tests/unit/test_*.c; do
        [ -e "$source" ] || continue
        # shellcheck disable=SC2086 # RUNNER is a list of words
        test_one "$source" '
            /^\[  PASSED  \] [0-9]+ test/ { ok += $4 }
            /^\[  FAILED  \] [0-9]+ test/ { bad += $4 }' \
            $RUNNER "$BUILD/tests/$(basename "$source" .c)"
    done
}

test_lua() {
    export LUA_PATH="tests/lua/?.lua;/usr/share/lua/5.4/?.lua;;" LUA_CPATH="$BUILD/tests/?.so;;"
    export LUAUNIT_OUTPUT=text
    for source in tests/lua/test_*.lua; do
        [ -e "$source" ] || continue
        test_one "$source" '
            /^Ran [0-9]+ tests in / {
                for (i = 6; i < NF; i++) {
                    if ($(i + 1) ~ /^success/) ok += $i
                    if ($(i + 1) ~ /^(failure|error)/) bad += $i
                }
            }' run_lua "$source"
    done
}

test_cases() {
    test_one cases "$summary" tests/cases.sh
}

# The data set against the printed report it was typed from, where that file is at hand.
test_transcription() {
    report=../shared/origin/2019_status_report.txt
    [ -e tests/transcription.lua ] && [ -e "$report" ] || return 0
    test_one transcription "$summary" lua5.4 tests/transcription.lua "$report"
}

[ $# -gt 0 ] || set -- floors unit lua cases transcription
for kind in "$@"; do
    passed=0 failed=0
    case $kind in
    floors | unit | lua | cases | transcription) "test_$kind" ;;
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
