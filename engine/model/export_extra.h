/* export_extra - what CSV and JSON say besides, where the data have it: periods and revised targets. */
#ifndef PERFEVAL_MODEL_EXPORT_EXTRA_H
#define PERFEVAL_MODEL_EXPORT_EXTRA_H

#include "model/results.h"

/** Most further columns of a table of indicators. */
#define EXPORT_EXTRAS 6

/** The further columns that the data have, in order; how many. */
size_t export_extra_columns(const Dataset *dataset, ColumnId out[EXPORT_EXTRAS]);
/** Adds "period", "periods", "original_target" and "revision" to an indicator's object. */
void export_extra_indicator(const Results *results, size_t row, Buffer *out);
/** Adds "period", "rows" and "targets" to the object of all results. */
void export_extra_totals(const Results *results, Buffer *out);

#endif
