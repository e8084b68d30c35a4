#!/bin/sh
# Counts what one more row costs, in numbers that hardly depend on the machine, and holds them against the file limits;
# `make bench-counts` runs it. Two sizes of a file are counted and the difference is divided by the rows between them,
# so that what a run costs at all is not in it.
#   UPDATE=yes  writes what was counted into the file limits; its margins stay
# Of a short run, the report of 2019 as text, all instructions count: those of its confined processes too.
#   COUNTED     the program that is counted: built for valgrind, and optimised; COUNTED-whole lets its children be
#               counted (tests/counted.c)   PERFEVAL: the one whose memory is measured
set -u
cd "$(dirname "$0")/../.." || exit 2

BUILD=${BUILD:-build}
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
limits=tests/bench/limits
work=$BUILD/bench
small=10000 large=30000             # rows under callgrind
# Memory grows in steps: sizes far apart, so that a step more or less is little of the difference.
memory_small=100000 memory_large=1000000

fail() {
    printf 'counts: %s\n' "$*" >&2
    exit 1
}

# data_of ROWS ORDER: the file of these, into $data
data_of() {
    data=$work/counts-$1-$2.csv
    [ -n "$(find "$data" -newer "$work/generate" 2>/dev/null)" ] && return
    "$work/generate" "$1" --order "$2" >"$data" || fail "no data"
}

# rules_of OUTPUT: the rule file; functions: one that gives all rows their rates, and is translated
rules_of() {
    case $1 in
    functions) echo tests/bench/functions/all.lua ;;
    *) echo rules/examples/bench.lua ;;
    esac
}

# arguments_of OUTPUT: of the program, after the data
arguments_of() {
    case $1 in
    bureau | functions) echo "--level bureau --format csv --threads 1" ;;
    project) echo "--level project --format csv --threads 1" ;;
    rows) echo "--format csv --threads 1" ;;
    esac
}

# For awk: `called`, the function whose call the next line counts. A name stands in full the first time and by its
# number later; a call's line follows the name of what is called.
# shellcheck disable=SC2016 # awk's
called='
    /^cfn=/ {
        number = $1
        sub(/^cfn=/, "", number)
        if (NF > 1) name[FILENAME, number] = $2
        called = name[FILENAME, number]
    }
    /^fn=/ && NF > 1 { number = $1; sub(/^fn=/, "", number); name[FILENAME, number] = $2 }
'

# cost ROWS ORDER OUTPUT: "instructions allocations" of one run, without its confined process, which sees no rows here
cost() {
    data_of "$1" "$2"
    rm -f "$work"/callgrind.*
    # shellcheck disable=SC2046 # words
    valgrind -q --tool=callgrind --callgrind-out-file="$work/callgrind.%p" "$COUNTED" run "$(rules_of "$3")" \
        --data "$data" $(arguments_of "$3") >"$work/counts.out" 2>"$work/counts.err" || {
        cat "$work/counts.err" >&2
        fail "the run under callgrind failed"
    }
    awk "$called"'
        /^calls=/ && called ~ /^(malloc|calloc|realloc|aligned_alloc|posix_memalign|memalign)$/ {
            sub(/^calls=/, "", $1)
            allocations += $1
        }
        /^totals:/ { instructions += $2 }
        END { printf "%d %d\n", instructions, allocations }' "$work"/callgrind.*
}

# report: instructions of all processes of the report of 2019. What a forked process has from its parent is in its
# count: only what it runs itself is added.
report() {
    rm -f "$work"/callgrind.*
    valgrind -q --tool=callgrind --callgrind-out-file="$work/callgrind.%p" "$COUNTED-whole" run rules/2019.lua \
        >"$work/counts.out" 2>"$work/counts.err" || {
        cat "$work/counts.err" >&2
        fail "the report under callgrind failed"
    }
    awk "$called"'
        own { child[FILENAME] += $2; own = 0 }
        /^calls=/ { own = called == "worker_run_child" }
        /^totals:/ { total[FILENAME] = $2 }
        END {
            for (file in total) {
                processes++
                instructions += file in child ? child[file] : total[file]
            }
            if (processes != 3) exit 1
            printf "%d", instructions
        }' "$work"/callgrind.* || fail "not all processes of the report were counted"
}

# per_row ROWS_A COST_A ROWS_B COST_B
per_row() {
    awk -v a="$1" -v x="$2" -v b="$3" -v y="$4" 'BEGIN { printf "%.3f", (y - x) / (b - a) }'
}

# peak ROWS ORDER OUTPUT: bytes of the largest process of one run
peak() {
    data_of "$1" "$2"
    line=$("$work/pairs" --counts --runs 1 --outputs "$work" \
        "peak=exec $PERFEVAL run $(rules_of "$3") --data $data $(arguments_of "$3")") || exit
    echo "$line" | awk '{ printf "%d", $4 * 1024 }'
}

# count ORDER OUTPUT: three lines "NAME VALUE"
count() {
    few=$(cost $small "$1" "$2") && many=$(cost $large "$1" "$2") || return
    low=$(peak $memory_small "$1" "$2") && high=$(peak $memory_large "$1" "$2") || return
    echo "$1-$2-instructions-per-row $(per_row $small "${few% *}" $large "${many% *}")"
    echo "$1-$2-allocations-per-row $(per_row $small "${few#* }" $large "${many#* }")"
    echo "$1-$2-bytes-per-row $(per_row $memory_small "$low" $memory_large "$high")"
}

# update: the values of the file become the counted ones
update() {
    awk 'NR == FNR { value[$1] = $2; next }
        /^#/ || !($1 in value) { print; next }
        { printf "%-42s %10s %10s\n", $1, value[$1], $3 }' "$work/counts" $limits >"$work/limits" &&
        cat "$work/limits" >$limits
}

# check: every count against its line; a count without a line, or the other way round, is a fault too
check() {
    awk -v file=$limits '
        /^#/ { next }
        NR == FNR { value[$1] = $2; next }
        !($1 in value) || value[$1] !~ /^-?[0-9.]+$/ {
            printf "FAILED %s: stands in %s and is not counted\n", $1, file
            failed++
            known[$1]
            next
        }
        {
            verdict = value[$1] > $2 + $3 ? "FAILED" : value[$1] < $2 - $3 ? "better" : "ok"
            printf "%-6s %-42s %10s (%s + %s)\n", verdict, $1, value[$1], $2, $3
            if (verdict == "FAILED") failed++
            if (verdict == "better") better++
            passed += verdict != "FAILED"
            known[$1]
        }
        END {
            for (name in value) if (!(name in known)) {
                printf "FAILED %s: is counted and does not stand in %s\n", name, file
                failed++
            }
            if (failed) printf "A row costs more than it did. If that is meant: make bench-counts UPDATE=yes, and commit %s.\n", file
            else if (better) printf "A row costs less than it did: make bench-counts UPDATE=yes holds it there.\n"
            printf "%d passed, %d failed\n", passed, failed
            exit failed != 0
        }' "$work/counts" $limits
}

counts_of_all() {
    for kind in "grouped bureau" "grouped project" "grouped functions" "shuffled bureau" "grouped rows"; do
        # shellcheck disable=SC2086 # two words
        count $kind || exit
    done
    instructions=$(report) || return
    echo "report-2019-thousand-instructions $((instructions / 1000))"
}

counts_of_all >"$work/counts" || exit
[ "${UPDATE:-}" = yes ] && update
check
