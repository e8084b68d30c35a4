#include "model/suite_build.h"

#include "base/date.h"
#include "model/compile.h"

#define EXPECTED (ACCEPT_NUMBER | ACCEPT_TEXT)
#define EXPECTATIONS                                                                                         \
    {"rate", EXPECTED, false}, {"printed", EXPECTED, false}, {"verdict", ACCEPT_TEXT, false}, {              \
        "reason", ACCEPT_TEXT, false                                                                         \
    }
static const SchemaKey suite_keys[] = {{"rules", ACCEPT_TEXT, false}};
static const SchemaKey case_keys[] = {
    {"name", ACCEPT_TEXT, true},
    {"rows", ACCEPT_TABLE, true},
    {"set", ACCEPT_TABLE, false},
    {"at", ACCEPT_TEXT, false},
    EXPECTATIONS,
};
static const SchemaKey expect_keys[] = {EXPECTATIONS};

static const char *const names[EXPECT_COUNT] = {"rate", "printed", "verdict", "reason"};

const SchemaTable *suite_schema(size_t index) {
    static const SchemaTable tables[] = {{"Tests", suite_keys, COUNT(suite_keys)},
                                         {"TestCase", case_keys, COUNT(case_keys)},
                                         {"TestExpect", expect_keys, COUNT(expect_keys)}};
    return index < COUNT(tables) ? &tables[index] : NULL;
}

const char *expect_name(ExpectKind kind) { return names[kind]; }

void suite_fault(SuiteReader *reader, MessageId message, const Place *place, Str argument) {
    diag_add(reader->diag, message, place, argument);
    reader->good = false;
}

/* The text of a number or a text. */
static Str scalar(Arena *arena, const Tree *value) {
    if (value->kind == TREE_TEXT) return str_trim(value->text);
    Buffer out = {0};
    decimal_write(&out, &value->number);
    Str text = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

Str suite_column(Str written) {
    ColumnId known;
    return column_find(written, &known) ? str_of(column_info(known)->name) : written;
}

/* ---- cases by name */

SuiteCase *suite_case(const Suite *suite, Str name) {
    for (size_t i = 0; i < suite->count; i++) {
        if (str_equal(suite->cases[i].name, name)) return &suite->cases[i];
    }
    return NULL;
}

static bool expects_any(const Expected expected[EXPECT_COUNT]) {
    for (size_t i = 0; i < EXPECT_COUNT; i++) {
        if (expected[i].set) return true;
    }
    return false;
}

/* A case that expects nothing would always pass. */
void suite_check_expects(SuiteReader *reader, const SuiteCase *test) {
    bool any = expects_any(test->expected);
    for (size_t i = 0; i < test->row_count; i++) any |= expects_any(test->rows[i].expected);
    if (!any) suite_fault(reader, MESSAGE_TEST_IDLE, &test->place, test->name);
}

/* ---- the table of a Lua file */

static void read_expected(SuiteReader *reader, const Tree *table, Expected out[EXPECT_COUNT]) {
    for (size_t i = 0; i < EXPECT_COUNT; i++) {
        const TreeItem *item = compile_item(table, names[i], EXPECTED);
        if (item) out[i] = (Expected){true, scalar(reader->arena, item->value), *compile_place(item)};
    }
}

static void read_cell(SuiteReader *reader, Str path, const TreeItem *item, SuiteRow *row) {
    Str at = arena_format(reader->arena, "%.*s.%.*s", STR_FMT(path), STR_FMT(item->name));
    reader->good &= schema_accepts(at, item->value, &item->place, EXPECTED, reader->diag);
    if (!schema_is(item->value, EXPECTED)) return;
    row->cells[row->cell_count++] =
        (SuiteCell){suite_column(item->name), scalar(reader->arena, item->value), *compile_place(item)};
}

static void read_row(SuiteReader *reader, Str path, const TreeItem *item, SuiteRow *row) {
    const Tree *table = item->value;
    *row = (SuiteRow){.place = *compile_place(item)};
    if (table->kind != TREE_TABLE) return;
    row->cells = arena_new(reader->arena, table->count, sizeof *row->cells);
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *cell = &table->items[i];
        if (!cell->name.size) {
            suite_fault(reader, MESSAGE_UNKNOWN_KEY, &cell->place,
                        schema_path(reader->arena, path, table, i));
        } else if (str_is(cell->name, "expect") && cell->value->kind == TREE_TABLE) {
            Str at = arena_format(reader->arena, "%.*s.expect", STR_FMT(path));
            reader->good &= schema_check(reader->arena, at, cell->value, &cell->place, expect_keys,
                                         COUNT(expect_keys), reader->diag);
            read_expected(reader, cell->value, row->expected);
        } else {
            read_cell(reader, path, cell, row);
        }
    }
}

