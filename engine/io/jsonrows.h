/* jsonrows - objects of JSON as rows: a list of them, or one on each line (NDJSON). */
#ifndef PERFEVAL_IO_JSONROWS_H
#define PERFEVAL_IO_JSONROWS_H

#include "io/grid.h"
#include "io/input_limits.h"

/** True for bytes that begin as such a file does: [{ or {". */
bool jsonrows_is(Str bytes);
/** Reads the objects into a grid, whose first row holds their keys in the order in which they first occur.
 * Values are texts, numbers (kept as written, without exponent), true, false or null (blank). False after
 * errors. `limits` NULL: the defaults. */
bool jsonrows_read(Str file, Str bytes, const InputLimits *limits, Grids *out, Diag *diag);

#endif
