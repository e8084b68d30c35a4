/* compile_bands - `verdict` of a rule set: bands by range, or by forced shares. */
#ifndef PERFEVAL_MODEL_COMPILE_BANDS_H
#define PERFEVAL_MODEL_COMPILE_BANDS_H

#include "model/compile.h"

/** Reads the bands of a level from a list that stands at `path`; any_indicator is for projects only; improved
 * needs plan->last_year. `last_year` must have been read. Faults are added, and turn build->good false. */
void compile_bands(Build *build, Str path, const Tree *list, Level level, Verdicts *out);

/** The number of the verdict whose key the entry (a text) gives. A fault is added; without verdicts, which
 * are missed elsewhere, none is. */
void compile_verdict(Build *build, Str path, const TreeItem *item, const Verdicts *verdicts,
                     unsigned *number);

/** The keys of bands. */
extern const SchemaTable compile_band_schema[1];

#endif