static void read_rows(SuiteReader *reader, Str path, const TreeItem *item, SuiteCase *test) {
    const Tree *list = item->value;
    Str at = arena_format(reader->arena, "%.*s.rows", STR_FMT(path));
    reader->good &= schema_list(reader->arena, at, list, ACCEPT_TABLE, reader->diag);
    if (!list->positional) suite_fault(reader, MESSAGE_TEST_ROWS, &item->place, test->name);
    test->rows = arena_new(reader->arena, list->positional, sizeof *test->rows);
    for (size_t i = 0; i < list->positional; i++)
        read_row(reader, schema_path(reader->arena, at, list, i), &list->items[i],
                 &test->rows[test->row_count++]);
}

static void read_settings(SuiteReader *reader, Str path, const Tree *table, SuiteCase *test) {
    if (!table || table->kind != TREE_TABLE) return;
    test->settings = arena_new(reader->arena, table->count, sizeof *test->settings);
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        Str at = arena_format(reader->arena, "%.*s.set.%.*s", STR_FMT(path), STR_FMT(item->name));
        if (!item->name.size) suite_fault(reader, MESSAGE_UNKNOWN_KEY, &item->place, at);
        reader->good &= schema_accepts(at, item->value, &item->place, EXPECTED, reader->diag);
        if (item->name.size && schema_is(item->value, EXPECTED))
            test->settings[test->setting_count++] = (Setting){item->name, scalar(reader->arena, item->value)};
    }
}

static void read_case(SuiteReader *reader, const Tree *list, size_t number) {
    const TreeItem *item = &list->items[number];
    Str path = schema_path(reader->arena, (Str){"", 0}, list, number);
    if (item->value->kind != TREE_TABLE) return;
    reader->good &= schema_check(reader->arena, path, item->value, &item->place, case_keys, COUNT(case_keys),
                                 reader->diag);
    SuiteCase test = {.name = compile_text(item->value, "name"), .place = *compile_place(item)};
    const TreeItem *rows = compile_item(item->value, "rows", ACCEPT_TABLE);
    test.at = compile_text(item->value, "at");
    read_settings(reader, path, tree_get(item->value, "set"), &test);
    read_expected(reader, item->value, test.expected);
    if (rows) read_rows(reader, path, rows, &test);
    if (tree_get(item->value, "name") && (!test.name.size || suite_case(reader->suite, test.name)))
        suite_fault(reader, MESSAGE_TEST_NAME, &test.place, test.name);
    suite_check_expects(reader, &test);
    reader->suite->cases[reader->suite->count++] = test;
}

bool suite_of_tree(Arena *arena, Str file, const Tree *tests, Suite *out, Diag *diag) {
    SuiteReader reader = {arena, out, diag, true};
    *out = (Suite){.file = file, .rules = compile_text(tests, "rules")};
    const TreeItem *rules = tree_item(tests, "rules");
    if (rules) out->rules_place = *compile_place(rules);
    Tree named = *tests; /* the cases stand in positions, which the closed list of keys does not know */
    named.items += named.positional;
    named.count -= named.positional;
    named.positional = 0;
    reader.good &=
        schema_check(arena, (Str){"", 0}, &named, &tests->place, suite_keys, COUNT(suite_keys), diag);
    out->cases = arena_new(arena, tests->positional, sizeof *out->cases);
    for (size_t i = 0; i < tests->positional; i++) {
        reader.good &= schema_accepts(schema_path(arena, (Str){"", 0}, tests, i), tests->items[i].value,
                                      &tests->items[i].place, ACCEPT_TABLE, diag);
        read_case(&reader, tests, i);
    }
    return reader.good;
}

/* ---- checks with the rules at hand */

static bool selector_names(const Selector *selector, Str column) {
    for (size_t i = 0; i < selector->count; i++) {
        if (str_equal(suite_column(selector->conditions[i].column), column)) return true;
    }
    for (size_t i = 0; i < selector->part_count; i++) {
        if (selector_names(&selector->parts[i], column)) return true;
    }
    return false;
}

/* Functions may read any column. */
static bool is_column(const Plan *plan, Str column) {
    ColumnId known;
    if (column_find(column, &known) || plan->has_functions) return true;
    for (size_t i = 0; i < plan->fields.count; i++) {
        if (str_equal(plan->fields.names[i], column)) return true;
    }
    for (size_t i = 0; i < plan->special_count; i++) {
        if (selector_names(&plan->specials[i].when, column)) return true;
    }
    for (size_t i = 0; i < plan->case_count; i++) {
        if (selector_names(&plan->cases[i].when, column)) return true;
    }
    return plan->last_year && is_column(plan->last_year, column);
}

