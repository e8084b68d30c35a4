/* xlsxwrite - the module that draws a workbook by libxlsxwriter. */
#include "base/arena.h"
#include "base/module.h"
#include "base/text.h"
#include "io/workbook_write.h"

#include <stdlib.h>
#include <xlsxwriter.h>

#define FONT "맑은 고딕"

typedef struct Drawing {
    Arena arena;
    const Workbook *from;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format **formats; /* of the styles, by position from 1; 0: the ordinary one */
} Drawing;

static lxw_row_t top(const WorkbookRange *at) { return at->row - 1; }
static lxw_row_t bottom(const WorkbookRange *at) { return at->row - 1 + at->rows - 1; }
static lxw_col_t left(const WorkbookRange *at) { return (lxw_col_t)(at->column - 1); }
static lxw_col_t right(const WorkbookRange *at) { return (lxw_col_t)(at->column - 1 + at->columns - 1); }

static bool is_hex(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'F') || (byte >= 'a' && byte <= 'f');
}

/* _x0041_, which readers take for the letter A. */
static bool looks_escaped(Str text) {
    if (text.size < 7 || text.data[1] != 'x' || text.data[6] != '_') return false;
    for (size_t i = 2; i < 6; i++)
        if (!is_hex(text.data[i])) return false;
    return true;
}

/* The text as XML may hold it: what no XML may hold becomes U+FFFD. */
static const char *plain(Drawing *drawing, Str text, bool cell) {
    Buffer out = {0};
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        int32_t character = text_next(text, &at);
        if (cell && character == '_' && looks_escaped(str_slice(text, from, text.size)))
            buffer_add(&out, STR("_x005F_"));
        else if ((character < ' ' && character != '\n' && character != '\t') || character >= 0xFFFE)
            buffer_add(&out, character < 0x10000 ? STR("\xEF\xBF\xBD") : str_slice(text, from, at));
        else
            buffer_add(&out, str_slice(text, from, at));
    }
    const char *kept = arena_copy(&drawing->arena, buffer_view(&out)).data;
    buffer_release(&out);
    return kept;
}

static lxw_color_t color_of(Str text) { return (lxw_color_t)strtoul(text.data + 1, NULL, 16); }

static lxw_format *ordinary(Drawing *drawing) {
    lxw_format *format = workbook_add_format(drawing->book);
    format_set_font_name(format,
                         drawing->from->font.size ? plain(drawing, drawing->from->font, false) : FONT);
    format_set_font_size(format, 10);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    return format;
}

static lxw_format *make_format(Drawing *drawing, const WorkbookStyle *style) {
    static const uint8_t aligns[] = {LXW_ALIGN_NONE, LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT};
    lxw_format *format = ordinary(drawing);
    if (style->size) format_set_font_size(format, style->size);
    if (style->bold) format_set_bold(format);
    if (style->wrap) format_set_text_wrap(format);
    if (style->border) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, 0x8C959F);
    }
    if (style->open) format_set_unlocked(format);
    if (style->align) format_set_align(format, aligns[style->align]);
    if (style->indent) format_set_indent(format, (uint8_t)style->indent);
    if (style->color.size) format_set_font_color(format, color_of(style->color));
    if (style->fill.size) format_set_bg_color(format, color_of(style->fill));
    if (style->number.size) format_set_num_format(format, plain(drawing, style->number, false));
    return format;
}

/* ---- cells */

static void write_formula(Drawing *drawing, const WorkbookCell *cell, lxw_format *format) {
    const char *formula = plain(drawing, cell->formula, false);
    lxw_row_t row = top(&cell->at);
    lxw_col_t column = left(&cell->at);
    if (cell->value.data)
        worksheet_write_formula_num(drawing->sheet, row, column, formula, format,
                                    workbook_number(cell->value));
    else
        worksheet_write_formula_str(drawing->sheet, row, column, formula, format, "");
}

static void write_cell(Drawing *drawing, const WorkbookCell *cell) {
    lxw_format *format = drawing->formats[cell->style_index];
    lxw_worksheet *sheet = drawing->sheet;
    const WorkbookRange *at = &cell->at;
    if (at->rows > 1 || at->columns > 1)
        worksheet_merge_range(sheet, top(at), left(at), bottom(at), right(at), "", format);
    if (cell->formula.data)
        write_formula(drawing, cell, format);
    else if (cell->number.data)
        worksheet_write_number(sheet, top(at), left(at), workbook_number(cell->number), format);
    else if (cell->text.size)
        worksheet_write_string(sheet, top(at), left(at), plain(drawing, cell->text, true), format);
    else
        worksheet_write_blank(sheet, top(at), left(at), format);
}

