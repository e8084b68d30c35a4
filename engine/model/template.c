#include "model/template.h"

#include "base/text.h"
#include "model/excel.h"

/* Names of the styles. */
static const char head[] = "head", locked[] = "locked", open[] = "open", number_locked[] = "number",
                  number_open[] = "number open", shown[] = "rate";

typedef struct Column {
    size_t index; /* in the data */
    ColumnId id;  /* COLUMN_KNOWN: the data's own */
    Str title;
    bool asked; /* filled in by departments */
    size_t width;
} Column;

typedef struct Making {
    const Results *results;
    const Dataset *dataset;
    Arena *arena;
    Column *columns;
    size_t count;
    WorkbookCell *cells;
    size_t cell_count;
    WorkbookInput *inputs;
    size_t input_count;
} Making;

/* ---- columns */

static bool is_asked(ColumnId id) {
    return id == COLUMN_ACTUAL || id == COLUMN_REASON || id == COLUMN_COUNTERMEASURE || id == COLUMN_NOTE ||
           id == COLUMN_GRADE;
}

/* Columns of the data in their order, without published rates: those come out, they do not go in. */
static void find_columns(Making *m) {
    size_t count = dataset_columns(m->dataset);
    m->columns = arena_new(m->arena, count + 1, sizeof *m->columns);
    for (size_t i = 0; i < count; i++) {
        Column *column = &m->columns[m->count];
        Str name = dataset_column_name(m->dataset, i);
        *column = (Column){.index = i, .id = COLUMN_KNOWN, .title = name};
        if (column_find(name, &column->id)) column->title = str_of(column_info(column->id)->label);
        if (column->id == COLUMN_PUBLISHED_RATE) continue;
        if (column->id == COLUMN_TARGET)
            dataset_find_column(m->dataset, str_of(column_info(COLUMN_ORIGINAL_TARGET)->name),
                                &column->index);
        column->asked = is_asked(column->id);
        column->width = text_width(column->title) + 4;
        m->count++;
    }
}

/* ---- cells */

static WorkbookCell *add_cell(Making *m, size_t row, size_t column, const char *style) {
    WorkbookCell *cell = &m->cells[m->cell_count++];
    *cell = (WorkbookCell){.at = {.row = (uint32_t)row, .column = (uint32_t)column, .rows = 1, .columns = 1},
                           .style = str_of(style)};
    return cell;
}

static Str number_at(const Making *m, const NumberColumn *numbers, size_t row) {
    Decimal number;
    Buffer out = {0};
    if (dataset_number(numbers, row, &number) == MISSING_NONE) decimal_write(&out, &number);
    Str kept = out.size ? arena_copy(m->arena, buffer_view(&out)) : (Str){NULL, 0};
    buffer_release(&out);
    return kept;
}

/* What the data lack is open: somebody has to fill it in. */
static void add_value(Making *m, Column *column, size_t row, size_t place) {
    const NumberColumn *numbers = dataset_numbers(m->dataset, column->index);
    Str number = {NULL, 0}, words = {"", 0};
    if (numbers && !column->asked) number = number_at(m, numbers, row);
    if (!numbers && !column->asked) words = dataset_text(m->dataset, column->index, row);
    bool is_open = !number.data && !words.size;
    const char *style = numbers ? (is_open ? number_open : number_locked) : (is_open ? open : locked);
    WorkbookCell *cell = add_cell(m, row + 2, place, style);
    cell->number = number;
    if (words.size) cell->text = words;
    size_t width = text_width(number.data ? number : words) + 2;
    if (width > column->width) column->width = width;
}

/* ---- rates */

/* Whether the row's case is the same whatever stands in the cells that are filled in. */
static bool is_settled(const Selector *when) {
    ColumnId id;
    if (!when->tree) return true;
    if (when->kind != SELECT_COLUMNS) return false;
    for (size_t i = 0; i < when->count; i++)
        if (column_find(when->conditions[i].column, &id) && is_asked(id)) return false;
    return true;
}

