/* export_rows - the table of indicators, a row each, as CSV or JSON: columns are found once, and any stretch
 * of rows can be written by itself. */
#ifndef PERFEVAL_MODEL_EXPORT_ROWS_H
#define PERFEVAL_MODEL_EXPORT_ROWS_H

#include "model/results.h"

typedef enum ExportForm { EXPORT_CSV, EXPORT_JSON, EXPORT_JSONL } ExportForm;

typedef struct ExportRows ExportRows;

ExportRows *export_rows_begin(const Results *results, ExportForm form);
void export_rows_end(ExportRows *rows);
/** Adds the line of names that a CSV begins with. */
void export_rows_heading(const ExportRows *rows, Buffer *out);
/** Adds rows from to to - 1. As JSON the commas between rows stand before all but row 0. Callable from
 * several threads at a time. */
void export_rows_add(const ExportRows *rows, size_t from, size_t to, Buffer *out);

#endif
