/* judge - the verdict of each unit: the first band that holds, decided exactly. */
#ifndef PERFEVAL_MODEL_JUDGE_H
#define PERFEVAL_MODEL_JUDGE_H

#include "model/results.h"

typedef enum Answered { ANSWERED_NO, ANSWERED_YES, ANSWERED_UNSURE } Answered;

/** A range as doubles, each bound within its error; without a bound it is infinite. */
typedef struct RangeGuess {
    double low, low_error, high, high_error;
} RangeGuess;

RangeGuess range_guess(const Range *range);
/** Whether the range holds a number within `error` of `value`; unsure: only the exact number can tell. */
static inline Answered range_decides(const RangeGuess *range, double value, double error) {
    double low_room = (error + range->low_error) * (1 + 0x1p-30);
    double high_room = (error + range->high_error) * (1 + 0x1p-30);
    if (range->low - value > low_room || value - range->high > high_room) return ANSWERED_NO;
    bool inside = value - range->low > low_room && range->high - value > high_room;
    return inside ? ANSWERED_YES : ANSWERED_UNSURE;
}
/** Gives the units of each level that has bands their verdicts, and counts those of projects at every level.
 * Rates must be there. */
void judge_units(Results *results);

#endif
