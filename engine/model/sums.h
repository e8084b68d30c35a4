/* sums - whether the counts of a run add up: each project stands in one bureau and one department, under one
 * verdict or under none; no more rows lack a rate than there are.
 */
#ifndef PERFEVAL_MODEL_SUMS_H
#define PERFEVAL_MODEL_SUMS_H

#include "model/results.h"

/** False, with MESSAGE_COUNTS_DIFFER, when they do not: a fault of the program, whose figures are not to be
 * used. Looks at the counts alone, not at rows or projects. */
bool sums_check(const Results *results, Diag *diag);

#endif
