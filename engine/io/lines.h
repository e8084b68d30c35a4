/* lines - line and column of a byte in a text, for the readers that name places.
 *
 * A cursor only moves forward, so naming the places of all values of a file in their order takes one pass
 * over it. LF, CR and CRLF each end a line.
 */
#ifndef PERFEVAL_IO_LINES_H
#define PERFEVAL_IO_LINES_H

#include "base/diag.h"

typedef struct LineCursor {
    Str bytes;
    bool valid;        /* the bytes are UTF-8 for sure; false: perhaps */
    size_t at;         /* the byte the cursor stands on */
    size_t line_start; /* first byte of its line */
    size_t line_end;   /* the line break behind it, or the end of the bytes */
    uint32_t line;
    uint32_t column; /* in characters, from 1 */
    size_t passed;   /* the furthest byte of the line whose column is known */
    uint32_t passed_column;
} LineCursor;

/** A cursor on byte `start`, which begins line number `line`. */
LineCursor lines_begin(Str bytes, size_t start, uint32_t line);
/** Moves the cursor to `offset`, at or behind where it stands, and gives the place of the `size` bytes there;
 * `span` and `source` are those of the line that holds `offset`. */
Place lines_place(LineCursor *cursor, Str file, size_t offset, size_t size);
/** First line break at or behind `from`; bytes.size when there is none. */
size_t lines_end(Str bytes, size_t from);
/** The byte behind the line break at `at`: CRLF is one break. */
size_t lines_behind(Str bytes, size_t at);

#endif
