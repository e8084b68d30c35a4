/* export - results as data: CSV and JSON, written natively. */
#ifndef PERFEVAL_MODEL_EXPORT_H
#define PERFEVAL_MODEL_EXPORT_H

#include "model/results.h"

/** A cell of text; empty when the data have no such column. */
Str export_text(const Dataset *dataset, ColumnId column, size_t row);
/** Adds a cell of numbers without needless zeros; nothing, and why, when it is missing. */
Missing export_number(const Dataset *dataset, ColumnId column, size_t row, Buffer *out);
/** One line per indicator: bureau,department,project,indicator,unit,target,actual,rate,project_rate,verdict,
 * published_rate, and `missing` with the reason; where the rules declare them, indicator_verdict,
 * last_year_rate and project_last_year_rate. */
void export_csv(const Results *results, Buffer *out);
/** The document perfeval.result/1. */
void export_json(const Results *results, Buffer *out);

#endif
