/* compile_cases - `rate`, `last_year` and `special` of a rule set: which rows an entry takes, and what it
 * gives them. */
#ifndef PERFEVAL_MODEL_COMPILE_CASES_H
#define PERFEVAL_MODEL_COMPILE_CASES_H

#include "model/compile.h"

/** Reads `rate` into the plan's cases. Faults are added, and turn build->good false. */
void compile_rate(Build *build, const Tree *rules);
/** The same for `last_year`, into the cases of plan->last_year, which is made where the key stands. The rest
 * of that plan is filled in when all was read (model/ruleset). */
void compile_last_year(Build *build, const Tree *rules);
/** The same for `special`. */
void compile_specials(Build *build, const Tree *rules);

/** The keys of cases, special cases, ranges and `last_year`. */
extern const SchemaTable compile_case_schema[4];

#endif
