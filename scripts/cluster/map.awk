#!/usr/bin/awk -f
# The mapper of a stdin/stdout engine: rows of a CSV file with the names of their project as the key, and a tab.
#   awk -v columns=1,2,3 -f map.awk     columns: the numbers of bureau, department and project
# The line of names (first= its beginning, where it is in every split) is left out; the reducer adds it again.
# A row that goes on over several lines cannot be split by lines: that is an error.
function key_of(line,    i, c, field, inside, key) {
    field = 1
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") inside = !inside
        else if (c == "," && !inside) { field++; continue }
        else if (c == "\t") c = " "
        if (field in wanted && c != "\"") text[field] = text[field] c
    }
    if (inside) { print "map.awk: a row over several lines: " line >"/dev/stderr"; failed = 1; exit 1 }
    for (i = 1; i <= count; i++) key = key (i > 1 ? "\037" : "") text[order[i]]
    return key
}

BEGIN {
    count = split(columns == "" ? "1,2,3" : columns, order, ",")
    for (i = 1; i <= count; i++) wanted[order[i]] = 1
    if (first == "") first = "bureau,"
}

index($0, first) == 1 || $0 == "" { next }
{ sub(/\r$/, ""); split("", text); print key_of($0) "\t" $0 }
END { exit failed }