/* ---- what lies over cells */

static void add_condition(Drawing *drawing, const WorkbookCondition *condition) {
    static const uint8_t criteria[] = {0,
                                       LXW_CONDITIONAL_CRITERIA_LESS_THAN_OR_EQUAL_TO,
                                       LXW_CONDITIONAL_CRITERIA_LESS_THAN,
                                       LXW_CONDITIONAL_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
                                       LXW_CONDITIONAL_CRITERIA_GREATER_THAN,
                                       LXW_CONDITIONAL_CRITERIA_TEXT_CONTAINING};
    const WorkbookRange *at = &condition->at;
    lxw_conditional_format made = {.type = LXW_CONDITIONAL_TYPE_CELL};
    if (condition->style_index) {
        const WorkbookStyle *style =
            (const WorkbookStyle *)drawing->from->styles.items + condition->style_index - 1;
        made.format = workbook_add_format(drawing->book);
        if (style->bold) format_set_bold(made.format);
        if (style->color.size) format_set_font_color(made.format, color_of(style->color));
        if (style->fill.size) format_set_bg_color(made.format, color_of(style->fill));
    }
    if (condition->kind == WORKBOOK_BARS) {
        made.type = LXW_CONDITIONAL_DATA_BAR;
        made.data_bar_2010 = LXW_TRUE;
        made.bar_solid = LXW_TRUE;
        if (condition->color.size) made.bar_color = color_of(condition->color);
    } else if (condition->kind == WORKBOOK_CONTAINS) {
        made.type = LXW_CONDITIONAL_TYPE_TEXT;
        made.criteria = criteria[condition->kind];
        made.value_string = (char *)(uintptr_t)plain(drawing, condition->value, false);
    } else {
        made.criteria = criteria[condition->kind];
        made.value = workbook_number(condition->value);
    }
    worksheet_conditional_format_range(drawing->sheet, top(at), left(at), bottom(at), right(at), &made);
}

static char **choices_of(Drawing *drawing, const WorkbookList *list) {
    char **choices = arena_new(&drawing->arena, list->count + 1, sizeof *choices);
    for (size_t i = 0; i < list->count; i++)
        choices[i] = (char *)(uintptr_t)plain(drawing, ((const Str *)list->items)[i], false);
    return choices;
}

static void limit_number(lxw_data_validation *made, const WorkbookInput *input) {
    made->validate = LXW_VALIDATION_TYPE_DECIMAL;
    made->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    made->minimum_number = input->least.data ? workbook_number(input->least) : -1e15;
    made->maximum_number = input->most.data ? workbook_number(input->most) : 1e15;
}

static void add_input(Drawing *drawing, const WorkbookInput *input) {
    const WorkbookRange *at = &input->at;
    lxw_data_validation made = {.ignore_blank = LXW_VALIDATION_ON,
                                .show_input = LXW_VALIDATION_ON,
                                .show_error = LXW_VALIDATION_ON,
                                .dropdown = LXW_VALIDATION_ON};
    if (input->kind == WORKBOOK_ONE_OF) {
        made.validate = LXW_VALIDATION_TYPE_LIST;
        made.value_list = choices_of(drawing, &input->choices);
    } else {
        limit_number(&made, input);
    }
    if (input->title.size)
        made.input_title = made.error_title = (char *)(uintptr_t)plain(drawing, input->title, false);
    if (input->message.size)
        made.input_message = made.error_message = (char *)(uintptr_t)plain(drawing, input->message, false);
    worksheet_data_validation_range(drawing->sheet, top(at), left(at), bottom(at), right(at), &made);
}

/* ---- charts */

static Str sheet_of(Str own, const WorkbookRange *range) { return range->sheet.size ? range->sheet : own; }

/* Of a line, hatched means dashed. */
static void draw_as_line(lxw_chart_series *made, const WorkbookSeries *series, lxw_color_t color) {
    lxw_chart_line line = {.color = color, .width = 1.5F};
    lxw_chart_fill fill = {.color = color};
    if (series->hatched) line.dash_type = LXW_CHART_LINE_DASH_DASH;
    chart_series_set_line(made, &line);
    chart_series_set_marker_type(made, LXW_CHART_MARKER_CIRCLE);
    chart_series_set_marker_size(made, 5);
    chart_series_set_marker_fill(made, &fill);
}

