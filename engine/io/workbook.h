/* workbook - a workbook as data: sheets, cells, styles, merges, charts, conditions, limits of input.
 *
 * A format's script describes it (lua/sheets reads the description, scripts/README.md lists it), or a command
 * makes it; workbook_check finds what no spreadsheet may hold, and the module `xlsxwrite` draws it. The
 * shapes below are the closed schema: they drive the reader of scripts, the message and its reader. Rows and
 * columns count from 1. A text that was not given has no data (NULL), a whole number is 0.
 */
#ifndef PERFEVAL_IO_WORKBOOK_H
#define PERFEVAL_IO_WORKBOOK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/wire.h"

#define WORKBOOK_SHEETS  200
#define WORKBOOK_ROWS    200000
#define WORKBOOK_COLUMNS 256
/** Cells of all sheets. */
#define WORKBOOK_CELLS 400000
/** Entries of any other list. */
#define WORKBOOK_ENTRIES 10000
/** Longest text of a cell, in characters: what a spreadsheet keeps. */
#define WORKBOOK_TEXT 32767
/** Longest formula, in bytes. */
#define WORKBOOK_FORMULA 8000

/** Records of a list, or of texts: Str. */
typedef struct WorkbookList {
    void *items;
    size_t count;
} WorkbookList;

/* The named ways to say a thing; each in the order of its names in workbook.c, from 1. */
enum { WORKBOOK_LEFT = 1, WORKBOOK_CENTER, WORKBOOK_RIGHT };
enum {
    WORKBOOK_AT_MOST = 1,
    WORKBOOK_BELOW,
    WORKBOOK_AT_LEAST,
    WORKBOOK_ABOVE,
    WORKBOOK_CONTAINS,
    WORKBOOK_BARS
};
enum { WORKBOOK_ONE_OF = 1, WORKBOOK_NUMBER };
enum { WORKBOOK_STACKED = 1, WORKBOOK_COLUMN, WORKBOOK_LINE };

typedef struct WorkbookStyle {
    Str name;
    bool bold, wrap, border, open; /* open: may be changed in a protected sheet */
    uint32_t size, align, indent;
    Str color, fill; /* "#1F2937" */
    Str number;      /* how a number looks: "#,##0" */
} WorkbookStyle;

typedef struct WorkbookRange {
    Str sheet; /* empty: the sheet itself */
    uint32_t row, column, rows, columns;
} WorkbookRange;

/** One of text, number, formula; none: an empty cell. */
typedef struct WorkbookCell {
    WorkbookRange at;
    Str text, number; /* number: as the engine prints it */
    Str formula;      /* checked; without the sign = in front */
    Str value;        /* of the formula: a printed number, or no text */
    Str style;
    uint32_t style_index; /* found by workbook_check: position of the style from 1 */
} WorkbookCell;

typedef struct WorkbookRow {
    uint32_t row, height; /* in points */
    bool page;            /* a new page begins with it */
} WorkbookRow;

typedef struct WorkbookCondition {
    WorkbookRange at;
    uint32_t kind;
    Str value, style, color; /* color: of bars */
    uint32_t style_index;
} WorkbookCondition;

typedef struct WorkbookInput {
    WorkbookRange at;
    uint32_t kind;
    WorkbookList choices; /* of Str */
    Str least, most;      /* numbers; empty: no limit */
    Str title, message;   /* shown with the cell */
} WorkbookInput;

typedef struct WorkbookSeries {
    Str name, color;
    bool hatched;
    WorkbookRange names, values;
} WorkbookSeries;

typedef struct WorkbookChart {
    uint32_t kind, row, column, width, height; /* place of the upper left corner; pixels */
    Str title, text;                           /* text: what it shows, for those who do not see it */
    Str x, y;                                  /* titles of the axes */
    WorkbookList series;
} WorkbookChart;

typedef struct WorkbookSheet {
    Str name, header; /* header: at the head of each printed page */
    uint32_t frozen_rows, frozen_columns, repeat_row, repeat_rows;
    bool landscape, guarded; /* guarded: only open cells may be changed; there is no password */
    WorkbookList widths;     /* of WorkbookWidth: columns from the first */
    WorkbookList rows, cells, conditions, inputs, charts;
} WorkbookSheet;

typedef struct WorkbookWidth {
    uint32_t width; /* in digits of the ordinary font */
} WorkbookWidth;

typedef struct Workbook {
    Str title;
    Str font;
    WorkbookList styles, sheets;
} Workbook;

/* The schema */

typedef struct WorkbookShape WorkbookShape;

typedef enum WorkbookKind {
    WORKBOOK_FIELD_TEXT,    /* Str */
    WORKBOOK_FIELD_PRINTED, /* Str: a printed number, or an integer of Lua */
    WORKBOOK_FIELD_FLAG,    /* bool */
    WORKBOOK_FIELD_WHOLE,   /* uint32_t from 1 to `most` */
    WORKBOOK_FIELD_CHOICE,  /* uint32_t: position among `choices` from 1 */
    WORKBOOK_FIELD_RECORD,  /* a record of `shape` */
    WORKBOOK_FIELD_LIST,    /* WorkbookList of at most `most` records of `shape` */
    WORKBOOK_FIELD_TEXTS    /* WorkbookList of at most `most` texts */
} WorkbookKind;

typedef struct WorkbookField {
    const char *name;
    WorkbookKind kind;
    size_t offset;
    bool required;
    uint32_t most;
    const char *const *choices; /* ends with NULL */
    const WorkbookShape *shape;
} WorkbookField;

struct WorkbookShape {
    size_t size;
    const WorkbookField *fields; /* ends with a nameless one */
};

extern const WorkbookShape workbook_shape;

/** A record as bytes, and back: texts are views into the bytes, lists live in `arena`. False when the bytes
 * are no such record. */
void workbook_pack(const WorkbookShape *shape, const void *record, Buffer *out);
bool workbook_unpack(const WorkbookShape *shape, WireReader *reader, Arena *arena, void *record);

/** The number that a printed one stands for. */
double workbook_number(Str printed);

#endif
