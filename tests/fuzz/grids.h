/* grids - what must hold of sheets and tables that a module has read, whatever it read them from.
 */
#ifndef PERFEVAL_TESTS_GRIDS_H
#define PERFEVAL_TESTS_GRIDS_H

#include "fuzz.h"

#include "base/text.h"
#include "io/grid.h"
#include "model/heading.h"
#include "model/load.h"

/** Most rows that are made data: few, so that an input takes no seconds. */
#define GRIDS_ROWS 20000

static inline int hex_digit(int byte) {
    const char *digits = "0123456789abcdef", *found = byte ? strchr(digits, byte) : NULL;
    return found ? (int)(found - digits) : -1;
}

/** "PLACE HEX…": puts these bytes over those that are there; a place below 0 counts from the end. */
static inline void patch_bytes(Buffer *out, Str patch) {
    char number[16] = "";
    size_t at = 0;
    for (; at < patch.size && at + 1 < sizeof number && patch.data[at] != ' '; at++)
        number[at] = patch.data[at];
    long place = strtol(number, NULL, 10), size = (long)out->size;
    if (place < 0) place += size;
    for (at++; at + 1 < patch.size && place >= 0 && place < size; at += 2, place++) {
        int high = hex_digit(patch.data[at]), low = hex_digit(patch.data[at + 1]);
        if (high < 0 || low < 0) return;
        out->data[place] = (char)(high * 16 + low);
    }
}

static inline bool is_text(Str text) { return text_invalid(text) == text.size; }

/* `texts`: the reader sees to it that cells are texts; else the table over the grid does. */
static inline void check_grid(const Grid *grid, bool texts) {
    uint32_t row = 0;
    require(is_text(grid->name), "the name of a sheet");
    for (size_t i = 0; i < grid->row_count; i++) {
        const GridRow *at = &grid->rows[i];
        bool rises = at->number > row || (i == 0 && !texts); /* names of columns of a table are row 0 */
        require(rises && at->number <= GRID_ROWS, "row %u behind row %u", at->number, row);
        require(at->first + at->count <= grid->cell_count, "cells of row %u", at->number);
        row = at->number;
        for (size_t k = 0; k < at->count; k++) {
            const GridCell *cell = &grid->cells[at->first + k];
            require(cell->column < GRID_COLUMNS, "column %u", cell->column);
            require(k == 0 || cell[-1].column < cell->column, "column %u again", cell->column);
            require(!texts || is_text(cell->text), "the text of a cell");
        }
    }
}

static inline void load_grid(Str file, const Grid *grid, const GridHeading *heading, Diag *diag) {
    Table *table = grid_table(file, grid, heading);
    InputLimits limits = INPUT_LIMITS_DEFAULT;
    limits.rows = GRIDS_ROWS;
    const LoadOptions options = {.limits = &limits};
    Dataset *dataset = dataset_load(table, &options, diag);
    require((dataset == NULL) == diag_has_errors(diag), "a dataset after errors, or none without");
    dataset_free(dataset);
    table_close(table);
}

/** Every grid holds what grids may hold (`texts`: texts alone), and becomes data or errors. */
static inline void grids_become_data(Grids *grids, Str file, bool texts) {
    for (size_t i = 0; i < grids->count; i++) {
        Grid *grid = &grids->grids[i];
        check_grid(grid, texts);
        if (!grid_fill(grid)) continue;
        check_grid(grid, texts);
        Arena arena = {0};
        GridHeading heading;
        Diag *diag = diag_new();
        heading_find(grid, &arena, &heading);
        if (heading.count) load_grid(file, grid, &heading, diag);
        require_plain_messages(diag);
        diag_free(diag);
        arena_release(&arena);
    }
}

#endif
