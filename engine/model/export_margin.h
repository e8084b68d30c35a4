/* export_margin - margins as CSV and JSON (perfeval.margin/1).
 *
 * A project has bureau, department, project, rate, verdict (its key), margin (the distance, never negative),
 * cut, direction (up, down), at_cut (the other verdict holds at the cut itself), beyond (that verdict's key),
 * and file, line and param of the cut where it is a bound. Without a margin it has reason instead. Rates and
 * distances that do not end as decimals are rounded to 6 places; margin_exact is then a fraction.
 */
#ifndef PERFEVAL_MODEL_EXPORT_MARGIN_H
#define PERFEVAL_MODEL_EXPORT_MARGIN_H

#include "model/margin.h"

void export_margin_csv(const Results *results, const Margin *margins, size_t count, Buffer *out);
void export_margin_json(const Results *results, const Margin *margins, size_t count, Buffer *out);

#endif
