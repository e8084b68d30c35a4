/* evaluate - a plan over a dataset gives results. */
#ifndef PERFEVAL_MODEL_EVALUATE_H
#define PERFEVAL_MODEL_EVALUATE_H

#include "model/results.h"

/** Checks what can only be known with the data at hand: fields and columns that the rules name and the data
 * lack (errors; evaluate finds them too), values that occur nowhere (notes). False after errors. */
bool evaluate_check(const Plan *plan, const Dataset *dataset, Diag *diag);

/** Evaluates; plan and dataset are borrowed and must outlive the results. `functions` may be NULL when the
 * plan has none. NULL when no results could be had. Findings, which are no failures: MESSAGE_FUNCTION_FAILED
 * for a function that fails on a row and leaves it missing (for the first rows of each case, then one
 * MESSAGE_FUNCTIONS_FAILED with their number), and MESSAGE_SPECIAL_UNUSED for a special case that matched
 * nothing, MESSAGE_SPECIAL_IDLE for one that matched rows and changed nothing. */
Results *evaluate(const Plan *plan, const Dataset *dataset, const RowFunctions *functions, Diag *diag);
/** What results hold at least; what they do not hold they find again from the data when asked. */
typedef enum EvaluateKeep {
    EVALUATE_KEEP_ROWS,     /* the rates of rows, projects and all above */
    EVALUATE_KEEP_PROJECTS, /* those of projects and all above: a row asked for alone costs more then */
    EVALUATE_KEEP_VERDICTS  /* the verdicts of projects */
} EvaluateKeep;
/** The same results, which hold no more than that where plan and data allow (model/light). */
Results *evaluate_keeping(EvaluateKeep keep, const Plan *plan, const Dataset *dataset,
                          const RowFunctions *functions, Diag *diag);
#endif
