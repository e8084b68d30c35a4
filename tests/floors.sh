#!/bin/sh
# Holds the floors of engine/: floors.sh [--root DIR].
# A file engine/FLOOR/ROOM.c or .h includes only rooms that are listed before its own below; only engine/lua knows
# Lua (and the library's module for a Lua that is not ours, which knows no other room), and its doors do not show it; only app/ prints; what a person reads stands in the table of base/message, in both
# languages, and not as an English sentence in a call.
# shellcheck disable=SC2016 # an awk program
set -u

# The floors from the ground up, and on each its rooms in order.
rooms='
base: memory crew str cpu date arena digits digest utf8 text text_names columns message message_codes message_inputs message_texts diag decimal decimal_round mapped file file_writer syscalls guard apart module relay store tree wire
io:   input_limits tar table lines plain marks marks_x86 cells cells_x86 cut csv encoding encode json grid jsonrows document workbook workbook_check workbook_write walk drawing pages package pictures boxes
module: zip xml value xlsx ods hwpx office dbfile sqlite xlsxwrite pdf_marks fonts paper figure pdf_table pdf store pack
model: lookup arrange hierarchy runmap dataset alike dataset_levels heading chain last_year last_year_table lineage bands kernels operators ranking rollup schema periods revisions absence load stretch keys tally summaries form intake fraction formula formula_exact overlay params plan asked compile compile_bands compile_cases compile_levels compile_periods ruleset weights spell listing select published results results_rows sums excel adjust blockwise judge levels remarks binding answers walk light evaluate export_extra export_cells export_rows export_projects export export_level export_parts grouping pass run_bands run_verdict run_summary later run_counts scatter regroup stream_results seams stream interval response audit meaning audit_write infer_rules infer infer_write number whatif flip subset partial partial_merge halving sweep drawing export_sweep export_whatif reach margin export_margin edits patch compare causes export_compare joblist suite suite_table suite_rows trial coverage mutant_edit mutant_formula mutants mutate probe excerpt nearest trace_row trace trace_text trace_json trace_lines find template
lua:  limits seed folder confine clock messages worker worker_child lexer source slips doubles stray wording describe shipped state readonly value lib_base reader chart grouped blocks lib_text sandbox bytecode class keep inward cells view view_data window current units objects expr calls stubs harvest watched lanes program translate translate_flow translate_loops translate_put translate_values probes programs repeats row_calls translated askers rules rules_calls testfile project_rows document wants sheets gather parts early finish report
app:  shown options flags cli inputs source pipeline testset test_report test_update test_cover stats held sheet both progress chains supply screen output arguments part record history earlier history_view history_plot history_trend replay inventory pattern jobs expand job_child joblog batch batch_history timer cmd_run cmd_merge cmd_replay cmd_lock cmd_history cmd_batch cmd_notice cmd_check cmd_sweep cmd_margin cmd_compare cmd_params cmd_rules cmd_stubs cmd_template cmd_new cmd_audit cmd_explain cmd_infer cmd_test cmd_mutate cmd_doctor cmd_help main
library: perfeval born handle session figures lua_module
'
doors='lua/limits lua/rules lua/report lua/testfile lua/worker'

