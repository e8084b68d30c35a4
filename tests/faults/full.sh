#!/bin/sh
# A disk that is really full: a file system of 256 KiB in memory, filled up to some free pages; full.sh PROGRAM ROOT
# Each output ends with exit code 5 and leaves the old file as it was, or is written whole. Needs root; says so where it cannot.
set -u
PROGRAM=$1 ROOT=$2
disk=$(mktemp -d) || exit 2
if ! mount -t tmpfs -o size=256k perfeval-faults "$disk" 2>/dev/null; then
    rmdir "$disk"
    echo "full disk: left out, as no file system can be mounted here"
    exit 0
fi
trap 'umount "$disk"; rmdir "$disk"' EXIT

runs=0 refused=0 damaged=0
for format in text markdown csv json; do
    for free in 0 1 2 4 8 16 32 60; do
        rm -f "$disk"/* "$disk"/.[!.]*
        echo "what an earlier run has left" >"$disk/out"
        # one page is the file that is there
        dd if=/dev/zero of="$disk/filler" bs=4k count=$((63 - free)) status=none
        "$PROGRAM" run "$ROOT/rules/2019.lua" --format "$format" -o "$disk/out" 2>"$disk.messages"
        status=$?
        runs=$((runs + 1))
        left=$(find "$disk" -name '.*.perfeval-*' | wc -l)
        if [ $status = 5 ] && [ "$(cat "$disk/out")" = "what an earlier run has left" ] && [ "$left" = 0 ] &&
            grep -q 'No space left on device' "$disk.messages"; then
            refused=$((refused + 1))
        elif [ $status != 0 ] || [ "$left" != 0 ] ||
            ! "$PROGRAM" run "$ROOT/rules/2019.lua" --format "$format" | cmp -s - "$disk/out"; then
            damaged=$((damaged + 1))
            echo "full disk: $format with $free free pages: exit code $status"
            cat "$disk.messages"
        fi
    done
done
rm -f "$disk.messages"
echo "full disk          runs $runs, refused $refused, damaged $damaged"
[ $damaged = 0 ] && [ $refused -gt 0 ]
