/* remarks - what is right in a rule set and still looks like a mistake: cases that can never apply, rows that
 * no case takes, formulas that divide by zero, functions that never give a rate. For `perfeval check`.
 */
#ifndef PERFEVAL_MODEL_REMARKS_H
#define PERFEVAL_MODEL_REMARKS_H

#include "model/results.h"

/** Adds a warning for each case behind one that takes all rows. */
void remarks_plan(const Plan *plan, Diag *diag);
/** Adds notes of what the data did to the rules: each with the number of rows and the place of the first. */
void remarks_results(const Results *results, Diag *diag);

#endif
