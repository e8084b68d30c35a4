/* judge - the verdict of each unit: the first band that holds, decided exactly. */
#ifndef PERFEVAL_MODEL_JUDGE_H
#define PERFEVAL_MODEL_JUDGE_H

#include "model/results.h"

typedef enum Answered { ANSWERED_NO, ANSWERED_YES, ANSWERED_UNSURE } Answered;

/** Whether the range holds a number within `error` of `value`; unsure: only the exact number can tell. */
Answered range_decides(const Range *range, double value, double error);
/** Gives the units of each level that has bands their verdicts, and counts those of projects at every level.
 * Rates must be there. */
void judge_units(Results *results);

#endif
