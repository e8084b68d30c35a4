/* run_bands - the verdicts of many projects at once, whose rows follow each other in a stretch (model/pass):
 * as far as doubles are sure of them. */
#ifndef PERFEVAL_MODEL_RUN_BANDS_H
#define PERFEVAL_MODEL_RUN_BANDS_H

#include "model/blockwise.h"
#include "model/pass.h"

/** What run_bands leaves to run_verdict. */
#define RUN_UNSURE BLOCKWISE_UNSURE

/** True for plans whose projects are judged by the means of their rates alone. */
bool run_bands_can(const PassPlan *bound);
/** The verdicts of runs from to to - 1, whose rows have their rates: the number of a band, RESULTS_NO_BAND or
 * RUN_UNSURE. Rows behind the last run lose their rates. */
void run_bands(Pass *pass, size_t from, size_t to, uint8_t *verdicts);

#endif
