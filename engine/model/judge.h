/* judge - the verdict of each unit: the first band that holds, decided exactly. */
#ifndef PERFEVAL_MODEL_JUDGE_H
#define PERFEVAL_MODEL_JUDGE_H

#include "model/results.h"

/** Gives the units of a level that has bands their verdicts. Their rates must be there. */
void judge_level(Results *results, Level level);
/** Counts the verdicts of projects at every level. */
void judge_count(Results *results);

#endif
