#!/bin/sh
# Searches with what `make fuzz-targets` has built: run.sh SECONDS TARGET...
#   BUILD  where the built things are (build/fuzz); what was found stays there, under corpus/ and found/
#   JOBS   how many targets at a time (as many as there are processors)
# Ends with "N passed, N failed": one for each target.
set -u
cd "$(dirname "$0")/../.." || exit 2

BUILD=${BUILD:-build/fuzz}
export BUILD

# cpu_seconds FILE: of all children, user and system, from what `times` wrote ("0m1.23s 0m0.45s")
cpu_seconds() { tail -n 1 "$1" | tr 'ms' '  ' | awk '{ printf "%.0f", 60 * ($1 + $3) + $2 + $4 }'; }

# search SECONDS TARGET: one line of what was done; what the target said is in $BUILD/logs
search() {
    corpus=$BUILD/corpus/$2 found=$BUILD/found/$2- log=$BUILD/logs/$2
    mkdir -p "$corpus" "$BUILD/found" "$BUILD/logs"
    set -- "$1" "$2" -max_total_time="$1" -timeout=5 -rss_limit_mb=1024 -max_len=8192 -print_final_stats=1
    [ -e "tests/fuzz/$2.dict" ] && set -- "$@" -dict="tests/fuzz/$2.dict"
    name=$2
    shift 2
    # shellcheck disable=SC2046 # a list of folders
    # Leaks are looked for over the seeds only (make asan): here each looks costs too much.
    ASAN_OPTIONS=detect_leaks=0 "$BUILD/tests/fuzz_$name" "$@" -artifact_prefix="$found" \
        "$corpus" $(tests/fuzz/seeds.sh "$name") >"$log" 2>&1
    status=$?
    times >"$log.times"
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    printf '%-12s %9s inputs, %5s edges, %4s s of CPU, exit status %s\n' \
        "$name" "${runs:-?}" "${coverage:-?}" "$(cpu_seconds "$log.times")" "$status"
    [ "$status" = 0 ] && return
    tail -n 40 "$log"
    return 1
}

if [ "$1" = --one ]; then
    search "$2" "$3" >"$BUILD/result.$3"
    echo $? >"$BUILD/status.$3"
    exit 0
fi

seconds=$1
shift
mkdir -p "$BUILD"
printf '%s\n' "$@" | xargs -n 1 -P "${JOBS:-$(nproc)}" tests/fuzz/run.sh --one "$seconds"
passed=0 failed=0
for target in "$@"; do
    cat "$BUILD/result.$target"
    if [ "$(cat "$BUILD/status.$target")" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
