#!/bin/bash
# What a short run costs: startup.sh [RUNS] [COMMAND...]
# Times COMMAND (the 2019 report as text) and `lua5.4 -e 'print(1)'` in alternation, whole processes; prints the medians
# in milliseconds and the median of the paired ratios. Bash, for a clock that needs no process of its own.
set -u
runs=${1:-51}
shift
[ $# -gt 0 ] || set -- build/perfeval run rules/2019.lua

for ((i = -2; i < runs; i++)); do # two rounds to warm up
    start=${EPOCHREALTIME/./}
    lua5.4 -e 'print(1)' >/dev/null || exit
    middle=${EPOCHREALTIME/./}
    "$@" >/dev/null || exit
    end=${EPOCHREALTIME/./}
    ((i < 0)) || echo "$((middle - start)) $((end - middle))"
done | awk '
    function median(values, n,    i, j, kept) {
        for (i = 2; i <= n; i++) { # few enough to insert
            kept = values[i]
            for (j = i - 1; j > 0 && values[j] > kept; j--) values[j + 1] = values[j]
            values[j + 1] = kept
        }
        return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    { lua[NR] = $1; ours[NR] = $2; ratio[NR] = $2 / $1 }
    END {
        if (!NR) exit 1
        printf "lua5.4 %.2f ms, perfeval %.2f ms, ratio %.2f\n",
            median(lua, NR) / 1000, median(ours, NR) / 1000, median(ratio, NR)
    }'
