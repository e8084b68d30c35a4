/* excel - formulas of the rules, as a spreadsheet computes them.
 *
 * For readers who trace a rate in a workbook, and for the form that departments fill in. A field stands as
 * {name}: who writes the workbook puts the place of its cell there. Only what a spreadsheet computes in the
 * same way is written: + - * / ^ neg, min, max, abs, clamp, round half up.
 */
#ifndef PERFEVAL_MODEL_EXCEL_H
#define PERFEVAL_MODEL_EXCEL_H

#include "model/results.h"

/** Adds "ROUND(({actual}/{target})*100,1)", the printed rate that the case's formula gives; parameters stand
 * as their values in force. False, and nothing is added, where there is no formula or a spreadsheet has no
 * such thing. */
bool excel_case(const Plan *plan, const Case *decided, Buffer *out);
/** The same for the rate of a row; false too when it has none, or its periods are weighed. */
bool excel_row(const Results *results, size_t row, Buffer *out);

#endif
