/* judge - the verdict of each unit: the first band that holds, decided exactly. */
#ifndef PERFEVAL_MODEL_JUDGE_H
#define PERFEVAL_MODEL_JUDGE_H

#include "model/results.h"

/** Gives the units of a level that has bands their verdicts. Their rates must be there. */
void judge_level(Results *results, Level level);
/** The band that a project would have if its rate were `rate`, and all else as it is: the first that holds.
 * RESULTS_NO_BAND when none does. Not of forced shares, nor of a verdict that a special case gives. */
unsigned judge_rate(const Results *results, size_t project, mpq_srcptr rate);
/** Whether one band would hold then. */
bool judge_holds(const Results *results, size_t project, const Band *band, mpq_srcptr rate);
/** The verdict of a project by other bands: as many as its plan has, in the same order, none with a share;
 * all else stays. Without a rate there is none; one that a special case gave stays. */
unsigned judge_again(Results *results, size_t project, const Band *bands);
/** The verdicts of all projects by other bands, as judge_again gives them, one byte a project. */
void judge_projects(Results *results, const Band *bands, uint8_t *out);
/** Counts the verdicts of projects at every level. */
void judge_count(Results *results);

#endif
