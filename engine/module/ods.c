#include "module/ods.h"

#include "module/value.h"
#include "module/xml.h"

#include <string.h>

/* Most copies of a row or cell with something in it; blank ones are only counted. */
#define MOST_COPIES 10000

typedef struct Ods {
    Zip *zip;
    const GridAsk *ask;
    Grids *out;
    Grid *grid;  /* the one that is read; NULL: none */
    bool wanted; /* its cells are asked for */
    uint32_t row, column, row_copies, cell_copies;
    uint32_t rows_spanned, columns_spanned;
    bool row_hidden, row_begun, in_row, paragraph, percent, failed;
    unsigned notes; /* open annotations, whose text is not the cell's */
    unsigned paragraphs;
    Str value; /* of the cell's attributes; data NULL: the text counts */
    Buffer text;
} Ods;

/* A cell outside of a row or of all rows and columns, or a table within another. */
static void wrong_place(Ods *ods) {
    if (ods->failed) return;
    Place place = {.file = ods->ask->file, .cell = ods->grid->name};
    Arena arena = {0};
    diag_add(ods->zip->diag, MESSAGE_XML_BROKEN, &place, STR("content.xml"),
             arena_format(&arena, "%u", ods->row), message_words(TEXT_CAUSE_CELL_PLACE));
    arena_release(&arena);
    ods->failed = true;
}

static void begin_sheet(Ods *ods, const char **attributes) {
    if (ods->grid) {
        wrong_place(ods);
        return;
    }
    Str name = xml_attribute(attributes, "name"), asked = ods->ask->sheet;
    ods->grid = grids_add(ods->out, name, GRID_LETTERS);
    ods->wanted = !asked.size || str_is(asked, "all") || str_equal(asked, name);
    ods->row = 0;
    ods->in_row = ods->row_begun = false;
}

static uint32_t at_least_one(uint32_t number) { return number ? number : 1; }

static void begin_row(Ods *ods, const char **attributes) {
    Str visible = xml_attribute(attributes, "visibility");
    ods->row_copies = at_least_one(xml_number(attributes, "number-rows-repeated", 1));
    ods->row_hidden = visible.size && !str_is(visible, "visible");
    ods->row++;
    ods->column = 0;
    ods->row_begun = false;
    ods->in_row = true;
}

/* The value that the attributes give; numbers stand there, texts between the tags. */
static Str value_of(Ods *ods, const char **attributes) {
    Arena *arena = &ods->grid->arena;
    Str type = xml_attribute(attributes, "value-type"), value = xml_attribute(attributes, "value");
    if (str_is(type, "percentage")) {
        Str shown = value_percent(arena, value);
        ods->percent = str_ends(shown, STR("%"));
        return shown;
    }
    if (str_is(type, "float") || str_is(type, "currency")) return value_number(arena, value);
    if (str_is(type, "date")) return arena_copy(arena, xml_attribute(attributes, "date-value"));
    if (str_is(type, "boolean"))
        return str_is(xml_attribute(attributes, "boolean-value"), "true") ? STR("TRUE") : STR("FALSE");
    return (Str){NULL, 0};
}

static void begin_cell(Ods *ods, const char **attributes, bool covered) {
    ods->cell_copies = at_least_one(xml_number(attributes, "number-columns-repeated", 1));
    ods->rows_spanned = xml_number(attributes, "number-rows-spanned", 1);
    ods->columns_spanned = xml_number(attributes, "number-columns-spanned", 1);
    ods->text.size = 0;
    ods->paragraphs = 0;
    ods->percent = false;
    ods->value = covered ? STR("") : value_of(ods, attributes);
}

static void too_much(Ods *ods) {
    Place place = {.file = ods->ask->file, .cell = ods->grid->name};
    if (!ods->failed) diag_add_plain(ods->zip->diag, MESSAGE_MERGES_LIMIT, &place);
    ods->failed = true;
}

/* Copies take as much room as the cells that they repeat. */
static bool count_copies(Ods *ods, uint64_t copies, uint64_t texts, uint64_t cells) {
    if (!zip_count(ods->zip, STR("content.xml"), copies * (texts + cells * sizeof(GridCell))))
        ods->failed = true;
    return !ods->failed;
}

