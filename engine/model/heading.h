/* heading - where the column names of a sheet stand: under a title, in two rows, by other names. */
#ifndef PERFEVAL_MODEL_HEADING_H
#define PERFEVAL_MODEL_HEADING_H

#include "io/grid.h"
#include "model/dataset.h"

/** The vocabulary's column that a heading means: by its names, or by another usual one (사업명 for 주요사업).
 * Blanks, dots and width are not looked at. False when there is none. */
bool heading_column(Str name, ColumnId *column);

/** Finds the column names among the first rows of a grid: one row, or two where a group stands above
 * (추진현황 over 목표 and 실적). Lives in `arena`. Answers how many of the needed columns are named; without
 * any, the first row that holds something is taken. 0 and no columns for a grid that holds nothing. */
size_t heading_find(const Grid *grid, Arena *arena, GridHeading *out);
/** How many columns a data file needs. */
size_t heading_needed(void);

#endif
