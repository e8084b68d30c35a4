#!/bin/sh
# Runs the cases: cases.sh [--update] [NAME...], all by default. tests/cases/README.md says how a case looks.
# Environment: BUILD, PERFEVAL and RUNNER as for run.sh; JOBS (how many at a time).
# --update rewrites what the named cases expect, after showing what changes.
set -u
ROOT=$(cd "$(dirname "$0")/.." && pwd)
cd "$ROOT" || exit 2

BUILD=$(cd "${BUILD:-build}" && pwd) || exit 2
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
PERFEVAL=$(cd "$(dirname "$PERFEVAL")" && pwd)/$(basename "$PERFEVAL")
RUNNER=${RUNNER:-}
export BUILD PERFEVAL RUNNER
work=$BUILD/cases
umask 022

# Two users: what they see must not differ.
users="LANG=C.UTF-8 LANG=en_US.UTF-8|LC_ALL=tr_TR.UTF-8|TZ=Asia/Seoul"
# Memory errors are the same for both, and slow to look for.
[ -n "$RUNNER${ASAN_OPTIONS:-}" ] && users=${users%% *}

quote() { printf '%s\n' "$1" | sed 's/[][\.*^$|]/\\&/g'; }

# run_case NAME USER: leaves status, stdout, stderr and files in $work/NAME
run_case() {
    here=$work/$1
    rm -rf "$here"
    mkdir -p "$here" && cp -R "tests/cases/$1" "$here/cwd" || return
    (
        cd "$here/cwd" || exit
        user=$2
        IFS='|'
        # shellcheck disable=SC2016,SC2086 # expanded by the inner shell; a list of assignments
        timeout -k 5 "${TIMEOUT:-600}" env -i PATH="$PATH" HOME=/nonexistent ROOT="$ROOT" \
            ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} ${LSAN_OPTIONS:+"LSAN_OPTIONS=$LSAN_OPTIONS"} \
            ${UBSAN_OPTIONS:+"UBSAN_OPTIONS=$UBSAN_OPTIONS"} $user \
            sh -c 'program=$1 runner=$2; perfeval() { $runner "$program" "$@"; }; . ./cmd' \
            sh "$PERFEVAL" "$RUNNER" >"$here/stdout.raw" 2>"$here/stderr.raw" </dev/null
        echo $? >"$here/status"
    )
    places="s|$(quote "$here/cwd")|\$PWD|g;s|$(quote "$ROOT")|\$ROOT|g"
    LC_ALL=C sed "$places" "$here/stdout.raw" >"$here/stdout"
    LC_ALL=C sed "$places" "$here/stderr.raw" >"$here/stderr"
}

# differ EXPECTED ACTUAL: prints how; a missing EXPECTED is an empty one
differ() {
    expected=$1
    [ -e "$expected" ] || expected=/dev/null
    cmp -s "$expected" "$2" && return 1
    diff -u --label "expected $1" --label "actual $1" "$expected" "$2" || :
}

# compare NAME: prints every difference between what run_case left and what is expected
compare() {
    case=tests/cases/$1 here=$work/$1
    wanted=0
    [ -e "$case/status" ] && read -r wanted <"$case/status"
    read -r status <"$here/status"
    [ "$status" = "$wanted" ] || echo "exit status $status, expected $wanted"
    differ "$case/stdout" "$here/stdout"
    differ "$case/stderr" "$here/stderr"
    if [ -d "$case/files" ]; then
        (cd "$case/files" && find . -type f | sort) | while read -r file; do
            if [ -e "$here/cwd/$file" ]; then
                differ "$case/files/${file#./}" "$here/cwd/$file"
            else
                echo "file not written: ${file#./}"
            fi
        done
    fi
    if [ -e "$case/absent" ]; then
        while read -r file; do
            [ -e "$here/cwd/$file" ] && echo "file must not exist: $file"
        done <"$case/absent"
    fi
}

check() {
    for user in $users; do
        run_case "$1" "$user" || echo "cannot set up the case"
        compare "$1" >"$work/$1/differences"
        if [ -s "$work/$1/differences" ]; then
            echo "as $user:" | tr '|' ' ' >"$work/$1/failed"
            return
        fi
    done
}

# keep EXPECTED ACTUAL: an empty one needs no file
keep() {
    if [ -s "$2" ]; then cp "$2" "$1"; else rm -f "$1"; fi
}

update() {
    case=tests/cases/$1 here=$work/$1
    run_case "$1" "${users%% *}"
    compare "$1"
    keep "$case/stdout" "$here/stdout"
    keep "$case/stderr" "$here/stderr"
    read -r status <"$here/status"
    if [ "$status" = 0 ]; then rm -f "$case/status"; else echo "$status" >"$case/status"; fi
    [ -d "$case/files" ] || return
    (cd "$case/files" && find . -type f) | while read -r file; do
        cp "$here/cwd/$file" "$case/files/$file"
    done
}

if [ "${1:-}" = --check ]; then
    shift
    for name in "$@"; do check "$name"; done
    exit
fi

update=
if [ "${1:-}" = --update ]; then
    update=yes
    shift
    if [ $# = 0 ]; then
        echo "cases.sh: --update needs the names of cases" >&2
        exit 2
    fi
fi

if [ $# = 0 ]; then
    for cmd in tests/cases/*/cmd; do
        [ -e "$cmd" ] || continue
        name=${cmd%/cmd}
        [ -n "$RUNNER" ] && [ -e "$name/slow" ] && continue
        set -- "$@" "${name##*/}"
    done
fi
for name in "$@"; do
    [ -e "tests/cases/$name/cmd" ] && continue
    echo "cases.sh: no such case: $name" >&2
    exit 2
done
if [ -n "$update" ]; then
    for name in "$@"; do update "$name"; done
fi

if [ $# -gt 0 ]; then
    printf '%s\n' "$@" | xargs -n 4 -P "${JOBS:-$(nproc)}" tests/cases.sh --check
fi
passed=0 failed=0
for name in "$@"; do
    if [ -e "$work/$name/differences" ] && ! [ -e "$work/$name/failed" ]; then
        passed=$((passed + 1))
        continue
    fi
    failed=$((failed + 1))
    echo "FAILED tests/cases/$name"
    cat "$work/$name/failed" "$work/$name/differences"
done
echo "cases: $passed passed, $failed failed"
[ $failed = 0 ]
