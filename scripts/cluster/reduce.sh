#!/bin/sh
# The reducer of a stdin/stdout engine: rows as map.awk wrote them, those of a project together, to a part of the table.
#   reduce.sh RULES HEADING [flags of run] <rows >part      HEADING: the line of names of the data
# A reducer that got no rows writes nothing.
set -eu
[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
rules=$1 heading=$2
shift 2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
{ printf '%s\n' "$heading"; cut -f2-; } >"$rows"
[ "$(wc -l <"$rows")" -gt 1 ] || exit 0
"${PERFEVAL:-perfeval}" run "$rules" --data "$rows" --partial --threads 1 "$@"
