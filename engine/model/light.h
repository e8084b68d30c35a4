/* light - results that hold no rates of rows: those are found again from the data when they are asked for.
 *
 * Rows go through the cases of the plan block by block, and what is kept of a block are the rates of its
 * projects, or no more than their verdicts. For plans and data with which that is simple: projects that stand
 * in runs, whose rates are means of their rows.
 */
#ifndef PERFEVAL_MODEL_LIGHT_H
#define PERFEVAL_MODEL_LIGHT_H

#include "model/results_build.h"

/** Projects that a thread takes at a time. */
#ifndef LIGHT_STRETCH
#define LIGHT_STRETCH ((size_t)8 * 1024)
#endif

/** Whether the results of a plan over a dataset need not hold the rates of rows. */
bool light_can(const Plan *plan, const Dataset *dataset);
/** Whether they need not hold those of projects either; where light_can is true. */
bool light_can_judge(const Plan *plan);
/** Makes results so; their columns and selectors are bound. */
void light_begin(Results *results, bool only_verdicts);

#endif
