/* window - some rows of a file that nobody keeps, as a dataset of the child that calls functions for them.
 *
 * The dataset has the file's columns and room for WINDOW_ROWS rows, blank at first. Each request brings the
 * cells of the columns that the function is known to read: digits and scales of numbers, ids of words, and
 * the words that the child has not heard of yet. What else it reads is noted, and what it answered then is
 * void.
 */
#ifndef PERFEVAL_LUA_WINDOW_H
#define PERFEVAL_LUA_WINDOW_H

#include "base/wire.h"
#include "model/stretch.h"

/** Rows a request. */
#ifndef WINDOW_ROWS
#define WINDOW_ROWS 8192
#endif

typedef struct Window {
    Dataset *dataset;
    size_t columns;
    bool *there;      /* one a column: the request under way brought its cells */
    bool *lacks;      /* one a column: it was read, and not there */
    bool beyond;      /* something was read that is no cell */
    bool missed;      /* something was read that was not there */
    size_t count;     /* rows of the request */
    double **doubles; /* one a column, of the request where it is in `worked`; */
    bool *worked;
    double *errors;
} Window;

/** A window for files with the columns of `sample`. */
Window *window_new(const Dataset *sample);
void window_free(Window *window);

/** Writes what window_read reads: at most WINDOW_ROWS rows of a stretch, of the columns in `there`. `told`:
 * words of each column that were written before; set. */
void window_write(Buffer *out, const Stretch *stretch, const uint32_t *rows, size_t count, const bool *there,
                  size_t *told);
/** The numbers of a column of numbers, one a row of the request: NaN where there is none, or a double is not
 * sure to be the nearest to it. */
const double *window_doubles(Window *window, size_t column);
/** Puts the cells into rows 0 to count - 1; nothing lacks then. False when they make no sense. */
bool window_read(Window *window, WireReader *reader, size_t count);
#endif
