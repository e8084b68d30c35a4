#include "model/chain.h"

#include "base/memory.h"
#include "model/heading.h"

#include <stdlib.h>

typedef struct Part {
    Table *table;
    size_t first; /* the number of its first row among all */
} Part;

typedef struct Chain {
    Table table;
    Part *parts;
    size_t count, current, rows;
    Str *names; /* of the columns */
    size_t columns;
    size_t *map; /* by column: where it stands in the table at work */
    Cell *cells;
    Row row; /* of the table at work, as it gave it */
    bool begun;
    Arena arena;
} Chain;

static bool same_column(Str a, Str b) {
    ColumnId x, y;
    if (str_equal(str_trim(a), str_trim(b))) return true;
    return heading_column(str_trim(a), &x) && heading_column(str_trim(b), &y) && x == y;
}

/* By its own name first: another name may be that of another column. */
static size_t find_column(const Chain *chain, const Row *row, size_t column) {
    for (size_t i = 0; i < row->count; i++)
        if (str_equal(str_trim(row->cells[i].text), chain->names[column])) return i;
    for (size_t i = 0; i < row->count; i++)
        if (same_column(row->cells[i].text, chain->names[column])) return i;
    return row->count;
}

/* The heading of the table at work. */
static bool map_columns(Chain *chain, const Row *row, Diag *diag) {
    Table *table = chain->parts[chain->current].table;
    Str first = chain->parts[0].table->file;
    bool *used = memory_new(row->count, sizeof *used), good = true;
    for (size_t i = 0; i < chain->columns; i++) {
        chain->map[i] = find_column(chain, row, i);
        if (chain->map[i] < row->count) {
            used[chain->map[i]] = true;
            continue;
        }
        Place place = table_place(table, row, row->count);
        diag_add(diag, MESSAGE_FILES_COLUMNS, &place, chain->names[i], first);
        good = false;
    }
    for (size_t i = 0; i < row->count; i++) {
        if (used[i]) continue;
        Place place = table_place(table, row, i);
        diag_add(diag, MESSAGE_FILES_EXTRA, &place, str_trim(row->cells[i].text), first);
        good = false;
    }
    memory_free(used);
    return good;
}

static TableStep first_heading(Chain *chain, Row *row, Diag *diag) {
    chain->begun = true;
    TableStep step = table_next(chain->parts[0].table, row, diag);
    if (step != TABLE_ROW) return step;
    chain->columns = row->count;
    chain->names = arena_new(&chain->arena, row->count, sizeof *chain->names);
    chain->map = arena_new(&chain->arena, row->count, sizeof *chain->map);
    chain->cells = arena_new(&chain->arena, row->count, sizeof *chain->cells);
    for (size_t i = 0; i < row->count; i++) {
        chain->names[i] = arena_copy(&chain->arena, str_trim(row->cells[i].text));
        chain->map[i] = i;
    }
    chain->row = *row;
    return TABLE_ROW;
}

/* True when the next table, whose columns fit, is at work. */
static TableStep next_part(Chain *chain, Diag *diag) {
    if (chain->current + 1 >= chain->count) return TABLE_END;
    Part *part = &chain->parts[++chain->current];
    part->first = chain->rows;
    Row heading;
    TableStep step = table_next(part->table, &heading, diag);
    if (step == TABLE_END) {
        Place place = {.file = part->table->file};
        diag_add_plain(diag, MESSAGE_EMPTY_FILE, &place);
    }
    if (step == TABLE_ROW && map_columns(chain, &heading, diag)) return TABLE_ROW;
    Row skipped; /* nothing of it can be read */
    while (table_next(part->table, &skipped, diag) == TABLE_ROW) continue;
    return TABLE_FAULT;
}

static TableStep chain_next(Table *table, Row *row, Diag *diag) {
    Chain *chain = (Chain *)table;
    if (!chain->begun) return first_heading(chain, row, diag);
    TableStep step = table_next(chain->parts[chain->current].table, &chain->row, diag);
    while (step == TABLE_END) {
        TableStep begun = next_part(chain, diag);
        if (begun != TABLE_ROW) return begun;
        step = table_next(chain->parts[chain->current].table, &chain->row, diag);
    }
    if (step != TABLE_ROW) return step;
    chain->rows++;
    *row = chain->row;
    if (chain->current == 0 || row->count != chain->columns) return TABLE_ROW;
    for (size_t i = 0; i < chain->columns; i++) chain->cells[i] = chain->row.cells[chain->map[i]];
    row->cells = chain->cells;
    return TABLE_ROW;
}