static void draw_as_bars(lxw_chart_series *made, const WorkbookSeries *series, lxw_color_t color) {
    if (series->hatched) {
        lxw_chart_pattern pattern = {
            .fg_color = color, .bg_color = 0xFFFFFF, .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
        chart_series_set_pattern(made, &pattern);
    } else {
        lxw_chart_fill fill = {.color = color};
        chart_series_set_fill(made, &fill);
    }
    lxw_chart_line line = {.color = color, .width = 0.75F};
    chart_series_set_line(made, &line);
}

static void add_series(Drawing *drawing, lxw_chart *chart, Str own, const WorkbookSeries *series, bool line) {
    const char *names = plain(drawing, sheet_of(own, &series->names), false);
    const char *values = plain(drawing, sheet_of(own, &series->values), false);
    lxw_color_t color = series->color.size ? color_of(series->color) : 0x4F6D9A;
    lxw_chart_series *made = chart_add_series(chart, NULL, NULL);
    const WorkbookRange *n = &series->names, *v = &series->values;
    chart_series_set_categories(made, names, top(n), left(n), bottom(n), right(n));
    chart_series_set_values(made, values, top(v), left(v), bottom(v), right(v));
    chart_series_set_name(made, plain(drawing, series->name, false));
    if (line)
        draw_as_line(made, series, color);
    else
        draw_as_bars(made, series, color);
}

static void set_axes(Drawing *drawing, lxw_chart *chart, const WorkbookChart *from) {
    lxw_chart_font font = {.name = FONT, .size = 9, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_line grid = {.color = 0xD8DEE4, .width = 0.5F};
    if (from->x.size) chart_axis_set_name(chart->x_axis, plain(drawing, from->x, false));
    if (from->y.size) chart_axis_set_name(chart->y_axis, plain(drawing, from->y, false));
    chart_axis_set_num_font(chart->x_axis, &font);
    chart_axis_set_num_font(chart->y_axis, &font);
    chart_axis_set_name_font(chart->x_axis, &font);
    chart_axis_set_name_font(chart->y_axis, &font);
    if (from->kind == WORKBOOK_STACKED) chart_axis_set_reverse(chart->y_axis); /* the first bar on top */
    if (from->kind == WORKBOOK_LINE) /* below lines that go under zero */
        chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    lxw_chart_axis *values = from->kind == WORKBOOK_STACKED ? chart->x_axis : chart->y_axis;
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &grid);
}

static void add_chart(Drawing *drawing, Str own, const WorkbookChart *from) {
    bool bars = from->kind == WORKBOOK_STACKED;
    static const uint8_t types[] = {[WORKBOOK_STACKED] = LXW_CHART_BAR_STACKED,
                                    [WORKBOOK_COLUMN] = LXW_CHART_COLUMN_STACKED,
                                    [WORKBOOK_LINE] = LXW_CHART_LINE};
    bool line = from->kind == WORKBOOK_LINE;
    lxw_chart *chart = workbook_add_chart(drawing->book, types[from->kind]);
    lxw_chart_font font = {.name = FONT, .size = 12, .bold = LXW_TRUE};
    for (size_t i = 0; i < from->series.count; i++)
        add_series(drawing, chart, own, (const WorkbookSeries *)from->series.items + i, line);
    chart_title_set_name(chart, plain(drawing, from->title, false));
    chart_title_set_name_font(chart, &font);
    set_axes(drawing, chart, from);
    chart_legend_set_position(chart, line ? LXW_CHART_LEGEND_RIGHT : LXW_CHART_LEGEND_BOTTOM);
    if (!line) chart_set_series_gap(chart, bars ? 40 : 8);
    lxw_chart_options options = {.object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .x_scale = from->width / 480.0,
                                 .y_scale = from->height / 288.0};
    if (from->text.size) options.description = (char *)(uintptr_t)plain(drawing, from->text, false);
    worksheet_insert_chart_opt(drawing->sheet, from->row - 1, (lxw_col_t)(from->column - 1), chart, &options);
}

/* ---- sheets */

/* In the head of a page & begins a code. */
static const char *header_of(Drawing *drawing, Str text) {
    Buffer out = {0};
    buffer_add(&out, STR("&C"));
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '&') buffer_add_char(&out, '&');
        buffer_add_char(&out, text.data[i]);
    }
    const char *kept = plain(drawing, arena_copy(&drawing->arena, buffer_view(&out)), false);
    buffer_release(&out);
    return kept;
}

