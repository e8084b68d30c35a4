# mawk -F, -f table.awk FILE: the benchmark's table, as a plain script would do it.

# A quoted name is kept as it stands in the file; its commas are hidden from the fields.
/"/ {
    parts = split($0, part, "\"")
    line = part[1]
    for (i = 2; i <= parts; i++) {
        if (i % 2 == 0) gsub(",", "\001", part[i])
        line = line "\"" part[i]
    }
    $0 = line
}

NR > 1 {
    project = $1 "," $2 "," $3
    bureau[project] = $1
    if ($7 != "" && $8 != "" && $7 != 0) {
        share = $8 / $7
        sum[project] += ($6 == "down" ? 2 - share : share) * 100
        count[project]++
    }
}

END {
    for (project in bureau) {
        name = bureau[project]
        projects[name]++
        if (!(project in count)) continue
        if (sum[project] / count[project] <= 80) sluggish[name]++
        else normal[name]++
    }
    print "bureau,projects,normal,sluggish,percent_normal"
    fflush()
    for (name in projects) {
        hundredths = int((20000 * normal[name] + projects[name]) / (2 * projects[name])) # half up
        printf "%s,%d,%d,%d,%d.%02d\n", name, projects[name], normal[name], sluggish[name], int(hundredths / 100),
            hundredths % 100 | "LC_ALL=C sort"
    }
}