static bool are_settled(const Plan *plan) {
    for (size_t i = 0; i < plan->special_count; i++)
        if (!is_settled(&plan->specials[i].when)) return false;
    for (size_t i = 0; i < plan->case_count; i++)
        if (!is_settled(&plan->cases[i].when)) return false;
    return plan->period.mode != PERIOD_WEIGHTED;
}

static void add_place(Buffer *out, size_t row, size_t column) {
    char letters[8];
    size_t at = sizeof letters;
    for (; column > 0; column = (column - 1) / 26) letters[--at] = (char)('A' + (column - 1) % 26);
    buffer_addf(out, "%.*s%zu", (int)(sizeof letters - at), letters + at, row);
}

/* Adds the place of a field's cell; false when the sheet has no such number. */
static bool add_field(const Making *m, Str name, size_t row, Buffer *out) {
    ColumnId id;
    bool known = column_find(name, &id);
    for (size_t i = 0; i < m->count; i++) {
        bool same = known ? m->columns[i].id == id : str_equal(m->columns[i].title, name);
        if (!same || !dataset_numbers(m->dataset, m->columns[i].index)) continue;
        add_place(out, row, i + 1);
        return true;
    }
    return false;
}

/* The formula with places for its fields; false when one has none. */
static bool fill_places(const Making *m, Str formula, size_t row, Buffer *out) {
    for (size_t at = 0; at < formula.size; at++) {
        if (formula.data[at] != '{') {
            buffer_add_char(out, formula.data[at]);
            continue;
        }
        size_t end = str_find(formula, '}', at);
        if (!add_field(m, str_slice(formula, at + 1, end), row, out)) return false;
        at = end;
    }
    return true;
}

/* IF(ISNUMBER(G2),IFERROR(ROUND(…),""),"") */
static bool write_rate(const Making *m, size_t row, Buffer *out) {
    const Case *decided = results_row_case(m->results, row);
    Buffer formula = {0};
    bool good = decided && excel_case(results_plan(m->results), decided, &formula);
    if (good) {
        buffer_add(out, STR("IF(ISNUMBER("));
        good = add_field(m, str_of(column_info(COLUMN_ACTUAL)->name), row + 2, out);
        buffer_add(out, STR("),IFERROR("));
        good = good && fill_places(m, buffer_view(&formula), row + 2, out);
        buffer_add(out, STR(",\"\"),\"\")"));
    }
    buffer_release(&formula);
    return good;
}

static void add_rates(Making *m) {
    size_t place = m->count + 1;
    bool settled = are_settled(results_plan(m->results));
    add_cell(m, 1, place, head)->text = message_part(message_words(TEXT_TEMPLATE_RATE), LANGUAGE_KO);
    for (size_t row = 0; row < dataset_rows(m->dataset); row++) {
        Buffer formula = {0};
        WorkbookCell *cell = add_cell(m, row + 2, place, shown);
        if (settled && write_rate(m, row, &formula))
            cell->formula = arena_copy(m->arena, buffer_view(&formula));
        buffer_release(&formula);
    }
}

/* ---- limits of input */

static WorkbookInput *add_input(Making *m, size_t place, uint32_t kind, MessageId message) {
    WorkbookInput *input = &m->inputs[m->input_count++];
    *input = (WorkbookInput){.kind = kind, .message = message_part(message_words(message), LANGUAGE_KO)};
    input->at = (WorkbookRange){.row = 2, .column = (uint32_t)place, .columns = 1};
    input->at.rows = (uint32_t)dataset_rows(m->dataset);
    return input;
}

/* The words of a column, in order of first use; false when they are no list that a spreadsheet takes. */
static bool find_words(const Making *m, const Column *column, WorkbookList *list) {
    enum { MOST = 60, LETTERS = 250 };
    Str *words = arena_new(m->arena, MOST, sizeof *words);
    size_t letters = 0;
    for (size_t row = 0; row < dataset_rows(m->dataset); row++) {
        Str word = dataset_text(m->dataset, column->index, row);
        size_t i = 0;
        while (i < list->count && !str_equal(words[i], word)) i++;
        if (!word.size || i < list->count) continue;
        letters += text_length(word) + 1;
        if (list->count == MOST || letters > LETTERS || str_find(word, ',', 0) < word.size) return false;
        words[list->count++] = word;
    }
    list->items = words;
    return list->count > 0;
}

