#include "model/suite_rows.h"

typedef struct RowsTable {
    Table table;
    const SuiteCase *test;
    Str *columns;
    size_t column_count;
    size_t next; /* 0: the header */
    Cell *cells;
    Arena *arena;
} RowsTable;

static void add_column(RowsTable *rows, Str name) {
    for (size_t i = 0; i < rows->column_count; i++) {
        if (str_equal(rows->columns[i], name)) return;
    }
    rows->columns[rows->column_count++] = name;
}

static const SuiteCell *cell_of(const SuiteRow *row, Str column) {
    for (size_t i = 0; i < row->cell_count; i++) {
        if (str_equal(row->cells[i].column, column)) return &row->cells[i];
    }
    return NULL;
}

/* The four names must stand in every row; what is tested seldom depends on them. */
static Str default_text(const RowsTable *rows, Str column, size_t row) {
    if (str_is(column, "indicator")) return arena_format(rows->arena, "%zu", row + 1);
    bool name = str_is(column, "bureau") || str_is(column, "department") || str_is(column, "project");
    return name ? STR("test") : (Str){"", 0};
}

static TableStep rows_next(Table *table, Row *out, Diag *diag) {
    (void)diag;
    RowsTable *rows = (RowsTable *)table;
    if (rows->next > rows->test->row_count) return TABLE_END;
    const SuiteRow *row = rows->next ? &rows->test->rows[rows->next - 1] : NULL;
    for (size_t i = 0; i < rows->column_count; i++) {
        const SuiteCell *cell = row ? cell_of(row, rows->columns[i]) : NULL;
        Str text = rows->columns[i];
        if (row) text = cell ? cell->text : default_text(rows, rows->columns[i], rows->next - 1);
        rows->cells[i] = (Cell){.text = text};
    }
    *out = (Row){rows->cells, rows->column_count, row ? row->place.line : rows->test->place.line};
    rows->next++;
    return TABLE_ROW;
}

static Place rows_place(const Table *table, const Row *row, size_t cell) {
    (void)row;
    const RowsTable *rows = (const RowsTable *)table;
    if (rows->next < 2) return rows->test->place;
    const SuiteRow *read = &rows->test->rows[rows->next - 2];
    const SuiteCell *found = cell < rows->column_count ? cell_of(read, rows->columns[cell]) : NULL;
    return found ? found->place : read->place;
}

static void rows_close(Table *table) { (void)table; }

static const TableReader rows_reader = {rows_next, rows_place, rows_close};

Table *suite_rows(Arena *arena, const SuiteCase *test) {
    RowsTable *rows = arena_new(arena, 1, sizeof *rows);
    size_t most = COLUMN_KNOWN;
    for (size_t i = 0; i < test->row_count; i++) most += test->rows[i].cell_count;
    *rows = (RowsTable){
        .table = {.reader = &rows_reader, .file = test->place.file}, .test = test, .arena = arena};
    rows->columns = arena_new(arena, most, sizeof *rows->columns);
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        if (column_info(id)->required) add_column(rows, str_of(column_info(id)->name));
    }
    for (size_t i = 0; i < test->row_count; i++) {
        for (size_t j = 0; j < test->rows[i].cell_count; j++) add_column(rows, test->rows[i].cells[j].column);
    }
    rows->cells = arena_new(arena, rows->column_count, sizeof *rows->cells);
    return &rows->table;
}
