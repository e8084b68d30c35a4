#!/bin/sh
# One evaluation in N processes, by GNU parallel: parallel.sh RULES N OUTPUT [flags of run].
# Flags name the table (--level, --format) and what else the run needs (--data, --set, …); with PARALLEL_SSHLOGINS=FILE
# the parts are made on the machines that FILE lists, which see the same folder. A part that was made already is kept:
# started again after a breakdown, only what is missing is made.
set -eu
[ $# -ge 3 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 64; }
rules=$1 parts=$2 output=$3
shift 3
perfeval=${PERFEVAL:-perfeval}
folder=${PARTS:-$output.parts}
mkdir -p "$folder"
login=${PARALLEL_SSHLOGINS:+--sshloginfile $PARALLEL_SSHLOGINS --workdir $PWD}
# shellcheck disable=SC2016,SC2086 # a program for another shell; words of $login
seq "$parts" | parallel --will-cite --quote --halt soon,fail=1 --retries 3 $login \
	sh -c 'test -e "$1" || { one=$1; shift; exec "$@" -o "$one"; }' part "$folder/{}.part" \
	"$perfeval" run "$rules" --partial --partition "{}/$parts" --threads 1 "$@"
seq "$parts" | sed "s|.*|$folder/&.part|" | xargs "$perfeval" merge -o "$output"
