/* template - the workbook that departments fill in: the indicators of the data, with places for what is
 * asked.
 *
 * One sheet: a head row of Korean labels, a row for each indicator. Names, units and targets are locked where
 * the data have them, actuals, reasons, countermeasures and remarks are open. Where one case of the rules
 * gives a row its rate whatever is filled in, and a spreadsheet can compute it (model/excel), a locked cell
 * shows the rate. perfeval reads the sheet back as it reads any workbook.
 */
#ifndef PERFEVAL_MODEL_TEMPLATE_H
#define PERFEVAL_MODEL_TEMPLATE_H

#include "io/workbook.h"
#include "model/results.h"

/** The workbook of what was evaluated; all of it lives in `arena`. */
Workbook template_make(const Results *results, Arena *arena);

#endif
