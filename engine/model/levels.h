/* levels - the rates and verdicts of projects, departments and bureaus, from those below, level by level.
 */
#ifndef PERFEVAL_MODEL_LEVELS_H
#define PERFEVAL_MODEL_LEVELS_H

#include "model/results_build.h"

/** What can only be known with the data at hand: weights (model/weights), units of pooled rates. False after
 * errors. */
bool levels_check(const Plan *plan, const Dataset *dataset, Diag *diag);
/** Gives every level that has one its rates, adjustments and verdicts; the rates of rows must be there.
 * Findings, which are no failures: MESSAGE_UNIT_FAILED for a function that fails on a unit (for the first of
 * each level, then one MESSAGE_UNITS_FAILED with their number), and MESSAGE_MISSING_UNDECLARED for a level
 * with children without a rate whose rules do not say what these do. False when functions cannot be run at
 * all. */
bool levels_evaluate(Results *results, const RowFunctions *functions, Diag *diag);
/** Adds MESSAGE_MISSING_UNDECLARED for `count` children of a level that have no rate, where the rules do not
 * say what these do. */
void levels_remark(const Plan *plan, Level level, size_t count, Diag *diag);

/** The rate of a unit from those below it. */
Guess levels_raise(const Results *results, Level level, size_t unit);
/** What a rollup's guess of a unit comes to: where doubles know nothing, exact numbers tell. */
Guess levels_settle(const Results *results, Level level, size_t unit, Guess guess);

#endif
