/* columns - rows of texts in columns for a terminal: wide characters take two cells, numbers stand to the
 * right. */
#ifndef PERFEVAL_BASE_COLUMNS_H
#define PERFEVAL_BASE_COLUMNS_H

#include "base/arena.h"

typedef struct Columns {
    size_t count;      /* of columns */
    const char *sides; /* a letter each: 'l' or 'r'; missing ones are 'l' */
    Str *cells;        /* rows one after the other */
    size_t cell_count;
    Arena arena;
} Columns;

/** Empty, with that many columns. */
void columns_begin(Columns *columns, size_t count, const char *sides);
/** The next cell, row by row; copied, what is not visible made visible. */
void columns_add(Columns *columns, Str text);
void columns_addf(Columns *columns, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Adds all rows to `out`, each behind `indent` blanks, columns two blanks apart; releases. */
void columns_end(Columns *columns, size_t indent, Buffer *out);

#endif
