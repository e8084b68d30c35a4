/* marks - where the commas and line feeds of a CSV text stand, found 64 bytes at a time.
 *
 * The first pass of the fast way through a file (model/unit): it knows no cells and no columns. It uses AVX2
 * where the machine has it (base/cpu); the plain way gives the same marks.
 */
#ifndef PERFEVAL_IO_MARKS_H
#define PERFEVAL_IO_MARKS_H

#include "base/str.h"

/** Room that marks_find needs behind the last mark. */
#define MARKS_SLACK 64

/** Bytes looked at at once. */
#define MARKS_BLOCK 64

typedef struct Marks {
    size_t count;   /* commas and line feeds outside quotes */
    size_t lines;   /* the line feeds among them */
    size_t returns; /* carriage returns, wherever they stand */
    size_t quotes;
    uint64_t inside; /* all ones while a quote is open */
    bool invalid;    /* the text is not UTF-8, or holds a NUL, as far as it was seen */
} Marks;

/** Finds the marks of `text`, below 4 GiB, which begins outside quotes. Their offsets go to `at`, which has
 * room for text.size + MARKS_SLACK. */
Marks marks_find(Str text, uint32_t *at);
/** The same piece by piece: goes on with bytes from to to - 1. `marks` begins as {0}; `from` is where the
 * piece before ended; `to` is a multiple of MARKS_BLOCK or the end of the text. */
void marks_go_on(Marks *marks, Str text, size_t from, size_t to, uint32_t *at);

#endif
