/* run_verdict - the verdict of a project whose rows follow each other in a stretch (model/pass).
 */
#ifndef PERFEVAL_MODEL_RUN_VERDICT_H
#define PERFEVAL_MODEL_RUN_VERDICT_H

#include "model/pass.h"

/** The verdict of a run whose rows have their rates; RESULTS_NO_BAND when it has none. */
unsigned run_verdict(Pass *pass, const Run *run);

/** The rate of such a run, in the same way; of a run that has none, run_missing says why. */
Guess run_rate(const Pass *pass, const Run *run);
Missing run_missing(const Pass *pass, const Run *run);
/** Its exact rate in an initialised rational, or why there is none. */
Missing run_exact(const Pass *pass, const Run *run, mpq_ptr out);

#endif