static void add_inputs(Making *m) {
    m->inputs = arena_new(m->arena, m->count, sizeof *m->inputs);
    for (size_t i = 0; i < m->count && dataset_rows(m->dataset); i++) {
        const Column *column = &m->columns[i];
        WorkbookList words = {0};
        bool list = column->id == COLUMN_UNIT || column->id == COLUMN_POLARITY;
        if (list && find_words(m, column, &words))
            add_input(m, i + 1, WORKBOOK_ONE_OF, TEXT_TEMPLATE_CHOOSE)->choices = words;
        else if (dataset_numbers(m->dataset, column->index))
            add_input(m, i + 1, WORKBOOK_NUMBER, TEXT_TEMPLATE_NUMBER);
    }
}

/* ---- the workbook */

static WorkbookList make_styles(Arena *arena) {
    static const WorkbookStyle styles[] = {
        {.name = {head, sizeof head - 1},
         .bold = true,
         .wrap = true,
         .border = true,
         .align = WORKBOOK_CENTER,
         .fill = {"#DFE6F7", 7}},
        {.name = {locked, sizeof locked - 1}, .wrap = true, .border = true, .fill = {"#F1F4F9", 7}},
        {.name = {open, sizeof open - 1}, .wrap = true, .border = true, .open = true},
        {.name = {number_locked, sizeof number_locked - 1},
         .border = true,
         .align = WORKBOOK_RIGHT,
         .fill = {"#F1F4F9", 7}},
        {.name = {number_open, sizeof number_open - 1},
         .border = true,
         .open = true,
         .align = WORKBOOK_RIGHT},
        {.name = {shown, sizeof shown - 1}, .border = true, .align = WORKBOOK_RIGHT, .fill = {"#F1F4F9", 7}},
    };
    WorkbookList list = {arena_new(arena, sizeof styles / sizeof *styles, sizeof *styles),
                         sizeof styles / sizeof *styles};
    memcpy(list.items, styles, sizeof styles);
    return list;
}

static WorkbookList make_widths(const Making *m) {
    WorkbookWidth *widths = arena_new(m->arena, m->count + 1, sizeof *widths);
    for (size_t i = 0; i < m->count; i++)
        widths[i].width = (uint32_t)(m->columns[i].width < 40 ? m->columns[i].width : 40);
    widths[m->count].width = 16;
    return (WorkbookList){widths, m->count + 1};
}

Workbook template_make(const Results *results, Arena *arena) {
    Making m = {.results = results, .dataset = results_dataset(results), .arena = arena};
    Str title = results_plan(results)->title;
    size_t rows = dataset_rows(m.dataset);
    find_columns(&m);
    m.cells = arena_new(arena, (m.count + 1) * (rows + 1), sizeof *m.cells);
    for (size_t i = 0; i < m.count; i++) add_cell(&m, 1, i + 1, head)->text = m.columns[i].title;
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < m.count; i++) add_value(&m, &m.columns[i], row, i + 1);
    add_rates(&m);
    add_inputs(&m);
    WorkbookSheet *sheet = arena_new(arena, 1, sizeof *sheet);
    *sheet = (WorkbookSheet){.name = message_part(message_words(TEXT_TEMPLATE_SHEET), LANGUAGE_KO),
                             .header = str_slice(title, 0, text_offset(title, 100)),
                             .frozen_rows = 1,
                             .repeat_row = 1,
                             .repeat_rows = 1,
                             .landscape = true,
                             .guarded = true};
    sheet->widths = make_widths(&m);
    sheet->cells = (WorkbookList){m.cells, m.cell_count};
    sheet->inputs = (WorkbookList){m.inputs, m.input_count};
    return (Workbook){.title = title, .styles = make_styles(arena), .sheets = {sheet, 1}};
}
