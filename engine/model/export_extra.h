/* export_extra - what CSV and JSON say besides, where the data have it: periods and revised targets. */
#ifndef PERFEVAL_MODEL_EXPORT_EXTRA_H
#define PERFEVAL_MODEL_EXPORT_EXTRA_H

#include "model/results.h"

/** Adds the names of further columns, each behind a comma. */
void export_extra_heading(const Dataset *dataset, Buffer *out);
/** Adds their cells of a row, each behind a comma. */
void export_extra_cells(const Dataset *dataset, size_t row, Buffer *out);
/** Adds the same as further keys of a row's object. */
void export_extra_fields(const Dataset *dataset, size_t row, Buffer *out);
/** Adds "period", "periods", "original_target" and "revision" to an indicator's object. */
void export_extra_indicator(const Results *results, size_t row, Buffer *out);
/** Adds "period", "rows" and "targets" to the object of all results. */
void export_extra_totals(const Results *results, Buffer *out);

#endif
