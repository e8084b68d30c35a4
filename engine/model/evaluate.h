/* evaluate - a plan over a dataset gives results. */
#ifndef PERFEVAL_MODEL_EVALUATE_H
#define PERFEVAL_MODEL_EVALUATE_H

#include "model/results.h"

/** Checks what can only be known with the data at hand: fields and columns that the rules name and the data lack
 * (errors; evaluate finds them too), values that occur nowhere (notes). False after errors. */
bool evaluate_check(const Plan *plan, const Dataset *dataset, Diag *diag);

/** Evaluates; plan and dataset are borrowed and must outlive the results. `functions` may be NULL when the plan has
 * none. A function that fails on a row leaves it missing and adds a MESSAGE_FUNCTION_FAILED (exit code 1), a special case that
 * matched nothing MESSAGE_SPECIAL_UNUSED: both are findings, not failures. NULL when no results could be had. */
Results *evaluate(const Plan *plan, const Dataset *dataset, const RowFunctions *functions, Diag *diag);

#endif
