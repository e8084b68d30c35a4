#include "io/workbook_check.h"

#include "base/decimal.h"
#include "base/text.h"

#include <strings.h>

/* Most faults that are told. */
#define FAULTS 20

typedef struct Check {
    Workbook *workbook;
    const Place *place;
    Diag *diag;
    Arena arena;
    size_t sheet; /* position from 1 */
    size_t faults, cells;
} Check;

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
static bool is_letter(char byte) { return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'); }

/* Adds a fault of entry `index` (from 0) of the list `list` of the sheet at hand. */
static void fault(Check *check, const char *list, size_t index, MessageId what) {
    if (check->faults++ >= FAULTS) return;
    Str path = check->sheet ? arena_format(&check->arena, "workbook.sheets[%zu].%s[%zu]", check->sheet, list,
                                           index + 1)
                            : arena_format(&check->arena, "workbook.%s[%zu]", list, index + 1);
    diag_add(check->diag, MESSAGE_DOCUMENT_SHAPE, check->place, path, message_words(what));
}

static bool is_number(Str text) {
    Arena arena = {0};
    Decimal number;
    bool good = decimal_parse(text, &number, &arena, NULL) == DECIMAL_PLAIN;
    arena_release(&arena);
    return good;
}

/* ---- formulas */

static const WorkbookSheet *find_sheet(const Workbook *workbook, Str name) {
    const WorkbookSheet *sheets = workbook->sheets.items;
    for (size_t i = 0; i < workbook->sheets.count; i++)
        if (str_equal(sheets[i].name, name)) return &sheets[i];
    return NULL;
}

static bool is_function(Str name) {
    static const char *const names[] = {"ABS", "AND",     "AVERAGE",  "COUNT", "COUNTA", "COUNTIF",
                                        "IF",  "IFERROR", "ISNUMBER", "MAX",   "MIN",    "NOT",
                                        "OR",  "POWER",   "ROUND",    "SUM"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

/* Behind a text in quotes that begins at `at`; 0 when it does not end. */
static size_t pass_quoted(Str formula, size_t at, char quote) {
    for (size_t i = at + 1; i < formula.size; i++) {
        if ((unsigned char)formula.data[i] < ' ') return 0;
        if (formula.data[i] != quote) continue;
        if (i + 1 == formula.size || formula.data[i + 1] != quote) return i + 1;
        i++;
    }
    return 0;
}

/* 'sheet'! where that is a sheet of the workbook. */
static size_t pass_sheet(const Workbook *workbook, Str formula, size_t at) {
    size_t end = pass_quoted(formula, at, '\'');
    Buffer name = {0};
    for (size_t i = at + 1; i + 1 < end; i++) {
        buffer_add_char(&name, formula.data[i]);
        if (formula.data[i] == '\'') i++;
    }
    bool known =
        end && end < formula.size && formula.data[end] == '!' && find_sheet(workbook, buffer_view(&name));
    buffer_release(&name);
    return known ? end + 1 : 0;
}

/* $A$1 within the limits, or a function and its parenthesis. */
static size_t pass_word(Str formula, size_t at) {
    size_t i = at, column = 0, row = 0;
    while (i < formula.size && is_letter(formula.data[i])) i++;
    if (i < formula.size && formula.data[i] == '(' && is_function(str_slice(formula, at, i))) return i;
    i = at + (formula.data[at] == '$');
    for (; i < formula.size && formula.data[i] >= 'A' && formula.data[i] <= 'Z' && column <= WORKBOOK_COLUMNS;
         i++)
        column = column * 26 + (size_t)(formula.data[i] - 'A') + 1;
    if (i < formula.size && formula.data[i] == '$') i++;
    for (; i < formula.size && is_digit(formula.data[i]) && row <= WORKBOOK_ROWS; i++)
        row = row * 10 + (size_t)(formula.data[i] - '0');
    bool ended = i == formula.size || !(is_letter(formula.data[i]) || is_digit(formula.data[i]) ||
                                        strchr("_.!($[", formula.data[i]));
    return ended && column && column <= WORKBOOK_COLUMNS && row && row <= WORKBOOK_ROWS ? i : 0;
}

static size_t pass_number(Str formula, size_t at) {
    while (at < formula.size && (is_digit(formula.data[at]) || formula.data[at] == '.')) at++;
    return at < formula.size && (is_letter(formula.data[at]) || formula.data[at] == '!') ? 0 : at;
}

static size_t pass_token(const Workbook *workbook, Str formula, size_t at) {
    char byte = formula.data[at];
    if (byte == '"') return pass_quoted(formula, at, '"');
    if (byte == '\'') return pass_sheet(workbook, formula, at);
    if (is_letter(byte) || byte == '$') return pass_word(formula, at);
    if (is_digit(byte) || byte == '.') return pass_number(formula, at);
    return byte && strchr("+-*/^&=<>(),: ", byte) ? at + 1 : 0;
}

bool workbook_formula_fits(const Workbook *workbook, Str formula) {
    size_t at = 0;
    if (!formula.size || formula.size > WORKBOOK_FORMULA || strchr("=+-@", formula.data[0])) return false;
    while (at < formula.size) {
        at = pass_token(workbook, formula, at);
        if (!at) return false;
    }
    return true;
}

/* ---- places */

static bool is_inside(WorkbookRange *at) {
    if (!at->rows) at->rows = 1;
    if (!at->columns) at->columns = 1;
    return at->row && at->column && at->row - 1 + at->rows <= WORKBOOK_ROWS &&
           at->column - 1 + at->columns <= WORKBOOK_COLUMNS;
}

/* The cells of a sheet that are taken, a bit for each. */
typedef struct Taken {
    uint64_t (*rows)[WORKBOOK_COLUMNS / 64];
} Taken;

/* Takes the cells of a place; false when one of them is taken already. */
static bool take(const Taken *taken, const WorkbookRange *at) {
    for (size_t r = at->row - 1; r < at->row - 1 + at->rows; r++)
        for (size_t c = at->column - 1; c < at->column - 1 + at->columns; c++) {
            uint64_t bit = (uint64_t)1 << c % 64;
            if (taken->rows[r][c / 64] & bit) return false;
            taken->rows[r][c / 64] |= bit;
        }
    return true;
}

/* ---- cells */

static bool is_color(Str text) {
    if (!text.size) return true;
    if (text.size != 7 || text.data[0] != '#') return false;
    for (size_t i = 1; i < 7; i++)
        if (!is_digit(text.data[i]) && !(text.data[i] >= 'A' && text.data[i] <= 'F')) return false;
    return true;
}

/* The position of a style from 1; 0: there is none of that name. */
static uint32_t find_style(const Check *check, Str name) {
    const WorkbookStyle *styles = check->workbook->styles.items;
    for (size_t i = 0; i < check->workbook->styles.count; i++)
        if (str_equal(styles[i].name, name)) return (uint32_t)i + 1;
    return 0;
}

static bool find_style_of(const Check *check, Str name, uint32_t *index) {
    *index = name.data ? find_style(check, name) : 0;
    return !name.data || *index;
}

static bool is_one_thing(const WorkbookCell *cell) {
    return (cell->text.data != NULL) + (cell->number.data != NULL) + (cell->formula.data != NULL) <= 1 &&
           (!cell->value.data || cell->formula.data);
}

static void check_cell(Check *check, const Taken *taken, WorkbookCell *cell, size_t index) {
    if (!is_inside(&cell->at))
        fault(check, "cells", index, TEXT_WORKBOOK_PLACE);
    else if (!take(taken, &cell->at))
        fault(check, "cells", index, TEXT_WORKBOOK_TAKEN);
    if (!is_one_thing(cell)) fault(check, "cells", index, TEXT_WORKBOOK_THINGS);
    if (text_length(cell->text) > WORKBOOK_TEXT) fault(check, "cells", index, TEXT_WORKBOOK_LONG);
    if ((cell->number.data && !is_number(cell->number)) || (cell->value.data && !is_number(cell->value)))
        fault(check, "cells", index, TEXT_DOCUMENT_NUMBER);
    if (cell->formula.data && !workbook_formula_fits(check->workbook, cell->formula))
        fault(check, "cells", index, TEXT_WORKBOOK_FORMULA);
    if (!find_style_of(check, cell->style, &cell->style_index))
        fault(check, "cells", index, TEXT_WORKBOOK_STYLE);
}

static size_t last_row(const WorkbookSheet *sheet) {
    const WorkbookCell *cells = sheet->cells.items;
    size_t last = 1;
    for (size_t i = 0; i < sheet->cells.count; i++) {
        size_t rows = cells[i].at.rows ? cells[i].at.rows : 1, end = cells[i].at.row + rows;
        if (end > last && end <= WORKBOOK_ROWS + 1) last = end;
    }
    return last;
}

static void check_cells(Check *check, WorkbookSheet *sheet) {
    WorkbookCell *cells = sheet->cells.items;
    Arena arena = {0};
    Taken taken = {arena_new(&arena, last_row(sheet), sizeof *taken.rows)};
    for (size_t i = 0; i < sheet->cells.count; i++) check_cell(check, &taken, &cells[i], i);
    arena_release(&arena);
    check->cells += sheet->cells.count;
    if (check->cells > WORKBOOK_CELLS) fault(check, "cells", sheet->cells.count - 1, TEXT_WORKBOOK_CELLS);
}

/* ---- what lies over cells */

static void check_conditions(Check *check, const WorkbookSheet *sheet) {
    WorkbookCondition *conditions = sheet->conditions.items;
    for (size_t i = 0; i < sheet->conditions.count; i++) {
        WorkbookCondition *condition = &conditions[i];
        bool number = condition->kind <= WORKBOOK_ABOVE, bars = condition->kind == WORKBOOK_BARS;
        if (!is_inside(&condition->at)) fault(check, "conditions", i, TEXT_WORKBOOK_PLACE);
        if (number && !is_number(condition->value)) fault(check, "conditions", i, TEXT_DOCUMENT_NUMBER);
        if (!bars && !condition->value.size) fault(check, "conditions", i, TEXT_DOCUMENT_EMPTY);
        if (!is_color(condition->color)) fault(check, "conditions", i, TEXT_WORKBOOK_COLOR);
        bool found = find_style_of(check, condition->style, &condition->style_index);
        if (!found || (!bars && !condition->style_index)) fault(check, "conditions", i, TEXT_WORKBOOK_STYLE);
    }
}

/* What a spreadsheet takes as a list: 255 characters, the commas between among them. */
static bool choices_fit(const WorkbookList *list) {
    const Str *choices = list->items;
    size_t length = list->count;
    for (size_t i = 0; i < list->count; i++) {
        length += text_length(choices[i]);
        if (!choices[i].size || str_find(choices[i], ',', 0) < choices[i].size) return false;
    }
    return list->count && length <= 256;
}

static void check_inputs(Check *check, const WorkbookSheet *sheet) {
    WorkbookInput *inputs = sheet->inputs.items;
    for (size_t i = 0; i < sheet->inputs.count; i++) {
        WorkbookInput *input = &inputs[i];
        bool texts = text_length(input->title) <= 32 && text_length(input->message) <= 255;
        if (!is_inside(&input->at)) fault(check, "inputs", i, TEXT_WORKBOOK_PLACE);
        if (!texts) fault(check, "inputs", i, TEXT_WORKBOOK_LONG);
        if (input->kind == WORKBOOK_ONE_OF && !choices_fit(&input->choices))
            fault(check, "inputs", i, TEXT_WORKBOOK_CHOICES);
        if ((input->least.data && !is_number(input->least)) || (input->most.data && !is_number(input->most)))
            fault(check, "inputs", i, TEXT_DOCUMENT_NUMBER);
    }
}

static bool range_fits(const Check *check, WorkbookRange *range) {
    return is_inside(range) && (!range->sheet.data || find_sheet(check->workbook, range->sheet));
}

static void check_charts(Check *check, const WorkbookSheet *sheet) {
    WorkbookChart *charts = sheet->charts.items;
    for (size_t i = 0; i < sheet->charts.count; i++) {
        WorkbookSeries *series = charts[i].series.items;
        if (!charts[i].series.count) fault(check, "charts", i, TEXT_DOCUMENT_EMPTY);
        for (size_t s = 0; s < charts[i].series.count; s++) {
            bool fits = range_fits(check, &series[s].names) && range_fits(check, &series[s].values);
            if (!fits) fault(check, "charts", i, TEXT_WORKBOOK_PLACE);
            if (!is_color(series[s].color)) fault(check, "charts", i, TEXT_WORKBOOK_COLOR);
        }
    }
}

/* ---- sheets */

/* As spreadsheets want it: 1 to 31 characters, none of []:*?/\, no ' at either end, no controls. */
static bool is_sheet_name(Str name) {
    size_t length = text_length(name);
    if (!length || length > 31 || name.data[0] == '\'' || name.data[name.size - 1] == '\'') return false;
    for (size_t i = 0; i < name.size; i++)
        if ((unsigned char)name.data[i] < ' ' || strchr("[]:*?/\\", name.data[i])) return false;
    return true;
}

static bool is_name_taken(const Workbook *workbook, size_t index) {
    const WorkbookSheet *sheets = workbook->sheets.items;
    for (size_t i = 0; i < index; i++) {
        Str a = sheets[i].name, b = sheets[index].name;
        if (a.size == b.size && strncasecmp(a.data, b.data, a.size) == 0) return true;
    }
    return false;
}

static void check_sheet(Check *check, size_t index) {
    WorkbookSheet *sheet = (WorkbookSheet *)check->workbook->sheets.items + index;
    const WorkbookRow *rows = sheet->rows.items;
    check->sheet = 0;
    if (!is_sheet_name(sheet->name)) fault(check, "sheets", index, TEXT_WORKBOOK_NAME);
    if (is_name_taken(check->workbook, index)) fault(check, "sheets", index, TEXT_WORKBOOK_TWICE);
    if (text_length(sheet->header) > 120) fault(check, "sheets", index, TEXT_WORKBOOK_LONG);
    check->sheet = index + 1;
    for (size_t i = 0; i < sheet->rows.count; i++)
        if (rows[i].page && rows[i].row < 2) fault(check, "rows", i, TEXT_WORKBOOK_PLACE);
    check_cells(check, sheet);
    check_conditions(check, sheet);
    check_inputs(check, sheet);
    check_charts(check, sheet);
}

static void check_styles(Check *check) {
    const WorkbookStyle *styles = check->workbook->styles.items;
    for (size_t i = 0; i < check->workbook->styles.count; i++) {
        if (!is_color(styles[i].color) || !is_color(styles[i].fill))
            fault(check, "styles", i, TEXT_WORKBOOK_COLOR);
        if (find_style(check, styles[i].name) != i + 1) fault(check, "styles", i, TEXT_WORKBOOK_TWICE);
    }
}

bool workbook_check(Workbook *workbook, const Place *place, Diag *diag) {
    Check check = {.workbook = workbook, .place = place, .diag = diag};
    if (!workbook->sheets.count)
        diag_add(diag, MESSAGE_DOCUMENT_SHAPE, place, STR("workbook.sheets"),
                 message_words(TEXT_DOCUMENT_EMPTY));
    check_styles(&check);
    for (size_t i = 0; i < workbook->sheets.count; i++) check_sheet(&check, i);
    arena_release(&check.arena);
    return workbook->sheets.count && !check.faults;
}
