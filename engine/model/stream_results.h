/* stream_results - Results of a whole file whose rows nobody keeps (model/stream). */
#ifndef PERFEVAL_MODEL_STREAM_RESULTS_H
#define PERFEVAL_MODEL_STREAM_RESULTS_H

#include "model/pass.h"
#include "model/results.h"
#include "model/tally.h"

/** What a pass found of all rows, and a tally of all projects. *dataset becomes that of the results: with
 * `units` it knows the bureaus and departments of the tally, and the results their counts, else none. Both
 * are freed by their own functions. */
Results *stream_results(const Pass *pass, const Tally *tally, bool units, Str file, Dataset **dataset);

#endif
