/* document - what a report is before it has a format: blocks of text, tables and charts, plain data.
 *
 * lua/document reads it from what a report script returns and checks it; formats draw it. All of it lives in
 * one arena and is never changed once it is read. A text that was not given has no data (NULL).
 */
#ifndef PERFEVAL_IO_DOCUMENT_H
#define PERFEVAL_IO_DOCUMENT_H

#include "base/str.h"

typedef enum DocumentAlign {
    DOCUMENT_UNALIGNED, /* numbers to the right, texts to the left */
    DOCUMENT_LEFT,
    DOCUMENT_RIGHT,
    DOCUMENT_CENTER
} DocumentAlign;

typedef struct DocumentColumn {
    Str title, group; /* neighbours of the same group stand under its name */
    Str field;        /* the column of the data that stands in it: "target" */
    DocumentAlign align;
} DocumentColumn;

/** What few cells have. */
typedef struct DocumentExtra {
    Str zero;     /* what stands for a number that is zero */
    Str mark;     /* a word beside the text, such as the verdict */
    Str of;       /* the unit that the cell is about (lua/units: ref) */
    Str verdict;  /* key of the verdict whose projects of that unit the number counts */
    Str formula;  /* what gives the number, with {field} for columns of its row */
    bool percent; /* the number is their share of all projects of the unit, not their count */
} DocumentExtra;

typedef struct DocumentCell {
    Str text;                   /* of a number: as the engine prints it, "-1234.50" */
    const DocumentExtra *extra; /* never NULL (document_no_extra) */
    uint32_t rows;              /* 0: another cell's span covers the place */
    uint16_t columns;
    bool number, spaced; /* spaced: letters apart */
} DocumentCell;

/** Of cells that have nothing of it. */
extern const DocumentExtra document_no_extra;

typedef struct DocumentTable {
    Str caption;
    const DocumentColumn *columns;
    const DocumentCell *cells; /* row by row, one for each column */
    size_t column_count, row_count;
} DocumentTable;

typedef enum ChartKind {
    CHART_STACKED,   /* a bar of parts for each row; a value for each of the series */
    CHART_HISTOGRAM, /* how many values fall in each bin */
    CHART_BULLET,    /* a bar for each row against the target */
    CHART_DOTS,      /* a strip of dots for each row */
    CHART_SLOPE,     /* a line for each row, from the first of the series to the second */
    CHART_KINDS
} ChartKind;

typedef struct ChartValue {
    double value;    /* where it is drawn */
    Str text;        /* how it is printed */
    Str label, mark; /* what it is; a word such as the verdict */
    Str of;          /* the unit that it belongs to */
} ChartValue;

typedef struct ChartRow {
    Str label, of;
    const ChartValue *values;
    size_t value_count;
} ChartRow;

typedef struct ChartSeries {
    Str name, key; /* key: of a verdict */
    bool alert;    /* what needs attention: drawn hatched as well as in another colour */
} ChartSeries;

/** A line across the values: a threshold, a target. */
typedef struct ChartLine {
    bool set;
    double value;
    Str text;  /* how it is printed: "80" */
    Str label; /* what it is */
    Str param; /* the parameter that it follows */
} ChartLine;

/** A drawing as data: what is drawn, not where. */
typedef struct DocumentChart {
    ChartKind kind;
    Str title;
    Str text; /* what it shows, for those who do not see it */
    Str unit;
    const ChartSeries *series;
    size_t series_count;
    const ChartRow *rows;
    size_t row_count;
    ChartLine threshold, target;
} DocumentChart;

typedef enum BlockKind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_NOTE,
    BLOCK_BULLET,
    BLOCK_TABLE,
    BLOCK_CHART,
    BLOCK_PAGE_BREAK,
    BLOCK_KINDS
} BlockKind;

typedef struct DocumentBlock {
    BlockKind kind;
    Str text;                   /* all but tables and page breaks */
    size_t level;               /* headings and bullets, from 1 */
    Str group;                  /* headings: a sheet of its own gathers those of one group */
    const DocumentTable *table; /* tables */
    const DocumentChart *chart; /* charts */
} DocumentBlock;

typedef struct Document {
    Str title;
    DocumentBlock *blocks;
    size_t block_count;
} Document;

/** The kind's name: "heading", "page_break". */
const char *document_kind_name(BlockKind kind);
/** The chart's name: "stacked", "histogram". */
const char *chart_kind_name(ChartKind kind);
/** Finds a kind of chart by its name. */
bool chart_kind_find(Str name, ChartKind *kind);
/** "left", "right", "center"; NULL for none. */
const char *document_align_name(DocumentAlign align);
/** Finds an alignment by its name. */
bool document_align_find(Str name, DocumentAlign *align);

#endif
