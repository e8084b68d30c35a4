#include "io/grid.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

Grid *grids_add(Grids *grids, Str name, GridPlaces places) {
    if (grids->count == grids->capacity) {
        grids->capacity = memory_growth(grids->capacity, grids->count + 1);
        grids->grids = memory_resize(grids->grids, grids->capacity, sizeof *grids->grids);
    }
    Grid *grid = &grids->grids[grids->count++];
    *grid = (Grid){.name = arena_copy(&grids->arena, name), .places = places};
    return grid;
}

void grids_release(Grids *grids) {
    for (size_t i = 0; i < grids->count; i++) {
        Grid *grid = &grids->grids[i];
        arena_release(&grid->arena);
        memory_free(grid->cells);
        memory_free(grid->rows);
        memory_free(grid->merges);
    }
    memory_free(grids->grids);
    arena_release(&grids->arena);
    *grids = (Grids){0};
}

void grid_begin_row(Grid *grid, uint32_t number, bool hidden) {
    if (grid->row_count == grid->row_capacity) {
        grid->row_capacity = memory_growth(grid->row_capacity, grid->row_count + 1);
        grid->rows = memory_resize(grid->rows, grid->row_capacity, sizeof *grid->rows);
    }
    grid->rows[grid->row_count++] = (GridRow){number, 0, grid->cell_count, hidden};
}

static GridCell *new_cell(Grid *grid) {
    if (grid->cell_count == grid->cell_capacity) {
        grid->cell_capacity = memory_growth(grid->cell_capacity, grid->cell_count + 1);
        grid->cells = memory_resize(grid->cells, grid->cell_capacity, sizeof *grid->cells);
    }
    return &grid->cells[grid->cell_count++];
}

void grid_add(Grid *grid, uint32_t column, Str text) {
    *new_cell(grid) = (GridCell){.text = text, .column = column};
    grid->rows[grid->row_count - 1].count++;
}

void grid_merge(Grid *grid, GridMerge merge) {
    if (grid->merge_count == grid->merge_capacity) {
        grid->merge_capacity = memory_growth(grid->merge_capacity, grid->merge_count + 1);
        grid->merges = memory_resize(grid->merges, grid->merge_capacity, sizeof *grid->merges);
    }
    grid->merges[grid->merge_count++] = merge;
}