static void set_page(Drawing *drawing, const WorkbookSheet *from) {
    lxw_worksheet *sheet = drawing->sheet;
    worksheet_set_paper(sheet, 9); /* A4 */
    if (from->landscape) worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, 0.6, 0.6, 0.75, 0.75);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_center_horizontally(sheet);
    if (from->header.size) worksheet_set_header(sheet, header_of(drawing, from->header));
    worksheet_set_footer(sheet, "&C- &P / &N -");
    if (from->repeat_row)
        worksheet_repeat_rows(sheet, from->repeat_row - 1,
                              from->repeat_row - 1 + (from->repeat_rows ? from->repeat_rows - 1 : 0));
    if (from->frozen_rows || from->frozen_columns)
        worksheet_freeze_panes(sheet, from->frozen_rows, (lxw_col_t)from->frozen_columns);
}

/* Heights of rows, and where pages begin. */
static void set_rows(Drawing *drawing, const WorkbookSheet *from) {
    const WorkbookRow *rows = from->rows.items;
    lxw_row_t *pages = arena_new(&drawing->arena, from->rows.count + 1, sizeof *pages);
    size_t count = 0;
    for (size_t i = 0; i < from->rows.count; i++) {
        if (rows[i].height) worksheet_set_row(drawing->sheet, rows[i].row - 1, rows[i].height, NULL);
        if (rows[i].page) pages[count++] = rows[i].row - 1;
    }
    if (count) worksheet_set_h_pagebreaks(drawing->sheet, pages);
}

static void add_sheet(Drawing *drawing, const WorkbookSheet *from) {
    const WorkbookWidth *widths = from->widths.items;
    drawing->sheet = workbook_add_worksheet(drawing->book, plain(drawing, from->name, false));
    if (!drawing->sheet) return;
    set_page(drawing, from);
    for (size_t i = 0; i < from->widths.count; i++)
        worksheet_set_column(drawing->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i].width,
                             drawing->formats[0]);
    set_rows(drawing, from);
    for (size_t i = 0; i < from->cells.count; i++)
        write_cell(drawing, (const WorkbookCell *)from->cells.items + i);
    for (size_t i = 0; i < from->conditions.count; i++)
        add_condition(drawing, (const WorkbookCondition *)from->conditions.items + i);
    for (size_t i = 0; i < from->inputs.count; i++)
        add_input(drawing, (const WorkbookInput *)from->inputs.items + i);
    for (size_t i = 0; i < from->charts.count; i++)
        add_chart(drawing, from->name, (const WorkbookChart *)from->charts.items + i);
    if (from->guarded) {
        lxw_protection allowed = {.format_columns = LXW_TRUE, .format_rows = LXW_TRUE};
        worksheet_protect(drawing->sheet, NULL, &allowed);
    }
}

static void make_formats(Drawing *drawing) {
    const WorkbookList *styles = &drawing->from->styles;
    drawing->formats = arena_new(&drawing->arena, styles->count + 1, sizeof(lxw_format *));
    drawing->formats[0] = ordinary(drawing);
    for (size_t i = 0; i < styles->count; i++)
        drawing->formats[i + 1] = make_format(drawing, (const WorkbookStyle *)styles->items + i);
}

/* No clock: a workbook was made at the first moment that it can say. */
static void set_properties(Drawing *drawing) {
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)plain(drawing, drawing->from->title, false),
                                     .created = 315532800}; /* 1980-01-01 */
    workbook_set_properties(drawing->book, &properties);
}

static bool write_workbook(const Workbook *workbook, const char *path) {
    Drawing drawing = {.from = workbook, .book = workbook_new(path)};
    if (!drawing.book) return false;
    set_properties(&drawing);
    make_formats(&drawing);
    for (size_t i = 0; i < workbook->sheets.count; i++)
        add_sheet(&drawing, (const WorkbookSheet *)workbook->sheets.items + i);
    bool good = workbook_close(drawing.book) == LXW_NO_ERROR;
    arena_release(&drawing.arena);
    return good;
}

static const WorkbookWriter xlsx_writer = {write_workbook};
MODULE_DEFINE(&xlsx_writer);
