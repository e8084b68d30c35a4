/* compile_cases - `rate` and `special` of a rule set: which rows an entry takes, and what it gives them. */
#ifndef PERFEVAL_MODEL_COMPILE_CASES_H
#define PERFEVAL_MODEL_COMPILE_CASES_H

#include "model/compile.h"

/** Reads `rate` into the plan's cases. Faults are added, and turn build->good false. */
void compile_rate(Build *build, const Tree *rules);
/** The same for `special`. */
void compile_specials(Build *build, const Tree *rules);

/** The keys of cases, special cases and ranges. */
extern const SchemaTable compile_case_schema[3];

#endif
