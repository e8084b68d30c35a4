/* run_summary - what a table prints of a project whose rows follow each other in a stretch (model/pass). */
#ifndef PERFEVAL_MODEL_RUN_SUMMARY_H
#define PERFEVAL_MODEL_RUN_SUMMARY_H

#include "model/pass.h"
#include "model/summaries.h"

/** The summary of a run that has its verdict. False when its name or rate does not fit into one, or its exact
 * rate is too large. */
bool run_summary(Pass *pass, const Run *run, unsigned verdict, Summary *out);

#endif
