/* weights - the weights of what a rate is made of, with the data at hand: of a column of the data, or of a
 * table in the rules by name; and what is wrong with them.
 */
#ifndef PERFEVAL_MODEL_WEIGHTS_H
#define PERFEVAL_MODEL_WEIGHTS_H

#include "model/lineage.h"
#include "model/plan.h"

/** The weights of a weighted mean, indexed by child; NULL when it is none, or the data lack the column. Lives
 * in `arena`. */
const NumberColumn *weights_of(const Rollup *rollup, const Dataset *dataset, Arena *arena);
/** Adds an error for each negative weight, each name of the table that no child has, and each unit whose
 * weights have another sum than the rules want. False after errors. */
bool weights_check(const Plan *plan, Level level, const Dataset *dataset, Diag *diag);

#endif
