/* blockwise - means and verdicts of many units at once, by the kernels (model/kernels), as far as doubles are
 * sure of them; the rest is left to whoever asks. */
#ifndef PERFEVAL_MODEL_BLOCKWISE_H
#define PERFEVAL_MODEL_BLOCKWISE_H

#include "model/results_build.h"

/** Units whose numbers stay in the cache together. */
#define BLOCKWISE_UNITS 256
/** What blockwise_verdicts leaves open. */
#define BLOCKWISE_UNSURE 254

/** For each of `count` (at most BLOCKWISE_UNITS) means, each within its bound, the first of the bands that
 * holds: its number, RESULTS_NO_BAND, or BLOCKWISE_UNSURE. */
void blockwise_verdicts(const RangeCuts *cuts, size_t bands, const double *mean, const double *bound,
                        size_t count, uint8_t *verdicts);

/** True when the rates of a level are plain means of rows. */
bool blockwise_can(const Results *results, Level level);
/** What one unit is left to. */
typedef void (*BlockwiseOther)(Results *results, Level level, size_t unit);
/** Gives units first to end - 1 the means of their rows; `other` does those that have none, or none that
 * doubles know. */
void blockwise_means(Results *results, Level level, size_t first, size_t end, BlockwiseOther other);

#endif
