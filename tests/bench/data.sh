# shellcheck shell=sh
# Data of the benchmarks, made once: for scripts that need them (`. tests/bench/data.sh`).
#   BUILD  where the built things are   PERFEVAL: the program   ROWS: of the data, into $rows
BUILD=${BUILD:-build}
PERFEVAL=${PERFEVAL:-$BUILD/perfeval}
rows=${ROWS:-1000000}

say() { printf 'bench: %s\n' "$*" >&2; }

# make_data: the file of $rows, ORDER, QUOTED, MISSING, SEED and CUT, if it is not there yet; its path into $data
make_data() {
    order=${ORDER:-grouped} quoted=${QUOTED:-0} missing=${MISSING:-2} seed=${SEED:-1} cut=${CUT:-whole}
    data=$BUILD/bench/$rows-$order-quoted$quoted-missing$missing-seed$seed-$cut.csv
    [ -n "$(find "$data" -newer "$BUILD/bench/generate" 2>/dev/null)" ] && return
    say "writing $data"
    "$BUILD/bench/generate" "$rows" --seed "$seed" --order "$order" --quoted "$quoted" --missing "$missing" \
        --cut "$cut" >"$data.part" && mv "$data.part" "$data"
}