/* The first row with that number or a higher one. */
static size_t find_row(const Grid *grid, uint32_t number) {
    size_t low = 0, high = grid->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (grid->rows[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const GridCell *find_cell(const Grid *grid, size_t row, uint32_t column) {
    const GridCell *cells = grid->cells + grid->rows[row].first;
    size_t low = 0, high = grid->rows[row].count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cells[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < grid->rows[row].count && cells[low].column == column ? &cells[low] : NULL;
}

Str grid_text(const Grid *grid, size_t row, uint32_t column) {
    const GridCell *cell = find_cell(grid, row, column);
    return cell ? str_trim(cell->text) : STR("");
}

static bool is_blank_row(const Grid *grid, size_t row) {
    const GridRow *cells = &grid->rows[row];
    for (size_t i = 0; i < cells->count; i++)
        if (str_trim(grid->cells[cells->first + i].text).size) return false;
    return true;
}

typedef struct Fill {
    size_t row;
    GridCell cell;
} Fill;

static int compare_fills(const void *a, const void *b) {
    const Fill *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->cell.column > y->cell.column) - (x->cell.column < y->cell.column);
}

typedef struct Filling {
    Fill *fills;
    size_t count, capacity;
    size_t looked;  /* rows looked at */
    uint64_t bytes; /* of the texts */
} Filling;

/* The cells below the top one of a merge, in rows that are there. */
static bool collect(const Grid *grid, GridMerge merge, Filling *out) {
    size_t row = find_row(grid, merge.top);
    if (row == grid->row_count || grid->rows[row].number != merge.top) return true;
    const GridCell *top = find_cell(grid, row, merge.left);
    if (!top || !top->text.size) return true;
    for (row++; row < grid->row_count && grid->rows[row].number <= merge.bottom; row++) {
        if (out->looked++ == GRID_FILLED) return false;
        if (is_blank_row(grid, row)) continue;
        out->bytes += top->text.size;
        if (out->bytes > GRID_FILLED_BYTES) return false;
        if (out->count == out->capacity) {
            out->capacity = memory_growth(out->capacity, out->count + 1);
            out->fills = memory_resize(out->fills, out->capacity, sizeof *out->fills);
        }
        out->fills[out->count] = (Fill){row, *top};
        out->fills[out->count++].cell.column = merge.left;
    }
    return true;
}

/* All rows anew, with what fills them. */
static void weave(Grid *grid, const Fill *fills, size_t count) {
    GridCell *old = grid->cells;
    size_t next = 0;
    grid->cell_capacity = grid->cell_count + count;
    grid->cells = memory_resize(NULL, grid->cell_capacity, sizeof *grid->cells);
    grid->cell_count = 0;
    for (size_t i = 0; i < grid->row_count; i++) {
        GridRow *row = &grid->rows[i];
        size_t at = row->first, end = row->first + row->count;
        row->first = grid->cell_count;
        while (at < end || (next < count && fills[next].row == i)) {
            bool filled = next < count && fills[next].row == i &&
                          (at == end || fills[next].cell.column <= old[at].column);
            if (filled && at < end && fills[next].cell.column == old[at].column) at++;
            grid->cells[grid->cell_count++] = filled ? fills[next].cell : old[at];
            if (filled) {
                uint32_t column = fills[next].cell.column; /* of merges that overlap, the first counts */
                while (next < count && fills[next].row == i && fills[next].cell.column == column) next++;
            } else {
                at++;
            }
        }
        row->count = (uint32_t)(grid->cell_count - row->first);
    }
    memory_free(old);
}

bool grid_fill(Grid *grid) {
    Filling filling = {0};
    bool good = true;
    for (size_t i = 0; i < grid->merge_count && good; i++) {
        if (grid->merges[i].bottom > grid->merges[i].top) good = collect(grid, grid->merges[i], &filling);
    }
    if (good && filling.count) {
        qsort(filling.fills, filling.count, sizeof *filling.fills, compare_fills);
        weave(grid, filling.fills, filling.count);
    }
    memory_free(filling.fills);
    return good;
}

void grid_add_letters(Buffer *out, uint32_t column) {
    char letters[8];
    size_t count = 0;
    for (uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters[count++] = (char)('A' + (rest - 1) % 26);
    while (count > 0) buffer_add_char(out, letters[--count]);
}

/* ---- the rows as a table */

typedef struct GridTable {
    Table table;
    const Grid *grid;
    const GridHeading *heading;
    Cell *cells;
    size_t next;
    size_t current; /* the row read last */
    bool begun;

    Arena arena;
} GridTable;

/* A cell of no column that has a name; NULL where there is none. */
static const GridCell *outside(const GridTable *reader, const GridRow *row) {
    size_t column = 0;
    for (size_t i = 0; i < row->count; i++) {
        const GridCell *cell = &reader->grid->cells[row->first + i];
        while (column < reader->heading->count && reader->heading->columns[column] < cell->column) column++;
        bool named = column < reader->heading->count && reader->heading->columns[column] == cell->column;
        if (!named && str_trim(cell->text).size) return cell;
    }
    return NULL;
}

static void take_cells(GridTable *reader, const GridRow *row) {
    const GridHeading *heading = reader->heading;
    size_t at = 0;
    for (size_t i = 0; i < heading->count; i++) {
        const GridCell *cells = reader->grid->cells + row->first;
        while (at < row->count && cells[at].column < heading->columns[i]) at++;
        bool there = at < row->count && cells[at].column == heading->columns[i];
        reader->cells[i] =
            there ? (Cell){.text = cells[at].text, .percent = cells[at].percent} : (Cell){.text = STR("")};
    }
}

/* A row that says again what one of the rows of column names says. */
static bool repeats(const GridTable *reader, const GridRow *row) {
    const Grid *grid = reader->grid;
    for (size_t head = reader->heading->top; head < reader->heading->first; head++) {
        size_t equal = 0, filled = 0;
        for (size_t i = 0; i < row->count; i++) {
            Str text = str_trim(grid->cells[row->first + i].text);
            if (!text.size) continue;
            filled++;
            equal += str_equal(text, grid_text(grid, head, grid->cells[row->first + i].column));
        }
        if (filled > 1 && filled == equal) return true;
    }
    return false;
}

static Place place_at(GridTable *reader, size_t row, uint32_t column, Str name) {
    const Grid *grid = reader->grid;
    uint32_t number = grid->rows[row].number;
    Place place = {.file = reader->table.file, .line = number};
    if (grid->places == GRID_LINES) {
        const GridCell *cell = find_cell(grid, row, column);
        if (!cell || !cell->line) return place;
        place.line = cell->line;
        place.column = cell->at;
        return place;
    }
    Buffer letters = {0};
    grid_add_letters(&letters, column);
    if (grid->places == GRID_LETTERS)
        place.cell = arena_format(&reader->arena, "%.*s!%.*s%u", STR_FMT(grid->name),
                                  STR_FMT(buffer_view(&letters)), number);
    else
        place.cell =
            arena_format(&reader->arena, "%.*s[%u].%.*s", STR_FMT(grid->name), number, STR_FMT(name));
    buffer_release(&letters);
    return place;
}

static TableStep refuse(GridTable *reader, size_t row, const GridCell *cell, MessageId message, Str text,
                        Diag *diag) {
    Str name = STR("");
    for (size_t i = 0; i < reader->heading->count; i++)
        if (reader->heading->columns[i] == cell->column) name = reader->heading->names[i];
    Place place = place_at(reader, row, cell->column, name);
    diag_add(diag, message, &place, text);
    return TABLE_FAULT;
}

/* A cell with what no text may hold; NULL where there is none. */
static const GridCell *find_bad(const Grid *grid, const GridRow *row) {
    for (size_t i = 0; i < row->count; i++) {
        const GridCell *cell = &grid->cells[row->first + i];
        if (str_find(cell->text, '\0', 0) < cell->text.size || text_invalid(cell->text) < cell->text.size)
            return cell;
    }
    return NULL;
}

static TableStep refuse_bad(GridTable *reader, size_t row, const GridCell *cell, Diag *diag) {
    size_t at = text_invalid(cell->text);
    char byte[8];
    if (str_find(cell->text, '\0', 0) < at)
        return refuse(reader, row, cell, MESSAGE_NUL_CHARACTER, STR(""), diag);
    snprintf(byte, sizeof byte, "0x%02x", (unsigned)(unsigned char)cell->text.data[at]);
    return refuse(reader, row, cell, MESSAGE_CELL_UTF8, str_of(byte), diag);
}

/* The names of columns stand in several rows where cells are joined. */
static TableStep read_names(GridTable *reader, Row *row, Diag *diag) {
    const Grid *grid = reader->grid;
    const GridHeading *heading = reader->heading;
    reader->begun = true;
    reader->current = heading->first - 1;
    for (size_t head = heading->top; head < heading->first; head++) {
        const GridCell *bad = find_bad(grid, &grid->rows[head]);
        if (bad) return refuse_bad(reader, head, bad, diag);
    }
    for (size_t i = 0; i < heading->count; i++) reader->cells[i] = (Cell){.text = heading->names[i]};
    *row = (Row){reader->cells, heading->count, grid->rows[reader->current].number};
    return TABLE_ROW;
}

static TableStep grid_next(Table *table, Row *row, Diag *diag) {
    GridTable *reader = (GridTable *)table;
    const Grid *grid = reader->grid;
    if (!reader->begun) return read_names(reader, row, diag);
    for (; reader->next < grid->row_count; reader->next++) {
        const GridRow *found = &grid->rows[reader->next];
        if (is_blank_row(grid, reader->next) || repeats(reader, found)) continue;
        reader->current = reader->next++;
        for (size_t i = 0; i < found->count; i++) {
            const GridCell *cell = &grid->cells[found->first + i];
            if (cell->failed)
                return refuse(reader, reader->current, cell, MESSAGE_CELL_FAILED, cell->text, diag);
        }
        const GridCell *bad = find_bad(grid, found);
        if (bad) return refuse_bad(reader, reader->current, bad, diag);
        const GridCell *stray = outside(reader, found);
        if (stray) return refuse(reader, reader->current, stray, MESSAGE_CELL_OUTSIDE, stray->text, diag);
        take_cells(reader, found);
        *row = (Row){reader->cells, reader->heading->count, found->number};
        return TABLE_ROW;
    }
    return TABLE_END;
}

static Place grid_place(const Table *table, const Row *row, size_t cell) {
    GridTable *reader = (GridTable *)table;
    const GridHeading *heading = reader->heading;
    if (cell >= row->count) cell = row->count - 1;
    return place_at(reader, reader->current, heading->columns[cell], heading->names[cell]);
}

static void grid_close(Table *table) {
    GridTable *reader = (GridTable *)table;
    arena_release(&reader->arena);
    memory_free(reader->cells);
    memory_free(reader);
}

static const TableReader grid_reader = {grid_next, grid_place, grid_close};

Table *grid_table(Str file, const Grid *grid, const GridHeading *heading) {
    GridTable *reader = memory_new(1, sizeof *reader);
    reader->table = (Table){&grid_reader, file, 0};
    reader->grid = grid;
    reader->heading = heading;
    reader->cells = memory_new(heading->count, sizeof *reader->cells);
    reader->next = heading->first;
    return &reader->table;
}
