#include "model/heading.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

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

/* All names that are looked for, folded. */
typedef struct Vocabulary {
    Arena arena;
    struct {
        Str folded;
        ColumnId column;
    } names[2 * (size_t)COLUMN_KNOWN + sizeof others / sizeof *others];
    size_t count;
} Vocabulary;

/* Longest name that is folded, in bytes: those above are far shorter, with blanks and dots too. */
#define LONGEST_NAME 1024

static void learn(Vocabulary *vocabulary, const char *name, ColumnId column) {
    Buffer folded = {0};
    text_fold(&folded, str_of(name));
    vocabulary->names[vocabulary->count].folded = arena_copy(&vocabulary->arena, buffer_view(&folded));
    vocabulary->names[vocabulary->count++].column = column;
    buffer_release(&folded);
}

static void vocabulary_learn(Vocabulary *vocabulary) {
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        learn(vocabulary, column_info(id)->name, id);
        learn(vocabulary, column_info(id)->label, id);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        learn(vocabulary, others[i].name, others[i].column);
}

static bool vocabulary_find(const Vocabulary *vocabulary, Str name, ColumnId *column) {
    if (column_find(name, column)) return true;
    if (!name.size || name.size > LONGEST_NAME) return false;
    Buffer folded = {0};
    text_fold(&folded, name);
    size_t at = 0;
    while (at < vocabulary->count && !str_equal(vocabulary->names[at].folded, buffer_view(&folded))) at++;
    buffer_release(&folded);
    if (at == vocabulary->count) return false;
    *column = vocabulary->names[at].column;
    return *column != COLUMN_ORIGINAL_TARGET;
}

bool heading_column(Str name, ColumnId *column) {
    if (column_find(name, column)) return true;
    Vocabulary vocabulary = {0};
    vocabulary_learn(&vocabulary);
    bool found = vocabulary_find(&vocabulary, name, column);
    arena_release(&vocabulary.arena);
    return found;
}

/* ---- what the first rows say */

/* A cell of one of the rows: what stands in it, or in the merge that it is part of. */
typedef struct HeadCell {
    Str own, shown; /* own: empty where only the merge says it */
    ColumnId column;
    bool known; /* shown is the name of `column` */
} HeadCell;

typedef struct Head {
    HeadCell *cells;
    uint32_t *blank; /* of each column: itself where nothing is shown, else one further to the right */
    uint32_t width;  /* up to the last cell of its own */
} Head;

/* The first column from this one on where nothing is shown. */
static uint32_t next_blank(uint32_t *blank, uint32_t column) {
    uint32_t end = column;
    while (blank[end] != end) end = blank[end];
    while (blank[column] != end) {
        uint32_t next = blank[column];
        blank[column] = end;
        column = next;
    }
    return end;
}

static void show(Head *head, uint32_t column, Str text) {
    head->cells[column].shown = text;
    head->blank[column] = column + 1;
}

/* Of merges that overlap, the first that says something counts. */
static void show_merges(const Grid *grid, size_t row, uint32_t width, Head *head) {
    uint32_t number = grid->rows[row].number;
    for (size_t i = 0; i < grid->merge_count; i++) {
        const GridMerge *merge = &grid->merges[i];
        if (number < merge->top || number > merge->bottom || merge->left >= width) continue;
        size_t top = row;
        while (top > 0 && grid->rows[top].number > merge->top) top--;
        Str text = grid->rows[top].number == merge->top ? grid_text(grid, top, merge->left) : STR("");
        uint32_t last = merge->right < width ? merge->right : width - 1;
        if (!text.size) continue;
        for (uint32_t column = next_blank(head->blank, merge->left); column <= last;
             column = next_blank(head->blank, column))
            show(head, column, text);
    }
}

static void read_head(const Grid *grid, const Vocabulary *vocabulary, size_t row, uint32_t width,
                      Head *head) {
    const GridRow *cells = &grid->rows[row];
    memset(head->cells, 0, width * sizeof *head->cells);
    for (uint32_t column = 0; column <= width; column++) head->blank[column] = column;
    head->width = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const GridCell *cell = &grid->cells[cells->first + i];
        Str text = str_trim(cell->text);
        if (!text.size || cell->column >= width) continue;
        head->cells[cell->column].own = text;
        show(head, cell->column, text);
        head->width = cell->column + 1;
    }
    show_merges(grid, row, width, head);
    for (uint32_t column = 0; column < width; column++) {
        HeadCell *cell = &head->cells[column];
        cell->known = cell->shown.size && vocabulary_find(vocabulary, cell->shown, &cell->column);
    }
}