static Place chain_place(const Table *table, const Row *row, size_t cell) {
    const Chain *chain = (const Chain *)table;
    (void)row;
    bool mapped = chain->row.count == chain->columns && cell < chain->columns;
    return table_place(chain->parts[chain->current].table, &chain->row, mapped ? chain->map[cell] : cell);
}

static void chain_close(Table *table) {
    Chain *chain = (Chain *)table;
    for (size_t i = 0; i < chain->count; i++) table_close(chain->parts[i].table);
    arena_release(&chain->arena);
    memory_free(chain);
}

static const TableReader chain_reader = {chain_next, chain_place, chain_close};

Table *chain_table(Str file, Table **tables, size_t count) {
    Chain *chain = memory_new(1, sizeof *chain);
    chain->table = (Table){&chain_reader, file, 0};
    chain->parts = arena_new(&chain->arena, count, sizeof *chain->parts);
    chain->count = count;
    for (size_t i = 0; i < count; i++) chain->parts[i].table = tables[i];
    return &chain->table;
}

/* ---- what the files show together */

typedef struct Key {
    uint32_t project, indicator, period, row;
} Key;

static int compare_keys(const void *a, const void *b) {
    const Key *x = a, *y = b;
    if (x->project != y->project) return x->project < y->project ? -1 : 1;
    if (x->indicator != y->indicator) return x->indicator < y->indicator ? -1 : 1;
    if (x->period != y->period) return x->period < y->period ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static Str file_of(const Chain *chain, size_t row) {
    size_t part = 0;
    while (part + 1 < chain->count && part < chain->current && chain->parts[part + 1].first <= row) part++;
    return chain->parts[part].table->file;
}

static Place place_of(const Chain *chain, const Dataset *dataset, size_t row) {
    return (Place){.file = file_of(chain, row), .line = dataset_line(dataset, row)};
}

static Key key_of(const Dataset *dataset, uint32_t row) {
    size_t column;
    Key key = {.project = dataset_project(dataset, row), .row = row};
    if (dataset_find_column(dataset, STR("indicator"), &column))
        key.indicator = text_id(dataset_words(dataset, column), row);
    if (dataset_find_column(dataset, STR("period"), &column))
        key.period = text_id(dataset_words(dataset, column), row);
    return key;
}

static bool check_rows(const Chain *chain, const Dataset *dataset, Diag *diag) {
    size_t rows = dataset_rows(dataset), column;
    Key *keys = memory_new(rows, sizeof *keys);
    bool good = true;
    for (size_t i = 0; i < rows; i++) keys[i] = key_of(dataset, (uint32_t)i);
    qsort(keys, rows, sizeof *keys, compare_keys);
    for (size_t i = 1; i < rows; i++) {
        const Key *a = &keys[i - 1], *b = &keys[i];
        bool same = a->project == b->project && a->indicator == b->indicator && a->period == b->period;
        Str earlier = file_of(chain, a->row);
        if (!same || str_equal(earlier, file_of(chain, b->row))) continue;
        Arena arena = {0};
        Place place = place_of(chain, dataset, b->row);
        Str name = dataset_find_column(dataset, STR("indicator"), &column)
                       ? dataset_text(dataset, column, b->row)
                       : STR("");
        diag_add(diag, MESSAGE_ROW_TWICE, &place, name,
                 arena_format(&arena, "%.*s:%u", STR_FMT(earlier), dataset_line(dataset, a->row)));
        arena_release(&arena);
        good = false;
    }
    memory_free(keys);
    return good;
}

static void warn_departments(const Chain *chain, const Dataset *dataset, Diag *diag) {
    size_t count = dataset_level_size(dataset, LEVEL_DEPARTMENT);
    uint32_t *first = memory_new(count, sizeof *first); /* the first row of each, from 1 */
    bool *told = memory_new(count, sizeof *told);
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        uint32_t unit = dataset_parent(dataset, LEVEL_PROJECT, dataset_project(dataset, row));
        if (!first[unit]) first[unit] = (uint32_t)row + 1;
        Str earlier = file_of(chain, first[unit] - 1);
        if (told[unit] || str_equal(earlier, file_of(chain, row))) continue;
        told[unit] = true;
        Place place = place_of(chain, dataset, row);
        diag_add(diag, MESSAGE_DEPARTMENT_TWICE, &place, dataset_level_name(dataset, LEVEL_DEPARTMENT, unit),
                 earlier);
    }
    memory_free(first);
    memory_free(told);
}

bool chain_check(const Table *table, const Dataset *dataset, Diag *diag) {
    const Chain *chain = (const Chain *)table;
    warn_departments(chain, dataset, diag);
    return check_rows(chain, dataset, diag);
}
