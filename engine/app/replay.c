#include "app/replay.h"

#include "app/held.h"
#include "base/text.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/tar.h"

/* Folders above a record in which objects/ is looked for: of a job of `batch` it is two up. */
#define FOLDERS 4

bool replay_object(Replay *replay, Str digest, Str *bytes) {
    Arena *arena = &replay->arena;
    Str name = arena_format(arena, "objects/%.*s", STR_FMT(digest));
    if (digest.size != DIGEST_LETTERS || str_find(digest, '/', 0) < digest.size) return false;
    if (replay->archive.size) return tar_find(replay->archive, name, bytes);
    Str folder = path_folder(arena, replay->file);
    Diag *unheard = diag_new(); /* a file that is not there is an answer */
    bool found = false;
    for (int i = 0; i < FOLDERS && !found; i++, folder = path_join(arena, folder, STR("..")))
        found = file_read_text(path_join(arena, folder, name), RECORD_OBJECT, arena, bytes, unheard);
    diag_free(unheard);
    if (!found) return false;
    DigestText own = digest_of(*bytes);
    return str_equal(digest_view(&own), digest);
}

/* Adds a line. */
#define say(replay, out, text, ...) say_list((replay), (out), (text), MESSAGE_LIST(__VA_ARGS__))
static void say_list(const Replay *replay, Buffer *out, MessageId text, const Str *arguments, size_t count) {
    held_say(out, text, arguments, count, replay->language);
}

/* ---- the data, cell by cell */

static Str cell_text(const Row *row, size_t cell) {
    return cell < row->count ? row->cells[cell].text : (Str){"", 0};
}

/* The titles of the columns, copied: cells live until the next row only. */
static size_t read_titles(Arena *arena, Table *table, Str **out, Diag *unheard) {
    Row row;
    if (table_next(table, &row, unheard) != TABLE_ROW) return 0;
    *out = arena_new(arena, row.count, sizeof **out);
    for (size_t i = 0; i < row.count; i++) (*out)[i] = arena_copy(arena, row.cells[i].text);
    return row.count;
}

static void say_cell(const Replay *replay, Table *table, const Row *old, const Row *row, size_t cell,
                     Str title, Buffer *out) {
    Arena arena = {0};
    Place place = table_place(table, row, cell);
    Str where =
        arena_format(&arena, "%.*s:%u:%u", STR_FMT(place.file), (unsigned)place.line, (unsigned)place.column);
    say(replay, out, TEXT_REPLAY_CELL, where, title, cell_text(old, cell), cell_text(row, cell));
    arena_release(&arena);
}

/* The first cell that differs. False when none does. */
static bool compare_rows(const Replay *replay, Table *before, Table *after, Diag *unheard, Buffer *out) {
    Arena arena = {0};
    Str *titles = NULL, *old_titles = NULL;
    size_t count = read_titles(&arena, after, &titles, unheard);
    bool found = read_titles(&arena, before, &old_titles, unheard) != count;
    for (size_t i = 0; i < count && !found; i++) found = !str_equal(titles[i], old_titles[i]);
    if (found) say(replay, out, TEXT_REPLAY_COLUMNS, after->file);
    while (!found) {
        Row old, row;
        bool has_old = table_next(before, &old, unheard) == TABLE_ROW;
        bool has_row = table_next(after, &row, unheard) == TABLE_ROW;
        if (!has_old && !has_row) break;
        if (has_old != has_row) {
            say(replay, out, TEXT_REPLAY_ROWS, after->file);
            found = true;
            break;
        }
        size_t cells = old.count > row.count ? old.count : row.count;
        for (size_t i = 0; i < cells && !found; i++) {
            if (str_equal(cell_text(&old, i), cell_text(&row, i))) continue;
            say_cell(replay, after, &old, &row, i, i < count ? titles[i] : (Str){"", 0}, out);
            found = true;
        }
    }
    arena_release(&arena);
    return found;
}

static void compare_data(Replay *replay, Str digest, const Input *input, Buffer *out) {
    Str bytes;
    bool text = text_invalid(input->bytes) == input->bytes.size; /* else it is no CSV in UTF-8 */
    if (!text || !replay_object(replay, digest, &bytes)) return;
    Diag *unheard = diag_new();
    Table *before = csv_open(input->path, bytes), *after = csv_open(input->path, input->bytes);
    compare_rows(replay, before, after, unheard, out);
    table_close(before);
    table_close(after);
    diag_free(unheard);
}

/* ---- inputs */

/* The nth input of a kind. */
static const Input *nth(const Inputs *inputs, Str kind, size_t number) {
    for (size_t i = 0; i < inputs->count; i++) {
        const Input *input = &inputs->items[i];
        if (str_is(kind, input->kind) && number-- == 0) return input;
    }
    return NULL;
}

