#!/bin/sh
# Times perfeval against other programs that make the same table from the same file; `make bench` runs it.
#   ROWS (1000000), ORDER (grouped|shuffled), QUOTED, MISSING (percent), SEED: the data, see generate.c
#   PEERS    "all", or some of: sqlite3 mawk lua5.4 duckdb polars   [those of the first three that are installed]
#   RUNS     runs of each in alternation (5)
#   THREADS  of perfeval   [what it takes itself]
#   FUNCTIONS "no": without the table of functions
# DuckDB and polars come through npm into build/bench/node. Prints a table in Markdown, and that of functions.sh.
set -u
cd "$(dirname "$0")/../.." || exit 2

. tests/bench/data.sh
peers=tests/bench/peers
node=$BUILD/bench/node

# node_package NAME PACKAGE...: are they there, or can npm bring them?
node_package() {
    name=$1
    shift
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        say "$name is left out: it needs node and npm"
        return 1
    fi
    mkdir -p "$node"
    cp "$peers"/*.mjs "$node"
    [ -d "$node/node_modules/$1" ] && return
    [ -f "$node/package.json" ] || echo '{ "private": true }' >"$node/package.json"
    say "npm installs $* into $node"
    if ! (cd "$node" && npm install --silent --no-audit --no-fund "$@" >npm.log 2>&1); then
        say "$name is left out: npm could not install $*; see $node/npm.log"
        return 1
    fi
}

# polars keeps its compiled part in a package of its own for each machine
polars_package() {
    machine=$(node -p 'process.platform + "-" + process.arch' 2>/dev/null)
    case $machine in linux-*) machine=$machine-gnu ;; esac
    node_package polars nodejs-polars "nodejs-polars-$machine"
}

installed() {
    command -v "$1" >/dev/null && return
    say "$1 is left out: it is not installed"
    return 1
}

# command_of PEER: the command into $command; fails when the peer cannot be had
command_of() {
    case $1 in
    sqlite3) installed sqlite3 && command="exec sh $peers/sqlite.sh $data" ;;
    mawk) installed mawk && command="exec mawk -F, -f $peers/table.awk $data" ;;
    lua5.4) installed lua5.4 && command="exec lua5.4 $peers/table.lua $data" ;;
    duckdb) node_package duckdb @duckdb/node-api && command="exec node $node/duckdb.mjs $data $peers/table.sql" ;;
    polars) polars_package && command="exec node $node/polars.mjs $data" ;;
    *)
        say "unknown peer '$1' (sqlite3 mawk lua5.4 duckdb polars, or all)"
        exit 2
        ;;
    esac
}

make_data || exit
ours="exec $PERFEVAL run rules/examples/bench.lua --data $data --level bureau --format csv"
set -- "perfeval=$ours${THREADS:+ --threads $THREADS}"
wanted=${PEERS:-sqlite3 mawk lua5.4}
[ "$wanted" = all ] && wanted="duckdb polars sqlite3 mawk lua5.4"
for peer in $wanted; do
    command_of "$peer" && set -- "$@" "$peer=$command"
done
"$BUILD/bench/pairs" --runs "${RUNS:-5}" --rows "$rows" --outputs "$BUILD/bench" "$@" || exit
[ "${FUNCTIONS:-yes}" = yes ] || exit 0
echo
exec tests/bench/functions.sh
