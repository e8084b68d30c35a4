/* compile_levels - `project`, `department` and `bureau` of a rule set: how rates roll up to them; and
 * `indicator`. */
#ifndef PERFEVAL_MODEL_COMPILE_LEVELS_H
#define PERFEVAL_MODEL_COMPILE_LEVELS_H

#include "model/compile.h"

/** Reads what the rules say of the three levels: their rates, and the verdicts of departments and bureaus.
 * Faults are added, and turn build->good false. */
void compile_levels(Build *build, const Tree *rules);
/** Once the verdicts of all levels are there: reads which of them a count share counts, and checks that what
 * rates are made of has rates itself. */
void compile_levels_links(Build *build, const Tree *rules);

/** What stands in `from` for a level: "departments", …; for LEVEL_INDICATOR "indicators". */
const char *compile_level_children(Level level);
/** Reads `indicator`, which may be absent: the verdict of indicators. */
void compile_indicator(Build *build, const Tree *rules);

/** The keys of a level, of `indicator`, and of count_share. */
extern const SchemaTable compile_level_schema[3];

#endif
