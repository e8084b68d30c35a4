/* judge - the verdict of each unit: the first band that holds, decided exactly. */
#ifndef PERFEVAL_MODEL_JUDGE_H
#define PERFEVAL_MODEL_JUDGE_H

#include "model/results.h"

/** Gives the units of each level that has bands their verdicts, and counts those of projects at every level.
 * Rates must be there. */
void judge_units(Results *results);

#endif
