/* compile_periods - `period`, `targets` and `revised_by` of a rule set: which rows and which targets count.
 */
#ifndef PERFEVAL_MODEL_COMPILE_PERIODS_H
#define PERFEVAL_MODEL_COMPILE_PERIODS_H

#include "model/compile.h"

/** Reads them into the plan, once its levels and formulas are there. Faults are added, and turn build->good
 * false. */
void compile_periods(Build *build, const Tree *rules);
/** Evaluates the rows of the named period, whatever the rule file says: the command line's choice. The text
 * is borrowed. */
void compile_period_override(Plan *plan, Str period);

/** The keys of `period`, where it is a list, and of its entries. */
extern const SchemaTable compile_period_schema[2];

#endif
