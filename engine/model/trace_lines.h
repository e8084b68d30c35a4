/* trace_lines - the chains of a whole dataset, a line an indicator (JSON Lines): for files of any size.
 *
 * The lines are written from what evaluation left: no exact number is asked for where a double with its bound
 * is enough to print. A formula is taken apart once a case, and filled row by row.
 */
#ifndef PERFEVAL_MODEL_TRACE_LINES_H
#define PERFEVAL_MODEL_TRACE_LINES_H

#include "base/diag.h"
#include "model/results.h"

typedef struct LinesJob {
    const Results *results;
    const bool *chosen; /* a flag a project; NULL: all */
    unsigned threads;   /* 0: as many as there are processors */
    void *context;
    /** Takes the next lines, of which parts done of all are then made. False ends the output. */
    bool (*take)(void *context, Str bytes, size_t done, size_t all);
} LinesJob;

/** Makes a line for each indicator of the chosen projects, in order of the data:
 * {"bureau", "department", "project", "indicator", "row", "line", "target", "actual", "case", "case_line",
 * "filled", "rate", "rate_printed", "missing", "because", "project_rate", "project_rate_printed", "verdict",
 * "verdict_line", "margin"}. The margin is the distance from the project's rate to the nearest bound of its
 * bands, to 6 places; null
 * with forced shares and without a rate. Where periods are weighed there is no "filled": a rate is the mean
 * of several. False when `take` said so, or after an error (an exact value that printing asks for is too
 * large: results_refuse). The bytes do not depend on threads. */
bool trace_lines(const LinesJob *job, Diag *diag);

#endif
