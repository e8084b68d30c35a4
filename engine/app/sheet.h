/* sheet - headings, tables and lists as text for a terminal, Markdown or a page of HTML. */
#ifndef PERFEVAL_APP_SHEET_H
#define PERFEVAL_APP_SHEET_H

#include "base/columns.h"
#include "base/message.h"

typedef enum SheetForm { SHEET_TEXT, SHEET_MARKDOWN, SHEET_HTML } SheetForm;

typedef struct Sheet {
    SheetForm form;
    Buffer *out;
    /* of the table at work */
    Columns columns;
    size_t count, cells;
    const char *sides;
} Sheet;

/** Begins a page with a title; HTML is one file by itself, without script or anything from elsewhere. */
void sheet_begin(Sheet *sheet, SheetForm form, Str title, Language language, Buffer *out);
void sheet_end(Sheet *sheet);
/** A line of text. */
void sheet_line(Sheet *sheet, Str text);
void sheet_heading(Sheet *sheet, Str text);
/** A table: `count` columns, 'r' in `sides` for those of numbers; cells row by row, the first row of titles.
 */
void sheet_table(Sheet *sheet, size_t count, const char *sides);
void sheet_cell(Sheet *sheet, Str text);
void sheet_number(Sheet *sheet, size_t number);
void sheet_table_end(Sheet *sheet);
/** An item, and what stands below it. */
void sheet_item(Sheet *sheet, Str text);
void sheet_below(Sheet *sheet, const Str *texts, size_t count);

#endif
