/* suite_rows - the rows of a test case as a table, so that model/load reads them as it reads any data. */
#ifndef PERFEVAL_MODEL_SUITE_ROWS_H
#define PERFEVAL_MODEL_SUITE_ROWS_H

#include "model/suite.h"

/** The table of a case; names that the rows leave out (bureau, department, project, indicator) are filled in,
 * other columns are blank. Lives in `arena`. */
Table *suite_rows(Arena *arena, const SuiteCase *test);

#endif
