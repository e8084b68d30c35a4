/* cells - what stands between the marks of a CSV text, for a column of many rows at once.
 *
 * The second pass of the fast way through a file (model/stretch), behind io/marks. Vector code where the
 * machine has it (base/cpu); the plain way gives the same.
 */
#ifndef PERFEVAL_IO_CELLS_H
#define PERFEVAL_IO_CELLS_H

#include "base/str.h"

/** Bytes before the text that must be readable. */
#define CELLS_LEAD 16
/** Scale of a cell that is no plain number. */
#define CELLS_ODD 253

/** Rows of cells. A cell begins behind the mark before it and ends at its own. */
typedef struct Cells {
    const char *data;
    const uint32_t *marks; /* `columns` a row; marks[-1] is there too */
    size_t columns;
    bool returns; /* rows end in CRLF */
} Cells;

/** Where the numbers of a column go: cell of row r to digits[r] / 10^scale[r]. */
typedef struct CellNumbers {
    int64_t *digits;
    uint8_t *scale;
    int64_t blank_digits; /* of an empty cell */
    uint8_t blank_scale;
} CellNumbers;

/** A row that begins other names than the row before it. */
typedef struct CellChange {
    uint32_t row;
    bool upper; /* it is more than the last name that is new */
} CellChange;

static inline Str cells_at(const Cells *cells, size_t row, size_t column) {
    const uint32_t *mark = cells->marks + row * cells->columns + column;
    uint32_t from = mark[-1] + 1, to = mark[0];
    if (cells->returns && column + 1 == cells->columns) to--;
    return (Str){cells->data + from, to - from};
}

/** Reads the plain numbers of rows first to end - 1: an optional '-', digits and perhaps a point between
 * them, 16 characters at most besides the sign; no needless zero in front, no "-0". Other cells get the scale
 * CELLS_ODD and are counted. */
size_t cells_numbers(const Cells *cells, size_t column, size_t first, size_t end, const CellNumbers *out);
/** The first row from `first` on that is odd; `end` when none is. */
size_t cells_next_odd(const CellNumbers *out, size_t first, size_t end);
/** Finds the rows from first to end - 1 whose cells `column` to column + names - 1 have other bytes than
 * those of the row before. There are two at least, without quotes; none is the last of a row; row 0 is not
 * asked for. `out` has room for all; answers how many are there. */
size_t cells_changes(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                     CellChange *out);

#endif
