#include "io/jsonrows.h"

#include "base/memory.h"
#include "io/json.h"
#include "io/lines.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct Rows {
    Str file;
    Grid *grid;
    Str *keys;
    const Tree **values; /* of the object at work, by key */
    size_t key_count, key_room;
    InputLimits limits;
    Diag *diag;
} Rows;

static size_t behind_blanks(Str bytes, size_t at) {
    while (at < bytes.size && (bytes.data[at] == ' ' || bytes.data[at] == '\t' || bytes.data[at] == '\n' ||
                               bytes.data[at] == '\r'))
        at++;
    return at;
}

static size_t first_byte(Str bytes) {
    return behind_blanks(bytes, str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0);
}

bool jsonrows_is(Str bytes) {
    size_t at = first_byte(bytes), next = behind_blanks(bytes, at + 1);
    if (next >= bytes.size) return false;
    return (bytes.data[at] == '[' && bytes.data[next] == '{') ||
           (bytes.data[at] == '{' && bytes.data[next] == '"');
}

/* The column of a key; `guess` is where it most likely stands. */
static size_t find_key(Rows *rows, Str key, size_t guess) {
    if (guess < rows->key_count && str_equal(rows->keys[guess], key)) return guess;
    size_t i = 0;
    while (i < rows->key_count && !str_equal(rows->keys[i], key)) i++;
    if (i < rows->key_count) return i;
    if (rows->key_count == rows->key_room) {
        rows->key_room = memory_growth(rows->key_room, rows->key_count + 1);
        rows->keys = memory_resize(rows->keys, rows->key_room, sizeof *rows->keys);
        rows->values = memory_resize(rows->values, rows->key_room, sizeof *rows->values);
    }
    rows->values[i] = NULL;
    rows->keys[rows->key_count++] = arena_copy(&rows->grid->arena, key);
    return i;
}

static bool expected(const Rows *rows, const Place *place, MessageId what) {
    diag_add(rows->diag, MESSAGE_JSON_SYNTAX, place, message_words(what));
    return false;
}

/* MESSAGE_TOO_MANY_ROWS has no second number. */
static bool beyond(const Rows *rows, MessageId message, const Place *place, uint64_t first, uint64_t second) {
    char numbers[2][24];
    snprintf(numbers[0], sizeof numbers[0], "%" PRIu64, first);
    snprintf(numbers[1], sizeof numbers[1], "%" PRIu64, second);
    diag_add(rows->diag, message, place, str_of(numbers[0]), str_of(numbers[1]));
    return false;
}

static Str text_of(Arena *arena, const Tree *value) {
    if (value->kind == TREE_TEXT) return arena_copy(arena, value->text);
    if (value->kind == TREE_BOOL) return value->flag ? STR("true") : STR("false");
    if (value->kind != TREE_NUMBER) return STR("");
    Buffer out = {0};
    decimal_write(&out, &value->number);
    Str kept = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

static bool add_object(Rows *rows, const Tree *object) {
    Grid *grid = rows->grid;
    if (object->kind != TREE_TABLE || object->positional)
        return expected(rows, &object->place, TEXT_JSON_ROWS);
    for (size_t i = 0; i < object->count; i++) {
        const Tree *value = object->items[i].value;
        if (value->kind == TREE_TABLE) return expected(rows, &value->place, TEXT_JSON_FLAT);
        size_t key = find_key(rows, object->items[i].name, i);
        if (key >= rows->limits.columns)
            return beyond(rows, MESSAGE_TOO_MANY_COLUMNS, &value->place, key + 1, rows->limits.columns);
        rows->values[key] = value;
    }
    if (grid->row_count > rows->limits.rows)
        return beyond(rows, MESSAGE_TOO_MANY_ROWS, &object->place, rows->limits.rows, 0);
    grid_begin_row(grid, object->place.line, false);
    for (size_t i = 0; i < rows->key_count; i++) {
        const Tree *value = rows->values[i];
        rows->values[i] = NULL;
        if (!value) continue;
        grid_add(grid, (uint32_t)i, text_of(&grid->arena, value));
        grid->cells[grid->cell_count - 1].line = value->place.line;
        grid->cells[grid->cell_count - 1].at = value->place.column;
    }
    return true;
}

static bool read_list(Rows *rows, Str bytes) {
    Arena arena = {0};
    const Tree *list = json_parse(rows->file, bytes, &arena, rows->diag);
    bool good = list != NULL;
    for (size_t i = 0; good && i < list->count; i++) good = add_object(rows, list->items[i].value);
    arena_release(&arena);
    return good;
}

static bool read_lines(Rows *rows, Str bytes) {
    uint32_t line = 1;
    bool good = true;
    for (size_t at = str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0; at < bytes.size && good; line++) {
        size_t end = lines_end(bytes, at);
        Str text = str_slice(bytes, at, end);
        at = end < bytes.size ? lines_behind(bytes, end) : end;
        if (!str_trim(text).size) continue;
        Arena arena = {0};
        const Tree *object = json_parse_from(rows->file, text, line, &arena, rows->diag);
        good = object && add_object(rows, object);
        arena_release(&arena);
    }
    return good;
}

/* Known only now, the keys take the place of the first row. */
static void add_keys(Rows *rows) {
    Grid *grid = rows->grid;
    GridRow *first = &grid->rows[0];
    first->first = grid->cell_count;
    first->count = 0;
    grid_begin_row(grid, 0, false); /* for grid_add to count on */
    for (size_t i = 0; i < rows->key_count; i++) grid_add(grid, (uint32_t)i, rows->keys[i]);
    grid->rows[0].count = (uint32_t)rows->key_count;
    grid->row_count--;
}

bool jsonrows_read(Str file, Str bytes, const InputLimits *limits, Grids *out, Diag *diag) {
    Rows rows = {.file = file, .grid = grids_add(out, STR("JSON"), GRID_LINES), .diag = diag};
    rows.limits = input_limits(limits);
    grid_begin_row(rows.grid, 1, false);
    bool list = bytes.data[first_byte(bytes)] == '[';
    bool good = list ? read_list(&rows, bytes) : read_lines(&rows, bytes);
    if (good) add_keys(&rows);
    memory_free(rows.keys);
    memory_free(rows.values);
    return good;
}