# check DIR: prints what is wrong under DIR/engine, one line each
check() {
    (
        cd "$1" || exit
        find engine -path engine/packaging -prune -o -name '*.[ch]' -print | LC_ALL=C sort | xargs awk -v rooms="$(echo "$rooms" | tr '\n' ' ')" -v doors=" $doors " '
function wrong(what) { print FILENAME ":" FNR ": " what }

# Literals out of the line; @ stands for a sentence: two words with a blank between.
function hide_strings(    text) {
    while (match($0, /"([^"\\]|\\.)*"/)) {
        text = substr($0, RSTART, RLENGTH)
        $0 = substr($0, 1, RSTART - 1) (text ~ /[A-Za-z] [A-Za-z]/ ? "@" : "_") substr($0, RSTART + RLENGTH)
    }
}

BEGIN {
    guest = "library/lua_module"
    n = split(rooms, words, " ")
    for (i = 1; i <= n; i++) {
        if (words[i] ~ /:$/) floor = substr(words[i], 1, length(words[i]) - 1)
        else order[floor "/" words[i]] = i
    }
}

FNR == 1 {
    room = FILENAME
    sub(/^engine\//, "", room)
    sub(/(_build)?\.[ch]$/, "", room) # ROOM_build.h is the inside of ROOM, for those who build one
    floor = room
    sub(/\/.*/, "", floor)
    comment = 0
    statement = ""
    if (!(room in order)) wrong("room " room " is not listed in tests/floors.sh")
}

/^[ \t]*#[ \t]*include/ && !comment {
    header = $0
    sub(/^[^"<]*["<]/, "", header)
    sub(/[">].*/, "", header)
    other = header
    sub(/(_build)?\.h$/, "", other)
    if (room == guest && other in order && other != "library/perfeval") wrong(room " knows library/perfeval.h alone")
    if (other in order) {
        if (room in order && order[other] > order[room])
            wrong(room " must not include " header ", which comes after it")
        if (/</) wrong("<" header "> is ours: write \"" header "\"")
    } else if (/"/ && header !~ "^" floor "/[a-z_/]+[.]inc$") # a table in pieces, which only its own floor includes
        wrong("\"" header "\" is no room; local includes are written \"floor/room.h\"")
    if (header ~ /(^|\/)(lua|luaconf|lauxlib|lualib)\.h(pp)?$/ && floor != "lua" && room != guest)
        wrong("only engine/lua includes " header)
    next
}

{
    # Strings and comments may say anything.
    gsub(/\047"\047/, "")
    hide_strings()
    if (comment) {
        if (!sub(/^.*\*\//, "")) next
        comment = 0
    }
    while (match($0, /\/\*/)) {
        before = substr($0, 1, RSTART - 1)
        after = substr($0, RSTART + 2)
        end = index(after, "*/")
        if (!end) { comment = 1; $0 = before; break }
        $0 = before " " substr(after, end + 2)
    }
    sub(/\/\/.*/, "")
    if (floor != "app" && match($0, /(^|[^A-Za-z0-9_])(v?f?printf|v?dprintf|f?puts|putchar|perror)[ \t]*\(/))
        wrong("only engine/app prints")
    statement = statement " " $0
    if (/[;{}]/) {
        if (statement ~ /(diag_[a-z_]*|state_raise[a-z_]*|state_refuse|reader_[a-z_]*|luaL_error|luaL_arg[a-z]*|luaL_checkstack|lua_error|arena_format|buffer_addf|STR)[ \t]*\(.*@/)
            wrong("a sentence belongs into the table of texts")
        statement = ""
    }
    if (index(doors, " " room " ") && FILENAME ~ /h$/ && /lua_State/)
        wrong("a door does not show lua_State")
}
' /dev/null
    )
}

# A tree with one fault in each file but the ones named ok must give one error for each.
self_check() {
    dir=$(mktemp -d) || return
    trap 'rm -rf "$dir"' EXIT
    plant() {
        mkdir -p "$dir/engine/$(dirname "$1")"
        printf '%b\n' "$2" >"$dir/engine/$1"
    }
    plant base/arena.h '#include <stddef.h>\n#include "base/str.h"\n#include "base/words/cases.inc"\n/* printf(1) */ int lua_State;' # fine
    plant lua/state.c '#include "lua/state.h"\n#include <lua.h>\nint f(void) { return snprintf(0, 0, "puts("); }\nint g = diag_hint(STR("word")); /* "one word" */\nchar *h = "two words";' # fine
    plant app/main.c '#include "lua/rules.h"\n/* two\n * lines: " */\nint f(void) { return puts(""); }' # fine
    plant base/attic.c 'int unlisted;'
    plant cellar/str.c 'int unlisted;'
    plant base/str.c '#include "model/plan.h"'
    plant base/diag.h '#include "base/file.h"'
    plant base/text.c '#include "text.h"'
    plant model/load.h '#include "base/words/cases.inc"'
    plant base/file.c '#include "../base/str.h"'
    plant io/csv.c '#include <base/str.h>'
    plant io/json.c '#  include <lua5.4/lauxlib.h>'
    plant model/plan.c 'void f(void) { fprintf(stderr, "x"); }'
    plant model/load.c '/* a */ void f(void) { perror("//"); } // b'
    plant io/table.c 'void f(void) { diag_hint(0,\n    STR("one word \\" more")); }'
    plant lua/rules.h 'bool rules_load(lua_State *L);'
    plant library/figures.c '#include "library/handle.h"' # fine
    plant library/lua_module.c '#include <lauxlib.h>\n#include "library/handle.h"'
    found=$(check "$dir")
    files=$(echo "$found" | cut -d: -f1 | uniq)
    expected='engine/base/attic.c engine/base/diag.h engine/base/file.c engine/base/str.c engine/base/text.c
engine/cellar/str.c engine/io/csv.c engine/io/json.c engine/io/table.c engine/library/lua_module.c engine/lua/rules.h engine/model/load.c engine/model/load.h engine/model/plan.c'
    [ "$(echo "$files" | tr '\n' ' ')" = "$(echo "$expected" | tr '\n' ' ')" ] && return
    echo "floors.sh does not find what it must in a planted tree; it found:"
    echo "$found"
    return 1
}

if [ "${1:-}" = --root ]; then
    root=$2
else
    root=$(dirname "$0")/..
    self_check || exit 1
fi
errors=$(check "$root")
if [ -n "$errors" ]; then
    echo "$errors"
    exit 1
fi
echo "floors: ok"
