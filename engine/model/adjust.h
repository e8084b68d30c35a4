/* adjust - special cases that change projects, points on their rate or their verdict, and those that give
 * indicators their verdict. */
#ifndef PERFEVAL_MODEL_ADJUST_H
#define PERFEVAL_MODEL_ADJUST_H

#include "model/results.h"

/** Notes that a special case takes a row: its project is to be changed, or its verdict given (the
 * first special case counts). */
void adjust_add(Results *results, size_t special, uint32_t row);
/** Once all rows were seen and the projects have their rates: settles which special cases apply, each once a
 * project, and adds points to the rates. Points need a rate; of two verdicts for one project the first case's
 * counts. */
void adjust_projects(Results *results);

#endif
