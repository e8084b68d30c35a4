#include "app/sheet.h"

#include "base/text.h"

#include <string.h>

static const char page_start[] =
    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<style>body{font-family:sans-serif;color:#222;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.2em .6em;text-align:left}"
    "td.r,th.r{text-align:right}</style>\n<title>";
static const char right_cell[] = " class=\"r\"";

static void add_html(Buffer *out, Str text) {
    static const char *const marks[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    Buffer visible = {0};
    text_add_visible(&visible, text);
    for (size_t i = 0; i < visible.size; i++) {
        const char *special = strchr("&<>\"'", visible.data[i]);
        if (special && *special)
            buffer_add(out, str_of(marks[special - strchr("&<>\"'", '&')]));
        else
            buffer_add_char(out, visible.data[i]);
    }
    buffer_release(&visible);
}

static void add_markdown(Buffer *out, Str text) {
    Buffer visible = {0};
    text_add_visible(&visible, text);
    for (size_t i = 0; i < visible.size; i++) {
        if (strchr("\\`*_{}[]<>#|!~", visible.data[i]) && visible.data[i]) buffer_add_char(out, '\\');
        buffer_add_char(out, visible.data[i]);
    }
    buffer_release(&visible);
}

static void add(Sheet *sheet, Str text) {
    if (sheet->form == SHEET_HTML)
        add_html(sheet->out, text);
    else if (sheet->form == SHEET_MARKDOWN)
        add_markdown(sheet->out, text);
    else
        text_add_visible(sheet->out, text);
}

/* before, text, behind: one of each for the three forms. */
static void add_between(Sheet *sheet, const char *const before[3], Str text, const char *const behind[3]) {
    buffer_add(sheet->out, str_of(before[sheet->form]));
    add(sheet, text);
    buffer_add(sheet->out, str_of(behind[sheet->form]));
}

void sheet_begin(Sheet *sheet, SheetForm form, Str title, Language language, Buffer *out) {
    static const char *const before[] = {"", "# ", "<h1>"}, *const behind[] = {"\n", "\n", "</h1>\n"};
    *sheet = (Sheet){.form = form, .out = out};
    if (form == SHEET_HTML) {
        buffer_addf(out, page_start, language == LANGUAGE_KO ? "ko" : "en");
        add(sheet, title);
        buffer_add(out, STR("</title>\n</head>\n<body>\n"));
    }
    add_between(sheet, before, title, behind);
}

void sheet_end(Sheet *sheet) {
    if (sheet->form == SHEET_HTML) buffer_add(sheet->out, STR("</body>\n</html>\n"));
}

void sheet_line(Sheet *sheet, Str text) {
    static const char *const before[] = {"", "\n", "<p>"}, *const behind[] = {"\n", "\n", "</p>\n"};
    add_between(sheet, before, text, behind);
}

void sheet_heading(Sheet *sheet, Str text) {
    static const char *const before[] = {"\n", "\n## ", "<h2>"}, *const behind[] = {"\n", "\n", "</h2>\n"};
    add_between(sheet, before, text, behind);
}

void sheet_table(Sheet *sheet, size_t count, const char *sides) {
    sheet->count = count;
    sheet->cells = 0;
    sheet->sides = sides;
    columns_begin(&sheet->columns, count, sides);
    if (sheet->form == SHEET_HTML) buffer_add(sheet->out, STR("<table>\n"));
    if (sheet->form == SHEET_MARKDOWN) buffer_add(sheet->out, STR("\n"));
}

static bool is_right(const Sheet *sheet, size_t column) {
    return column < strlen(sheet->sides) && sheet->sides[column] == 'r';
}

static void html_cell(Sheet *sheet, Str text) {
    size_t column = sheet->cells % sheet->count;
    const char *kind = sheet->cells < sheet->count ? "th" : "td";
    if (column == 0) buffer_add(sheet->out, STR("<tr>"));
    buffer_addf(sheet->out, "<%s%s>", kind, is_right(sheet, column) ? right_cell : "");
    add(sheet, text);
    buffer_addf(sheet->out, "</%s>", kind);
    if (column + 1 == sheet->count) buffer_add(sheet->out, STR("</tr>\n"));
}

static void markdown_cell(Sheet *sheet, Str text) {
    size_t column = sheet->cells % sheet->count;
    buffer_add(sheet->out, column == 0 ? STR("| ") : STR(" | "));
    add(sheet, text);
    if (column + 1 < sheet->count) return;
    buffer_add(sheet->out, STR(" |\n"));
    for (size_t i = 0; sheet->cells < sheet->count && i < sheet->count; i++)
        buffer_addf(sheet->out, "%s%s", is_right(sheet, i) ? "| ---: " : "| :--- ",
                    i + 1 == sheet->count ? "|\n" : "");
}

void sheet_cell(Sheet *sheet, Str text) {
    if (sheet->form == SHEET_HTML)
        html_cell(sheet, text);
    else if (sheet->form == SHEET_MARKDOWN)
        markdown_cell(sheet, text);
    else
        columns_add(&sheet->columns, text);
    sheet->cells++;
}

void sheet_number(Sheet *sheet, size_t number) {
    Arena arena = {0};
    sheet_cell(sheet, arena_format(&arena, "%zu", number));
    arena_release(&arena);
}

void sheet_table_end(Sheet *sheet) {
    if (sheet->form == SHEET_HTML) buffer_add(sheet->out, STR("</table>\n"));
    columns_end(&sheet->columns, 2, sheet->out);
}

void sheet_item(Sheet *sheet, Str text) {
    static const char *const before[] = {"  ", "\n- ", "<h3>"}, *const behind[] = {"\n", "\n", "</h3>\n"};
    add_between(sheet, before, text, behind);
}

void sheet_below(Sheet *sheet, const Str *texts, size_t count) {
    static const char *const before[] = {"      ", "  - ", "<li>"}, *const behind[] = {"\n", "\n", "</li>\n"};
    if (sheet->form == SHEET_HTML) buffer_add(sheet->out, STR("<ul>\n"));
    for (size_t i = 0; i < count; i++) add_between(sheet, before, texts[i], behind);
    if (sheet->form == SHEET_HTML) buffer_add(sheet->out, STR("</ul>\n"));
}
