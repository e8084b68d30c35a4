#include "model/suite_table.h"

#include "model/compile.h"
#include "model/suite_build.h"

#include <string.h>

/** What a column of the file holds. */
typedef struct TestColumn {
    enum { HOLDS_CASE, HOLDS_CELL, HOLDS_SETTING, HOLDS_EXPECTED, HOLDS_INDICATOR, HOLDS_NOTHING } kind;
    Str name; /* HOLDS_CELL, HOLDS_SETTING */
    ExpectKind expected;
} TestColumn;

static bool expected_of(Str name, const char *prefix, ExpectKind *kind) {
    if (!str_starts(name, str_of(prefix))) return false;
    Str rest = str_slice(name, strlen(prefix), name.size);
    for (ExpectKind i = 0; i < EXPECT_COUNT; i++) {
        *kind = i;
        if (str_is(rest, expect_name(i))) return true;
    }
    return false;
}

static TestColumn column_of(SuiteReader *reader, Str name, const Place *place) {
    TestColumn column = {.kind = HOLDS_CELL, .name = arena_copy(reader->arena, suite_column(name))};
    if (str_is(name, "case")) {
        column.kind = HOLDS_CASE;
    } else if (str_starts(name, STR("set."))) {
        column.kind = HOLDS_SETTING;
        column.name = arena_copy(reader->arena, str_slice(name, 4, name.size));
    } else if (expected_of(name, "expect_indicator_", &column.expected)) {
        column.kind = HOLDS_INDICATOR;
    } else if (expected_of(name, "expect_", &column.expected)) {
        column.kind = HOLDS_EXPECTED;
    } else if (!name.size || str_starts(name, STR("expect"))) {
        static const char *const known[] = {"expect_rate", "expect_printed", "expect_verdict",
                                            "expect_reason"};
        Str words[COUNT(known)];
        for (size_t i = 0; i < COUNT(known); i++) words[i] = str_of(known[i]);
        suite_fault(reader, MESSAGE_TEST_COLUMN, place, name);
        schema_suggest(reader->diag, name, words, COUNT(words));
        column.kind = HOLDS_NOTHING;
    }
    return column;
}

static TestColumn *read_header(SuiteReader *reader, Table *table, size_t *count) {
    Row row;
    Place file = {.file = table->file};
    TableStep step = table_next(table, &row, reader->diag);
    reader->good &= step == TABLE_ROW;
    if (step == TABLE_END) diag_add_plain(reader->diag, MESSAGE_EMPTY_FILE, &file);
    if (step != TABLE_ROW) return NULL;
    TestColumn *columns = arena_new(reader->arena, row.count, sizeof *columns);
    bool has_case = false;
    for (size_t i = 0; i < row.count; i++) {
        Place place = table_place(table, &row, i);
        columns[i] = column_of(reader, str_trim(row.cells[i].text), &place);
        has_case |= columns[i].kind == HOLDS_CASE;
    }
    Place end = table_place(table, &row, row.count);
    if (!has_case) suite_fault(reader, MESSAGE_TEST_CASE_COLUMN, &end, STR("case"));
    *count = row.count;
    return has_case ? columns : NULL;
}

/* The list with room for one more: it grows to twice its size; nothing in an arena is freed. */
static void *with_room(Arena *arena, void *items, size_t count, size_t size) {
    if (items && (count & (count - 1))) return items;
    char *more = arena_new(arena, count ? 2 * count : 1, size);
    if (items) memcpy(more, items, count * size);
    return more;
}

static SuiteCase *case_for(SuiteReader *reader, Str name, const Place *place) {
    Suite *suite = reader->suite;
    SuiteCase *found = suite_case(suite, name);
    if (found) return found;
    suite->cases = with_room(reader->arena, suite->cases, suite->count, sizeof *suite->cases);
    suite->cases[suite->count] = (SuiteCase){.name = name, .place = *place};
    return &suite->cases[suite->count++];
}

