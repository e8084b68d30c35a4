#!/bin/sh
# Times what asking again costs over rows that are in memory; `make bench` runs it after compare.sh. `perfeval sweep`
# runs with one value of a parameter and with eleven that lie close together: the difference is ten further passes.
#   ROWS (1000000), SEED: the data, rows grouped, see generate.c; DATA: a file of its own
#   PEERS    with duckdb in it, or "all": its query on a table that it has loaded, once and eleven times
#   RUNS     runs of each in alternation (5)
# First the counts of a sweep must be those of a run with that value. Prints a table in Markdown.
set -u
cd "$(dirname "$0")/../.." || exit 2

BUILD=${BUILD:-build}
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
rules=tests/bench/held.lua
node=$BUILD/bench/node
rows=${ROWS:-1000000}

fail() {
    printf 'held: %s\n' "$*" >&2
    exit 1
}

if [ -n "${DATA:-}" ]; then
    data=$DATA rows=$(($(wc -l <"$DATA") - 1))
else
    . tests/bench/data.sh
    ORDER=grouped make_data || fail "no data"
fi

# check NAME VALUE: sluggish and normal, by a sweep and by a run
check() {
    swept=$("$PERFEVAL" sweep $rules --data "$data" --param "$1=$2..$2:1" --lang en |
        awk 'NR == 2 { print $2, $3 }') || exit
    ran=$("$PERFEVAL" run $rules --data "$data" --set "$1=$2" --level bureau --format csv |
        awk -F, 'NR > 1 { normal += $(NF - 2); sluggish += $(NF - 1) } END { print sluggish, normal }') || exit
    [ "${ran:-none}" = "$swept" ] || fail "$1 = $2: the sweep counts '$swept', the run '$ran'"
}

# sweep NAME FIRST LAST: the command; eleven values from FIRST to LAST, or one
sweep() { echo "exec $PERFEVAL sweep $rules --data $data --param $1=$2..$3:0.000000001"; }

check mirror 2
check mirror 2.003
check cut 80
check cut 85.5
set -- "formula-1=$(sweep mirror 2.003 2.003)" "formula-11=$(sweep mirror 2.003 2.00300001)" \
    "cut-1=$(sweep cut 80.003 80.003)" "cut-11=$(sweep cut 80.003 80.00300001)"
case " ${PEERS:-} " in
*" duckdb "* | *" all "*)
    if [ -d "$node/node_modules/@duckdb" ]; then
        query="exec node $node/duckdb.mjs $data tests/bench/peers/table.sql"
        set -- "$@" "duckdb-1=$query 1" "duckdb-11=$query 11"
    fi
    ;;
esac

"$BUILD/bench/pairs" --counts --runs "${RUNS:-5}" --outputs "$BUILD/bench" "$@" >"$BUILD/bench/held.counts" || exit
awk -v rows="$rows" '
    { split($1, name, "-"); wall[name[1], name[2]] = $2; cpu[name[1], name[2]] = $3; peak[$1] = $4 }
    name[2] == 1 { order[++count] = name[1] }
    END {
        said["formula"] = "perfeval, a parameter of a formula"
        said["cut"] = "perfeval, a parameter of a cut"
        said["duckdb"] = "DuckDB, its query on its own table"
        print "| asked again | wall ms | CPU ms | CPU ns a row | peak MiB |"
        print "| --- | ---: | ---: | ---: | ---: |"
        for (i = 1; i <= count; i++) {
            kind = order[i]
            c = (cpu[kind, 11] - cpu[kind, 1]) / 10
            printf "| %s | %.1f | %.1f | %.1f | %.0f |\n", said[kind], (wall[kind, 11] - wall[kind, 1]) / 10, c,
                c * 1e6 / rows, peak[kind "-11"] / 1024
        }
    }' "$BUILD/bench/held.counts"
