#include "model/heading.h"

#include "base/memory.h"
#include "base/text.h"

/* Rows that are looked through for column names. */
#define LOOKED_AT 30

/* Names that departments use for columns of the vocabulary, folded (base/text). */
static const struct {
    const char *name;
    ColumnId column;
} others[] = {
    {"국별", COLUMN_BUREAU},
    {"국명", COLUMN_BUREAU},
    {"실국", COLUMN_BUREAU},
    {"실국명", COLUMN_BUREAU},
    {"소속국", COLUMN_BUREAU},
    {"부서명", COLUMN_DEPARTMENT},
    {"부서별", COLUMN_DEPARTMENT},
    {"담당부서", COLUMN_DEPARTMENT},
    {"추진부서", COLUMN_DEPARTMENT},
    {"주관부서", COLUMN_DEPARTMENT},
    {"소관부서", COLUMN_DEPARTMENT},
    {"사업명", COLUMN_PROJECT},
    {"주요사업명", COLUMN_PROJECT},
    {"추진사업", COLUMN_PROJECT},
    {"사업", COLUMN_PROJECT},
    {"지표", COLUMN_INDICATOR},
    {"지표명", COLUMN_INDICATOR},
    {"성과지표명", COLUMN_INDICATOR},
    {"측정단위", COLUMN_UNIT},
    {"목표값", COLUMN_TARGET},
    {"목표치", COLUMN_TARGET},
    {"목표량", COLUMN_TARGET},
    {"실적값", COLUMN_ACTUAL},
    {"실적치", COLUMN_ACTUAL},
    {"추진실적", COLUMN_ACTUAL},
    {"부진사유", COLUMN_REASON},
    {"미달사유", COLUMN_REASON},
    {"향후대책", COLUMN_COUNTERMEASURE},
    {"추진대책", COLUMN_COUNTERMEASURE},
};

static bool same(Str folded, const char *name) {
    Buffer other = {0};
    text_fold(&other, str_of(name));
    bool equal = str_equal(folded, buffer_view(&other));
    buffer_release(&other);
    return equal;
}

bool heading_column(Str name, ColumnId *column) {
    if (column_find(name, column)) return true;
    Buffer folded = {0};
    text_fold(&folded, name);
    bool found = false;
    for (ColumnId id = 0; id < COLUMN_KNOWN && !found; id++) {
        found = same(buffer_view(&folded), column_info(id)->name) ||
                same(buffer_view(&folded), column_info(id)->label);
        if (found) *column = id;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others && !found; i++) {
        found = same(buffer_view(&folded), others[i].name);
        if (found) *column = others[i].column;
    }
    buffer_release(&folded);
    return found && *column != COLUMN_ORIGINAL_TARGET;
}

/* The text of a heading: of a merged cell, wherever in it. */
static Str text_at(const Grid *grid, size_t row, uint32_t column) {
    Str text = grid_text(grid, row, column);
    uint32_t number = grid->rows[row].number;
    for (size_t i = 0; i < grid->merge_count && !text.size; i++) {
        const GridMerge *merge = &grid->merges[i];
        if (number < merge->top || number > merge->bottom || column < merge->left || column > merge->right)
            continue;
        for (size_t top = 0; top <= row; top++)
            if (grid->rows[top].number == merge->top) text = grid_text(grid, top, merge->left);
    }
    return text;
}

/* The name that a column has in two rows: 실적 under 전년 is 전년실적 where there is such a column, else
 * 실적. */
static Str name_of_two(Arena *arena, Str upper, Str lower) {
    ColumnId column;
    if (!lower.size || str_equal(upper, lower)) return upper;
    if (!upper.size) return lower;
    Str both = arena_format(arena, "%.*s%.*s", STR_FMT(upper), STR_FMT(lower));
    if (column_find(both, &column) && column != COLUMN_ORIGINAL_TARGET) return both;
    if (heading_column(lower, &column) || !heading_column(upper, &column)) return lower;
    return upper;
}

static uint32_t width_of(const Grid *grid, size_t row) {
    const GridRow *cells = &grid->rows[row];
    uint32_t width = 0;
    for (size_t i = 0; i < cells->count; i++)
        if (str_trim(grid->cells[cells->first + i].text).size)
            width = grid->cells[cells->first + i].column + 1;
    return width;
}

/* Columns named in `rows` rows from `top` on, and how many needed ones are among them. */
static size_t try_rows(const Grid *grid, Arena *arena, size_t top, size_t rows, GridHeading *out) {
    uint32_t width = width_of(grid, top);
    if (rows == 2 && width_of(grid, top + 1) > width) width = width_of(grid, top + 1);
    uint32_t *columns = arena_new(arena, width, sizeof *columns);
    Str *names = arena_new(arena, width, sizeof *names);
    bool named[COLUMN_KNOWN] = {false};
    size_t count = 0, needed = 0;
    for (uint32_t column = 0; column < width; column++) {
        Str name = rows == 2 ? name_of_two(arena, text_at(grid, top, column), text_at(grid, top + 1, column))
                             : grid_text(grid, top, column);
        ColumnId id;
        if (!name.size) continue;
        columns[count] = column;
        names[count++] = name;
        if (!heading_column(name, &id) || named[id]) continue;
        named[id] = true;
        needed += column_info(id)->required;
    }
    *out = (GridHeading){top, top + rows, columns, names, count};
    return needed;
}

size_t heading_needed(void) {
    size_t needed = 0;
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) needed += column_info(id)->required;
    return needed;
}

size_t heading_find(const Grid *grid, Arena *arena, GridHeading *out) {
    size_t best = 0;
    *out = (GridHeading){0};
    for (size_t row = 0; row < grid->row_count && row < LOOKED_AT; row++) {
        for (size_t rows = 1; rows <= 2 && row + rows <= grid->row_count; rows++) {
            GridHeading heading;
            size_t needed = try_rows(grid, arena, row, rows, &heading);
            if (heading.count && (!out->count || needed > best)) {
                best = needed;
                *out = heading;
            }
        }
    }
    return best;
}