static void end_cell(Ods *ods) {
    if (!ods->in_row) {
        wrong_place(ods);
        return;
    }
    Str text = ods->value.data ? ods->value : value_unescape(&ods->grid->arena, buffer_view(&ods->text));
    uint32_t first = ods->column;
    if (ods->cell_copies > GRID_COLUMNS - first) ods->cell_copies = GRID_COLUMNS - first;
    ods->column += ods->cell_copies;
    if (!str_trim(text).size) return;
    if (ods->cell_copies == 0 || ods->row > GRID_ROWS) { /* behind the last column or row */
        wrong_place(ods);
        return;
    }
    if (!count_copies(ods, ods->cell_copies - 1, text.size, 1)) return;
    bool error = !ods->value.data && (str_starts(text, STR("#DIV/0!")) || str_starts(text, STR("#N/A")) ||
                                      str_starts(text, STR("Err:")) || str_starts(text, STR("#REF!")) ||
                                      str_starts(text, STR("#VALUE!")) || str_starts(text, STR("#NAME?")));
    if (!ods->row_begun) grid_begin_row(ods->grid, ods->row, ods->row_hidden);
    ods->row_begun = true;
    for (uint32_t i = 0; i < ods->cell_copies; i++) {
        grid_add(ods->grid, first + i, text);
        ods->grid->cells[ods->grid->cell_count - 1].percent = ods->percent;
        ods->grid->cells[ods->grid->cell_count - 1].failed = error;
    }
    if (ods->rows_spanned > 1 || ods->columns_spanned > 1)
        grid_merge(ods->grid, (GridMerge){ods->row, ods->row + ods->rows_spanned - 1, first,
                                          first + ods->columns_spanned - 1});
    if (ods->grid->cell_count > GRID_FILLED) too_much(ods);
}

/* Rows that are said to repeat are there as often; blank ones only move on. */
static void end_row(Ods *ods) {
    Grid *grid = ods->grid;
    ods->in_row = false;
    uint32_t copies = ods->row_copies - 1;
    if (ods->row >= GRID_ROWS) return;
    if (copies > GRID_ROWS - ods->row) copies = GRID_ROWS - ods->row;
    ods->row += copies;
    if (!ods->row_begun || !copies) return;
    GridRow from = grid->rows[grid->row_count - 1];
    uint64_t texts = 0;
    for (size_t k = 0; k < from.count; k++) texts += grid->cells[from.first + k].text.size;
    if (copies > MOST_COPIES) too_much(ods);
    if (ods->failed || !count_copies(ods, copies, texts, from.count)) return;
    for (uint32_t i = 0; i < copies && !ods->failed; i++) {
        grid_begin_row(grid, ods->row - copies + i + 1, ods->row_hidden);
        for (size_t k = 0; k < from.count; k++) {
            GridCell cell = grid->cells[from.first + k];
            grid_add(grid, cell.column, cell.text);
            grid->cells[grid->cell_count - 1] = cell;
        }
        if (grid->cell_count > GRID_FILLED) too_much(ods);
    }
}

static void start(void *context, const char *name, const char **attributes) {
    Ods *ods = context;
    if (strcmp(name, "table") == 0) begin_sheet(ods, attributes);
    if (!ods->grid || !ods->wanted) return;
    if (strcmp(name, "table-row") == 0) begin_row(ods, attributes);
    if (strcmp(name, "table-cell") == 0) begin_cell(ods, attributes, false);
    if (strcmp(name, "covered-table-cell") == 0) begin_cell(ods, attributes, true);
    if (strcmp(name, "annotation") == 0) ods->notes++;
    if (ods->notes) return;
    if (strcmp(name, "p") == 0 && ods->paragraphs++ > 0) buffer_add_char(&ods->text, '\n');
    if (strcmp(name, "p") == 0) ods->paragraph = true;
    if (strcmp(name, "s") == 0) {
        uint32_t blanks = xml_number(attributes, "c", 1);
        buffer_add_repeat(&ods->text, ' ', blanks < 1000 ? blanks : 1000);
    }
    if (strcmp(name, "tab") == 0) buffer_add_char(&ods->text, '\t');
    if (strcmp(name, "line-break") == 0) buffer_add_char(&ods->text, '\n');
}

static void end(void *context, const char *name) {
    Ods *ods = context;
    if (!ods->grid) return;
    if (strcmp(name, "table") == 0) ods->grid = NULL;
    if (!ods->grid || !ods->wanted) return;
    if (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0) end_cell(ods);
    if (strcmp(name, "table-row") == 0) end_row(ods);
    if (strcmp(name, "annotation") == 0 && ods->notes) ods->notes--;
    if (strcmp(name, "p") == 0) ods->paragraph = false;
}

static void text(void *context, Str piece) {
    Ods *ods = context;
    if (ods->grid && ods->wanted && ods->paragraph && !ods->notes) buffer_add(&ods->text, piece);
}

bool ods_read(Zip *zip, const GridAsk *ask, Grids *out) {
    static const XmlTaker taker = {start, end, text};
    Ods ods = {.zip = zip, .ask = ask, .out = out};
    bool good = xml_read(zip, STR("content.xml"), &taker, &ods, &ods.failed);
    buffer_release(&ods.text);
    return good && !ods.failed;
}