static size_t compare_inputs(Replay *replay, const Inputs *inputs, Buffer *out) {
    const Tree *list = tree_get(replay->record, "inputs");
    size_t differences = 0, kept = list && list->kind == TREE_TABLE ? list->positional : 0;
    for (size_t i = 0; i < kept; i++) {
        const Tree *entry = list->items[i].value;
        Str kind = record_text(entry, "kind"), digest = record_text(entry, "digest");
        size_t number = 0;
        for (size_t before = 0; before < i; before++)
            number += str_equal(record_text(list->items[before].value, "kind"), kind);
        bool script = str_is(kind, "script");
        const Input *input =
            script ? inputs_script(inputs, record_text(entry, "path")) : nth(inputs, kind, number);
        if (input && str_equal(digest_view(&input->digest), digest)) continue;
        differences++;
        say(replay, out, input ? TEXT_REPLAY_INPUT : TEXT_REPLAY_UNREAD, kind, record_text(entry, "path"));
        if (input && str_is(kind, "data")) compare_data(replay, digest, input, out);
    }
    if (inputs->count > kept) {
        differences++;
        say(replay, out, TEXT_REPLAY_MORE, inputs->items[inputs->count - 1].path);
    }
    return differences;
}

/* ---- results */

/* A value of a row as it would be written. */
static Str value_text(Arena *arena, const Tree *value) {
    if (!value || value->kind == TREE_NIL) return STR("-");
    if (value->kind == TREE_TEXT) return value->text;
    Buffer out = {0};
    if (value->kind == TREE_NUMBER) decimal_write(&out, &value->number);
    Str text = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

static Str row_name(Arena *arena, const Tree *row, bool indicator) {
    Str name = arena_format(arena, "%.*s > %.*s > %.*s", STR_FMT(record_text(row, "bureau")),
                            STR_FMT(record_text(row, "department")), STR_FMT(record_text(row, "project")));
    if (!indicator) return name;
    return arena_format(arena, "%.*s > %.*s", STR_FMT(name), STR_FMT(record_text(row, "indicator")));
}

/* "actual 752 -> 751, rate …": every entry in which two rows differ. */
static Str row_changes(Arena *arena, const Tree *old, const Tree *row) {
    Buffer out = {0};
    for (size_t i = 0; i < row->count; i++) {
        const char *name = arena_copy(arena, row->items[i].name).data;
        Str before = value_text(arena, tree_get(old, name)), after = value_text(arena, row->items[i].value);
        if (str_equal(before, after)) continue;
        if (out.size) buffer_add(&out, STR(", "));
        buffer_addf(&out, "%s %.*s → %.*s", name, STR_FMT(before), STR_FMT(after));
    }
    Str text = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

static bool is_row(const Tree *row) { return row->kind == TREE_TABLE; }

/* Says the first row that differs, and the first whose verdict does. */
static void compare_lists(Replay *replay, const Tree *old, const Tree *list, Buffer *out) {
    Arena *arena = &replay->arena;
    size_t count = old->positional < list->positional ? old->positional : list->positional;
    bool row_said = false, verdict_said = false;
    for (size_t i = 0; i < count && !(row_said && verdict_said); i++) {
        const Tree *before = old->items[i].value, *after = list->items[i].value;
        if (!is_row(before) || !is_row(after)) continue;
        Str changes = row_changes(arena, before, after);
        if (changes.size && !row_said)
            say(replay, out, TEXT_REPLAY_ROW, row_name(arena, after, true), changes);
        row_said |= changes.size > 0;
        Str was = value_text(arena, tree_get(before, "verdict")),
            is = value_text(arena, tree_get(after, "verdict"));
        bool same_project = str_equal(row_name(arena, before, false), row_name(arena, after, false));
        if (verdict_said || !same_project || str_equal(was, is)) continue;
        say(replay, out, TEXT_REPLAY_VERDICT, row_name(arena, after, false), was, is);
        verdict_said = true;
    }
    if (old->positional != list->positional)
        say(replay, out, TEXT_REPLAY_COUNT, arena_format(arena, "%zu", old->positional),
            arena_format(arena, "%zu", list->positional));
}

static size_t compare_results(Replay *replay, Str rows, const DigestText *digest, Buffer *out) {
    const Tree *results = tree_get(replay->record, "results");
    if (str_equal(record_text(results, "digest"), digest_view(digest))) return 0;
    const Tree *old = results && results->kind == TREE_TABLE ? tree_get(results, "rows") : NULL;
    Buffer text = {0};
    buffer_add_char(&text, '[');
    buffer_add(&text, rows);
    buffer_add_char(&text, ']');
    Diag *unheard = diag_new();
    const Tree *list = json_parse(STR("results"), buffer_view(&text), &replay->arena, unheard);
    if (list && old && old->kind == TREE_TABLE)
        compare_lists(replay, old, list, out);
    else
        say(replay, out, TEXT_REPLAY_RESULTS, STR(""));
    diag_free(unheard);
    buffer_release(&text);
    return 1;
}

static size_t compare_outputs(const Replay *replay, const Output *outputs, size_t count, Buffer *out) {
    const Tree *list = tree_get(replay->record, "outputs");
    size_t differences = 0;
    for (size_t i = 0; list && i < list->positional && i < count; i++) {
        const Tree *entry = list->items[i].value;
        if (str_equal(record_text(entry, "digest"), digest_view(&outputs[i].digest))) continue;
        Str path = record_text(entry, "path");
        say(replay, out, TEXT_REPLAY_OUTPUT, path.size ? path : record_text(entry, "format"));
        differences++;
    }
    return differences;
}

size_t replay_compare(Replay *replay, const Inputs *inputs, Str rows, const DigestText *digest,
                      const Output *outputs, size_t output_count, Buffer *out) {
    size_t differences = compare_inputs(replay, inputs, out);
    differences += compare_results(replay, rows, digest, out);
    return differences + compare_outputs(replay, outputs, output_count, out);
}
