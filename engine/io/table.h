/* table - rows of cells with positions: the one interface that every reader of tabular data gives.
 *
 * A reader hands out one row at a time; what a column means is not its business. Cells are views into the
 * file's bytes, or into the reader's arena where quotes had to be taken out; both live until the reader is
 * closed.
 */
#ifndef PERFEVAL_IO_TABLE_H
#define PERFEVAL_IO_TABLE_H

#include "base/diag.h"

typedef struct Cell {
    Str text;      /* the cell's content, quotes taken out */
    size_t offset; /* of the cell's first byte in the file (of the quote where it is quoted) */
    size_t size;   /* bytes it takes in the file, quotes included */
    bool percent;  /* a workbook shows its number as a percentage: text is "78.5%", the cell holds 0.785 */
} Cell;

typedef struct Row {
    const Cell *cells; /* valid until the next table_next */
    size_t count;
    uint32_t line; /* of the row's first byte, from 1 */
} Row;

typedef enum TableStep {
    TABLE_ROW,  /* a row was read */
    TABLE_END,  /* no further row */
    TABLE_FAULT /* this row cannot be read; errors were added; a further call goes on behind it where that is
                   possible */
} TableStep;

typedef struct Table Table;

/** What a reader of one format implements. */
typedef struct TableReader {
    TableStep (*next)(Table *table, Row *row, Diag *diag);
    Place (*place)(const Table *table, const Row *row, size_t cell);
    void (*close)(Table *table);
} TableReader;

/** The first member of every reader's own struct. */
struct Table {
    const TableReader *reader;
    Str file;    /* for messages */
    size_t size; /* bytes of all rows */
};

/** The next row. */
TableStep table_next(Table *table, Row *row, Diag *diag);
/** Where a cell of the row read last stands: line, column in characters, source line. A `cell` at or behind
 * the row's count is the row's end. */
Place table_place(const Table *table, const Row *row, size_t cell);
/** Frees the reader; NULL is allowed. */
void table_close(Table *table);

#endif
