/* compile_levels - `project`, `department`, `bureau` and `verdict` of a rule set: rollups and bands. */
#ifndef PERFEVAL_MODEL_COMPILE_LEVELS_H
#define PERFEVAL_MODEL_COMPILE_LEVELS_H

#include "model/compile.h"

/** Reads the rollup of a level. Faults are added, and turn build->good false. */
void compile_level(Build *build, const Tree *rules, const char *name, Level level);
/** Reads `verdict` into the plan's bands. */
void compile_verdict(Build *build, const Tree *rules);

#endif