/* What a column is called in two rows: 실적 under 전년 is 전년실적 where there is such a column, else 실적.
 */
static HeadCell name_of_two(Arena *arena, const HeadCell *upper, const HeadCell *lower) {
    HeadCell both = {.known = true};
    if (!lower->shown.size || str_equal(upper->shown, lower->shown)) return *upper;
    if (!upper->shown.size) return *lower;
    if (upper->shown.size + lower->shown.size <= LONGEST_NAME) {
        both.shown = arena_format(arena, "%.*s%.*s", STR_FMT(upper->shown), STR_FMT(lower->shown));
        if (column_find(both.shown, &both.column) && both.column != COLUMN_ORIGINAL_TARGET) return both;
    }
    return lower->known || !upper->known ? *lower : *upper;
}

/* Columns named in the row `top`, or in it and the one below; and how many needed ones are among them. */
static size_t try_rows(Arena *arena, size_t top, const Head *upper, const Head *lower, GridHeading *out) {
    uint32_t width = lower && lower->width > upper->width ? lower->width : upper->width;
    uint32_t *columns = arena_new(arena, width, sizeof *columns);
    Str *names = arena_new(arena, width, sizeof *names);
    bool named[COLUMN_KNOWN] = {false};
    size_t count = 0, needed = 0;
    for (uint32_t column = 0; column < width; column++) {
        HeadCell cell = upper->cells[column];
        Str name = cell.own;
        if (lower) {
            cell = name_of_two(arena, &cell, &lower->cells[column]);
            name = cell.shown;
        }
        if (!name.size) continue;
        columns[count] = column;
        names[count++] = name;
        if (!cell.known || named[cell.column]) continue;
        named[cell.column] = true;
        needed += column_info(cell.column)->required;
    }
    *out = (GridHeading){top, top + (lower ? 2 : 1), columns, names, count};
    return needed;
}

size_t heading_needed(void) {
    size_t needed = 0;
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) needed += column_info(id)->required;
    return needed;
}

static uint32_t most_columns(const Grid *grid, size_t rows) {
    uint32_t width = 0;
    for (size_t row = 0; row < rows; row++) {
        const GridRow *cells = &grid->rows[row];
        if (cells->count && grid->cells[cells->first + cells->count - 1].column >= width)
            width = grid->cells[cells->first + cells->count - 1].column + 1;
    }
    return width;
}

size_t heading_find(const Grid *grid, Arena *arena, GridHeading *out) {
    size_t best = 0, rows = grid->row_count > LOOKED_AT ? LOOKED_AT + 1 : grid->row_count;
    uint32_t width = most_columns(grid, rows);
    Vocabulary vocabulary = {0};
    Arena scratch = {0};
    Head heads[2];
    *out = (GridHeading){0};
    vocabulary_learn(&vocabulary);
    for (size_t i = 0; i < 2; i++) {
        heads[i].cells = arena_new(&scratch, width, sizeof *heads[i].cells);
        heads[i].blank = arena_new(&scratch, (size_t)width + 1, sizeof *heads[i].blank);
    }
    if (rows) read_head(grid, &vocabulary, 0, width, &heads[0]);
    for (size_t row = 0; row < rows && row < LOOKED_AT; row++) {
        const Head *upper = &heads[row % 2];
        Head *lower = row + 1 < rows ? &heads[(row + 1) % 2] : NULL;
        if (lower) read_head(grid, &vocabulary, row + 1, width, lower);
        for (size_t tried = 1; tried <= (lower ? 2 : 1); tried++) {
            GridHeading heading;
            size_t needed = try_rows(arena, row, upper, tried == 2 ? lower : NULL, &heading);
            if (heading.count && (!out->count || needed > best)) {
                best = needed;
                *out = heading;
            }
        }
    }
    arena_release(&scratch);
    arena_release(&vocabulary.arena);
    return best;
}
