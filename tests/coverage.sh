#!/bin/sh
# The lines and branches of engine/ that the tests of `make coverage` ran, floor by floor: coverage.sh
#   BUILD  where the built things are (build/coverage)
# Names the files that are furthest below their floor's goal. Fails when a floor is below it: 95 percent of the lines of
# base and model, 85 of the others.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/coverage}
GCOV=${GCOV:-gcov}

# A room that tests include with other constants was built several times: a line that ran in one of them ran. The same
# holds for its branches, counted in order of the line.
find "$BUILD" -name '*.gcda' | while read -r notes; do "$GCOV" -t -b -c "$notes" 2>/dev/null; done | awk '
function share(part, whole) { return whole ? 100 * part / whole : 100 }

/^ *-: *0:Source:/ {
    file = $0
    sub(/^ *-: *0:Source:/, "", file)
    sub(/^.*\/engine\//, "engine/", file)
    wanted = file ~ /^engine\/[a-z]+\/[a-z0-9_]+\.c$/
    next
}
!wanted { next }
/^branch / {
    key = file SUBSEP line SUBSEP branch++
    taken = $0 ~ /taken [1-9]/
    if (!(key in branches)) branches[key] = 0
    if (taken) branches[key] = 1
    next
}
/^ *([0-9]+\*?|#####|=====|-): *[0-9]+:/ {
    split($0, part, ":")
    line = part[2] + 0
    branch = 0
    count = part[1]
    gsub(/[ *]/, "", count)
    if (count == "-") next
    key = file SUBSEP line
    if (!(key in lines)) lines[key] = 0
    if (count ~ /^[0-9]+$/) lines[key] = 1
}
END {
    for (key in lines) {
        split(key, part, SUBSEP)
        all[part[1]]++
        ran[part[1]] += lines[key]
    }
    for (key in branches) {
        split(key, part, SUBSEP)
        ways[part[1]]++
        taken_of[part[1]] += branches[key]
    }
    for (file in all) {
        split(file, part, "/")
        floor = part[2]
        floor_all[floor] += all[file]
        floor_ran[floor] += ran[file]
        floor_ways[floor] += ways[file]
        floor_taken[floor] += taken_of[file]
    }
    count = split("base io model lua app library module", order, " ")
    printf "%-8s %8s %8s %8s %9s %6s\n", "floor", "lines", "ran", "percent", "branches", "goal"
    for (i = 1; i <= count; i++) {
        floor = order[i]
        if (!(floor in floor_all)) continue
        goal[floor] = floor == "base" || floor == "model" ? 95 : 85
        percent = share(floor_ran[floor], floor_all[floor])
        below = percent < goal[floor]
        failed += below
        passed += !below
        printf "%-8s %8d %8d %7.1f%% %8.1f%% %5d%%%s\n", floor, floor_all[floor], floor_ran[floor], percent,
            share(floor_taken[floor], floor_ways[floor]), goal[floor], below ? "  below" : ""
    }
    for (file in all) {
        split(file, part, "/")
        if (share(ran[file], all[file]) < goal[part[2]])
            printf "  %-34s %5.1f%% of %d lines\n", file, share(ran[file], all[file]), all[file] | "sort -k2n"
    }
    close("sort -k2n")
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0 || passed == 0
}'
