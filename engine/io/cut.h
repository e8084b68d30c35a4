/* cut - a CSV text cut into units of whole rows, which can be read in any order. */
#ifndef PERFEVAL_IO_CUT_H
#define PERFEVAL_IO_CUT_H

#include "base/str.h"

/** Bytes of a unit. */
#ifndef CUT_UNIT
#define CUT_UNIT ((size_t)1024 * 1024)
#endif

typedef struct Cut {
    Str text;
    size_t body; /* the first byte behind the header */
    size_t end;  /* behind the last line feed; what follows is a last row without one */
    size_t units;
    bool *inside; /* for each unit, and the end, whether it begins in quotes; NULL: quotes were not looked for
                   */
} Cut;

/** The byte behind the line that begins at `from`; a line break in quotes does not end it. */
size_t cut_line(Str text, size_t from);
/** `text` without line ends behind its last row but one. */
Str cut_blank_end(Str text);
void cut_begin(Cut *cut, Str text, size_t body);
void cut_end(Cut *cut);
/** Looks for quotes: without this, no line break may be in quotes. False when the last one is never closed.
 */
bool cut_find_quotes(Cut *cut);
/** The rows from byte `from` on with a line end behind the last row, which has none: that of the row before
 * it. Goes to `out`, with `lead` line feeds before it; a view of what stands behind them. */
Str cut_close(const Cut *cut, size_t from, size_t lead, Buffer *out);
/** The first byte of unit `number`: that of the first row that begins in it. Of unit cut->units: the end. */
size_t cut_start(const Cut *cut, size_t number);

#endif