static SuiteRow *row_for(SuiteReader *reader, SuiteCase *test, const Place *place, size_t cells) {
    test->rows = with_room(reader->arena, test->rows, test->row_count, sizeof *test->rows);
    SuiteRow *row = &test->rows[test->row_count++];
    *row = (SuiteRow){.place = *place, .cells = arena_new(reader->arena, cells, sizeof *row->cells)};
    return row;
}

/* What several rows of a case say must be the same. */
static void set_expected(SuiteReader *reader, Expected *expected, Str text, const Place *place) {
    if (!text.size) return;
    if (expected->set && !str_equal(expected->text, text))
        diag_add(reader->diag, MESSAGE_TEST_CONFLICT, place, text, expected->text);
    reader->good &= !expected->set || str_equal(expected->text, text);
    if (!expected->set) *expected = (Expected){true, text, *place};
}

static void set_setting(SuiteReader *reader, SuiteCase *test, Str name, Str text, const Place *place) {
    if (!text.size) return;
    for (size_t i = 0; i < test->setting_count; i++) {
        if (!str_equal(test->settings[i].name, name)) continue;
        if (!str_equal(test->settings[i].value, text)) {
            diag_add(reader->diag, MESSAGE_TEST_CONFLICT, place, text, test->settings[i].value);
            reader->good = false;
        }
        return;
    }
    test->settings = with_room(reader->arena, test->settings, test->setting_count, sizeof *test->settings);
    test->settings[test->setting_count++] = (Setting){name, text};
}

static void add_cell(SuiteReader *reader, const TestColumn *column, Str text, const Place *place,
                     SuiteCase *test, SuiteRow *row) {
    switch (column->kind) {
    case HOLDS_CELL:
        /* A blank cell is a blank in the data too, so that a test can ask for it. */
        row->cells[row->cell_count++] = (SuiteCell){column->name, text, *place};
        break;
    case HOLDS_SETTING:
        set_setting(reader, test, column->name, text, place);
        break;
    case HOLDS_EXPECTED:
        set_expected(reader, &test->expected[column->expected], text, place);
        break;
    case HOLDS_INDICATOR:
        set_expected(reader, &row->expected[column->expected], text, place);
        break;
    default:
        break;
    }
}

static Place copy_place(Arena *arena, Place place) {
    place.file = arena_copy(arena, place.file);
    place.source = arena_copy(arena, place.source);
    return place;
}

static void read_line(SuiteReader *reader, Table *table, const Row *line, const TestColumn *columns,
                      size_t count) {
    Place place = copy_place(reader->arena, table_place(table, line, 0));
    if (line->count != count) {
        diag_add(reader->diag, MESSAGE_CELL_COUNT, &place, arena_format(reader->arena, "%zu", line->count),
                 arena_format(reader->arena, "%zu", count));
        reader->good = false;
        return;
    }
    Str name = {"", 0};
    for (size_t i = 0; i < count; i++) {
        if (columns[i].kind == HOLDS_CASE) name = arena_copy(reader->arena, str_trim(line->cells[i].text));
    }
    if (!name.size) suite_fault(reader, MESSAGE_TEST_NAME, &place, name);
    SuiteCase *test = case_for(reader, name, &place);
    SuiteRow *row = row_for(reader, test, &place, count);
    for (size_t i = 0; i < count; i++) {
        Place at = copy_place(reader->arena, table_place(table, line, i));
        add_cell(reader, &columns[i], arena_copy(reader->arena, str_trim(line->cells[i].text)), &at, test,
                 row);
    }
}

bool suite_of_table(Arena *arena, Table *table, Suite *out, Diag *diag) {
    SuiteReader reader = {arena, out, diag, true};
    Row row;
    TableStep step;
    size_t count = 0;
    *out = (Suite){.file = arena_copy(arena, table->file)};
    const TestColumn *columns = read_header(&reader, table, &count);
    while ((step = table_next(table, &row, diag)) != TABLE_END) {
        reader.good &= step == TABLE_ROW;
        if (step == TABLE_ROW && columns) read_line(&reader, table, &row, columns, count);
    }
    for (size_t i = 0; i < out->count; i++) suite_check_expects(&reader, &out->cases[i]);
    return reader.good;
}
