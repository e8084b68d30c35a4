/* compile_levels - `project`, `department` and `bureau` of a rule set: how rates roll up to them; and
 * `indicator`. */
#ifndef PERFEVAL_MODEL_COMPILE_LEVELS_H
#define PERFEVAL_MODEL_COMPILE_LEVELS_H

#include "model/compile.h"

/** Reads the rollup of a level. Faults are added, and turn build->good false. */
void compile_level(Build *build, const Tree *rules, const char *name, Level level);

/** Reads `indicator`, which may be absent: the verdict of indicators. */
void compile_indicator(Build *build, const Tree *rules);

/** The keys of a level, and those of `indicator`. */
extern const SchemaTable compile_level_schema[2];

#endif
