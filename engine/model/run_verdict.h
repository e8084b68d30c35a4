/* run_verdict - the verdict of a project whose rows follow each other in a stretch (model/pass).
 */
#ifndef PERFEVAL_MODEL_RUN_VERDICT_H
#define PERFEVAL_MODEL_RUN_VERDICT_H

#include "model/pass.h"

/** The verdict of a run whose rows have their rates; RESULTS_NO_BAND when it has none. */
unsigned run_verdict(Pass *pass, const Run *run);

#endif
