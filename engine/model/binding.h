/* binding - the fields of a plan's formulas and the conditions of its selectors, found in a dataset. */
#ifndef PERFEVAL_MODEL_BINDING_H
#define PERFEVAL_MODEL_BINDING_H

#include "model/select.h"

/** Binds all of them; `columns` and `selectors` (one a case, special cases first) live in `arena`. Errors: a
 * field that neither the data nor the vocabulary know, a period that the data lack, text asked of a column of
 * numbers. All are found; false after any. */
bool binding_make(const Plan *plan, const Dataset *dataset, Arena *arena, FormulaColumns *columns,
                  BoundSelector **selectors, Diag *diag);

#endif
