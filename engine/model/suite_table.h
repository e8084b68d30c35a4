/* suite_table - a test file in CSV.
 *
 * Its columns are those of data, and `case`, `expect_rate`, `expect_printed`, `expect_verdict`,
 * `expect_reason` (of the project), the same with `expect_indicator_` (of the row's indicator), and
 * `set.NAME` (parameters).
 */
#ifndef PERFEVAL_MODEL_SUITE_TABLE_H
#define PERFEVAL_MODEL_SUITE_TABLE_H

#include "model/suite.h"

/** A CSV test file: rows with the same `case` form one. Texts are copied. */
bool suite_of_table(Arena *arena, Table *table, Suite *out, Diag *diag);

#endif
