/* trace_lines - the chains of a whole dataset, a line an indicator (JSON Lines): for files of any size.
 *
 * The lines are written from what evaluation left: no exact number is asked for where a double with its bound
 * is enough to print. A formula is taken apart once a case, and filled row by row.
 */
#ifndef PERFEVAL_MODEL_TRACE_LINES_H
#define PERFEVAL_MODEL_TRACE_LINES_H

#include "model/results.h"

/** Adds a line for each indicator of the projects in `chosen` (a flag a project; NULL: all), in order of the
 * data:
 * {"bureau", "department", "project", "indicator", "row", "line", "target", "actual", "case", "case_line",
 * "filled", "rate", "rate_printed", "missing", "because", "project_rate", "project_rate_printed", "verdict",
 * "verdict_line", "margin"}. The margin is the distance from the project's rate to the nearest bound of its
 * bands, to 6 places; null
 * with forced shares and without a rate. Where periods are weighed there is no "filled": a rate is the mean
 * of several. */
void trace_lines(const Results *results, const bool *chosen, Buffer *out);

#endif
