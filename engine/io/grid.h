/* grid - a sheet of a workbook, a table of a database or document, or objects of JSON: rows of cells that
 * know where they stood.
 *
 * Readers of formats fill grids (many of them in modules); model/heading finds the column names in one, and
 * grid_table hands its rows out as any other reader does.
 */
#ifndef PERFEVAL_IO_GRID_H
#define PERFEVAL_IO_GRID_H

#include "io/table.h"

/** Most columns and rows that a cell may stand in: those of a workbook. */
#define GRID_COLUMNS 16384u
#define GRID_ROWS    50000000u
/** Most cells that merges may fill, in rows that are looked at, and most bytes of text in them. */
#define GRID_FILLED       20000000u
#define GRID_FILLED_BYTES ((uint64_t)1 << 30)

typedef struct GridCell {
    Str text;
    uint32_t column;   /* from 0 */
    uint32_t line, at; /* of a text: line and character; 0 elsewhere */
    bool percent;      /* see Cell */
    bool failed; /* holds an error value such as #DIV/0!, or a formula without a value: text says which */
} GridCell;

typedef struct GridRow {
    uint32_t number; /* from 1: of the sheet's row, the database's record, the text's line */
    uint32_t count;  /* of cells, in order of their columns */
    size_t first;    /* the first of them */
    bool hidden;
} GridRow;

/** Cells top to bottom and left to right, both included. */
typedef struct GridMerge {
    uint32_t top, bottom; /* numbers of rows */
    uint32_t left, right; /* columns */
} GridMerge;

/** How places of a grid are named. */
typedef enum GridPlaces {
    GRID_LETTERS, /* 지표!B17 */
    GRID_NAMES,   /* 지표[17].목표: rows by number, columns by name */
    GRID_LINES    /* line and character of a text: row numbers are lines */
} GridPlaces;

typedef struct Grid {
    Str name; /* of the sheet or table */
    bool hidden;
    GridPlaces places;
    Arena arena; /* texts of cells */
    GridCell *cells;
    GridRow *rows;
    GridMerge *merges;
    size_t cell_count, row_count, merge_count;
    size_t cell_capacity, row_capacity, merge_capacity;
} Grid;

/** What a file holds. */
typedef struct Grids {
    Grid *grids;
    size_t count, capacity;
    Arena arena; /* texts that grids share, and their names */
} Grids;

/** Adds an empty grid; the name is copied. Valid until the next is added. */
Grid *grids_add(Grids *grids, Str name, GridPlaces places);
void grids_release(Grids *grids);

/** Begins a row; numbers rise. */
void grid_begin_row(Grid *grid, uint32_t number, bool hidden);
/** Adds a cell to the row begun last; columns rise. The text is borrowed: from the grid's arena, that of the
 * grids, or what lives as long. */
void grid_add(Grid *grid, uint32_t column, Str text);
void grid_merge(Grid *grid, GridMerge merge);
/** Gives each cell that is merged with the one above it that one's value; a row that holds nothing of its own
 * stays blank. False when there are too many. */
bool grid_fill(Grid *grid);
/** The text of a cell; empty where there is none. */
Str grid_text(const Grid *grid, size_t row, uint32_t column);
/** Adds "A", "B", …, "XFD". */
void grid_add_letters(Buffer *out, uint32_t column);

/** What of a grid is a table: model/heading finds it. */
typedef struct GridHeading {
    size_t top, first;       /* the rows with column names; the first row behind them */
    const uint32_t *columns; /* in order */
    const Str *names;        /* of the columns */
    size_t count;
} GridHeading;

/** A reader over the grid from its heading on; both are borrowed until table_close. Rows that repeat the
 * heading, and rows without anything in them, are skipped; what stands in other columns is reported. */
Table *grid_table(Str file, const Grid *grid, const GridHeading *heading);

/** What a reader of a format in a module does: its functions (base/module). */
typedef struct GridAsk {
    Str file;          /* for messages */
    Str bytes;         /* of the file */
    Str path;          /* of the file, for those that open it themselves; "-" where there is none */
    Str sheet;         /* the sheet or table asked for; empty: all that may be meant */
    Str query;         /* of a database; empty: none */
    uint64_t inflated; /* most bytes that its parts may unpack to; 0: the usual limit */
    uint64_t parts;    /* most parts of an archive; 0: the usual limit */
    uint64_t ratio;    /* how often larger than packed a part may be; 0: the usual limit */
    uint64_t rows;     /* most rows of a table of a database; 0: GRID_ROWS */
} GridAsk;

typedef struct GridReader {
    /** Fills *out, which the caller releases, whatever happens. False after errors. */
    bool (*read)(const GridAsk *ask, Grids *out, Diag *diag);
} GridReader;

#endif