static bool check_column(const Plan *plan, const SuiteCell *cell, Diag *diag) {
    if (is_column(plan, cell->column)) return true;
    Str words[COLUMN_KNOWN];
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) words[id] = str_of(column_info(id)->name);
    diag_add(diag, MESSAGE_TEST_COLUMN, &cell->place, cell->column);
    schema_suggest(diag, cell->column, words, COLUMN_KNOWN);
    return false;
}

bool suite_number(Str text, mpq_ptr out) {
    size_t slash = str_find(text, '/', 0);
    Arena arena = {0};
    Decimal top, bottom = decimal_of(1);
    bool good = decimal_parse(str_trim(str_slice(text, 0, slash)), &top, &arena, NULL) == DECIMAL_PLAIN;
    if (slash < text.size)
        good &= decimal_parse(str_trim(str_slice(text, slash + 1, text.size)), &bottom, &arena, NULL) ==
                DECIMAL_PLAIN;
    good = good && !decimal_is_zero(&bottom);
    if (good) {
        mpq_t divisor;
        mpq_init(divisor);
        decimal_to_rational(&bottom, divisor);
        decimal_to_rational(&top, out);
        mpq_div(out, out, divisor);
        mpq_clear(divisor);
    }
    arena_release(&arena);
    return good;
}

static bool check_verdict(const Plan *plan, Level level, const Expected *expected, Diag *diag) {
    const Verdicts *verdicts = &plan->verdicts[level];
    Str words[2 * PLAN_BANDS];
    size_t count = 0;
    for (size_t i = 0; i < verdicts->count; i++) {
        words[count++] = verdicts->bands[i].key;
        words[count++] = verdicts->bands[i].name;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], expected->text)) return true;
    }
    if (str_is(expected->text, "none")) return true;
    diag_add(diag, MESSAGE_TEST_VERDICT, &expected->place, expected->text);
    schema_suggest(diag, expected->text, words, count);
    return false;
}

static bool check_expected(const Plan *plan, Level level, const Expected expected[EXPECT_COUNT], Diag *diag) {
    const Expected *rate = &expected[EXPECT_RATE], *verdict = &expected[EXPECT_VERDICT];
    bool good = !verdict->set || check_verdict(plan, level, verdict, diag);
    if (!rate->set || str_is(rate->text, "none")) return good;
    mpq_t number;
    mpq_init(number);
    if (!suite_number(rate->text, number)) {
        diag_add(diag, MESSAGE_TEST_NUMBER, &rate->place, rate->text);
        good = false;
    }
    mpq_clear(number);
    return good;
}

static bool check_settings(const Plan *plan, const SuiteCase *test, Diag *diag) {
    bool good = true;
    Arena arena = {0};
    Params params = {.items = plan->params, .count = plan->param_count};
    for (size_t i = 0; i < test->setting_count; i++) {
        const Setting *setting = &test->settings[i];
        Decimal number;
        if (!plan_param(plan, setting->name)) {
            diag_add(diag, MESSAGE_UNKNOWN_PARAM, &test->place, setting->name);
            params_suggest(&arena, &params, setting->name, diag);
        } else if (decimal_parse(setting->value, &number, &arena, NULL) > DECIMAL_LENIENT) {
            diag_add(diag, MESSAGE_TEST_NUMBER, &test->place, setting->value);
        } else {
            continue;
        }
        good = false;
    }
    arena_release(&arena);
    return good;
}

bool suite_check(const Suite *suite, const Plan *plan, Diag *diag) {
    bool good = true;
    for (size_t i = 0; i < suite->count; i++) {
        const SuiteCase *test = &suite->cases[i];
        good &= check_settings(plan, test, diag);
        good &= check_expected(plan, LEVEL_PROJECT, test->expected, diag);
        if (test->at.size && !date_is_valid(test->at)) {
            diag_add(diag, MESSAGE_BAD_DATE, &test->place, STR("at"), test->at);
            good = false;
        }
        for (size_t j = 0; j < test->row_count; j++) {
            const SuiteRow *row = &test->rows[j];
            good &= check_expected(plan, LEVEL_INDICATOR, row->expected, diag);
            for (size_t k = 0; k < row->cell_count; k++) good &= check_column(plan, &row->cells[k], diag);
        }
    }
    return good;
}
