/* dataset_build - how a Dataset comes to be; for model/load and tests, not for readers of data.
 *
 * Order of calls: dataset_new, every column, then row by row one value for each column, then dataset_finish.
 * Levels are empty until then.
 */
#ifndef PERFEVAL_MODEL_DATASET_BUILD_H
#define PERFEVAL_MODEL_DATASET_BUILD_H

#include "model/dataset.h"

/** An empty dataset; the name is copied. Freed with dataset_free, finished or not. */
Dataset *dataset_new(Str file);
/** Adds the next column of the file; `id` is COLUMN_KNOWN for an own column. The name is copied. */
void dataset_add_column(Dataset *dataset, Str name, ColumnId id, bool number);
/** The column's place in the vocabulary; COLUMN_KNOWN for an own column. */
ColumnId dataset_column_id(const Dataset *dataset, size_t column);
/** Begins the next row. */
void dataset_add_row(Dataset *dataset, uint32_t line);
/** Sets a text of the row begun last. True when no row had it before; a blank is never new. */
bool dataset_set_text(Dataset *dataset, size_t column, Str text);
/** Sets a number of the row begun last; the text of a long number is copied. */
void dataset_set_number(Dataset *dataset, size_t column, Decimal number);
/** Sets the reason why the row begun last has no number. */
void dataset_set_missing(Dataset *dataset, size_t column, Missing reason);
/** Keeps what stands in a cell of numbers of the row begun last; the text is copied. */
void dataset_set_written(Dataset *dataset, size_t column, Str text);
/** The first row whose cell in a text column equals that of the row begun last. Walks over the rows. */
size_t dataset_first_equal(const Dataset *dataset, size_t column);
/** Builds the levels and frees what only building needs. Needs the columns bureau, department and project. */
void dataset_finish(Dataset *dataset);

#endif
