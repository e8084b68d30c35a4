#include "module/hwpx.h"

#include "module/xml.h"

#include <string.h>

typedef struct Hwpx {
    Zip *zip;
    Grids *out;
    Str part;
    unsigned tables; /* open ones; what stands in an inner one is not read */
    uint32_t row, column, rows_spanned, columns_spanned;
    uint32_t next_column; /* where a cell without a place would stand */
    bool row_begun, in_cell, in_text, failed;
    unsigned paragraphs;
    Buffer text;
} Hwpx;

static Grid *grid_of(const Hwpx *hwpx) { return &hwpx->out->grids[hwpx->out->count - 1]; }

static void wrong_place(Hwpx *hwpx) {
    Arena arena = {0};
    Place place = {.file = hwpx->zip->name, .cell = grid_of(hwpx)->name};
    if (!hwpx->failed)
        diag_add(hwpx->zip->diag, MESSAGE_XML_BROKEN, &place, hwpx->part,
                 arena_format(&arena, "%u", hwpx->row), message_words(TEXT_CAUSE_CELL_PLACE));
    hwpx->failed = true;
    arena_release(&arena);
}

static void begin_table(Hwpx *hwpx) {
    Arena arena = {0};
    grids_add(hwpx->out, arena_format(&arena, "%zu", hwpx->out->count + 1), GRID_LETTERS);
    arena_release(&arena);
    hwpx->row = 0;
    hwpx->row_begun = false;
}

static void begin_cell(Hwpx *hwpx) {
    hwpx->in_cell = true;
    hwpx->column = hwpx->next_column;
    hwpx->rows_spanned = hwpx->columns_spanned = 1;
    hwpx->text.size = 0;
    hwpx->paragraphs = 0;
}

static void end_cell(Hwpx *hwpx) {
    Grid *grid = grid_of(hwpx);
    hwpx->in_cell = false;
    if (!hwpx->row || hwpx->column < hwpx->next_column || hwpx->column >= GRID_COLUMNS ||
        !hwpx->rows_spanned || !hwpx->columns_spanned || hwpx->columns_spanned > GRID_COLUMNS ||
        hwpx->rows_spanned > GRID_ROWS) {
        wrong_place(hwpx);
        return;
    }
    hwpx->next_column = hwpx->column + 1;
    Str text = str_trim(buffer_view(&hwpx->text));
    if (!text.size) return;
    if (!hwpx->row_begun) grid_begin_row(grid, hwpx->row, false);
    hwpx->row_begun = true;
    grid_add(grid, hwpx->column, arena_copy(&grid->arena, text));
    if (hwpx->rows_spanned > 1 || hwpx->columns_spanned > 1)
        grid_merge(grid, (GridMerge){hwpx->row, hwpx->row + hwpx->rows_spanned - 1, hwpx->column,
                                     hwpx->column + hwpx->columns_spanned - 1});
}

static void in_cell(Hwpx *hwpx, const char *name, const char **attributes) {
    if (strcmp(name, "cellAddr") == 0) hwpx->column = xml_number(attributes, "colAddr", GRID_COLUMNS);
    if (strcmp(name, "cellSpan") == 0) {
        hwpx->columns_spanned = xml_number(attributes, "colSpan", 1);
        hwpx->rows_spanned = xml_number(attributes, "rowSpan", 1);
    }
    if (strcmp(name, "p") == 0 && hwpx->paragraphs++ > 0) buffer_add_char(&hwpx->text, '\n');
    if (strcmp(name, "t") == 0) hwpx->in_text = true;
    if (strcmp(name, "lineBreak") == 0) buffer_add_char(&hwpx->text, '\n');
    if (strcmp(name, "tab") == 0) buffer_add_char(&hwpx->text, '\t');
    if (strcmp(name, "nbSpace") == 0 || strcmp(name, "fwSpace") == 0) buffer_add_char(&hwpx->text, ' ');
}

static void start(void *context, const char *name, const char **attributes) {
    Hwpx *hwpx = context;
    if (strcmp(name, "tbl") == 0 && hwpx->tables++ == 0) begin_table(hwpx);
    if (hwpx->tables != 1) return;
    if (strcmp(name, "tr") == 0) {
        hwpx->row++;
        hwpx->next_column = 0;
        hwpx->row_begun = false;
    }
    if (strcmp(name, "tc") == 0) begin_cell(hwpx);
    if (hwpx->in_cell) in_cell(hwpx, name, attributes);
}

static void end(void *context, const char *name) {
    Hwpx *hwpx = context;
    if (hwpx->tables == 1 && strcmp(name, "tc") == 0) end_cell(hwpx);
    if (strcmp(name, "t") == 0) hwpx->in_text = false;
    if (strcmp(name, "tbl") == 0 && hwpx->tables) hwpx->tables--;
}

static void text(void *context, Str piece) {
    Hwpx *hwpx = context;
    if (hwpx->tables == 1 && hwpx->in_cell && hwpx->in_text) buffer_add(&hwpx->text, piece);
}

bool hwpx_read(Zip *zip, const GridAsk *ask, Grids *out) {
    static const XmlTaker taker = {start, end, text};
    Hwpx hwpx = {.zip = zip, .out = out};
    bool good = true;
    (void)ask;
    for (unsigned i = 0; good; i++) {
        hwpx.part = arena_format(&zip->arena, "Contents/section%u.xml", i);
        if (!zip_has(zip, hwpx.part)) break;
        good = xml_read(zip, hwpx.part, &taker, &hwpx, &hwpx.failed) && !hwpx.failed;
    }
    buffer_release(&hwpx.text);
    return good;
}
