/* project_rows - a table of a report that lists projects with their indicators: `projects` in place of
 * `rows`.
 *
 * Each column says what it shows; the cells are made here, of the results, and never were values of Lua. A
 * report of a year has thousands of them.
 */
#ifndef PERFEVAL_LUA_PROJECT_ROWS_H
#define PERFEVAL_LUA_PROJECT_ROWS_H

#include "io/document.h"
#include "lua/reader.h"

/** Fills rows and cells of `table`, whose columns have been read, from the value at stack place `from`:
 * `projects` (a list of Project), `marks` (texts by the key of a verdict, `none`: without one), `missing`
 * (texts by the reason why there is no rate), `refs` and `formulas` (true: cells of projects say what they
 * are about, rates say what computes them), and `show` of each column. `most`: cells that a
 * document may have. Faults are added.
 */
void project_rows_read(Reader *reader, int from, DocumentTable *table, size_t most);

#endif
