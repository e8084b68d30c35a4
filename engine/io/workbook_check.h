/* workbook_check - what a workbook may hold: names of sheets, places, merges, numbers, colours, formulas. */
#ifndef PERFEVAL_IO_WORKBOOK_CHECK_H
#define PERFEVAL_IO_WORKBOOK_CHECK_H

#include "io/workbook.h"

/** Finds the styles of cells and adds each fault as MESSAGE_DOCUMENT_SHAPE at `place`. A formula is made of
 * numbers, places (A1, $B$2, A1:B9, 'sheet'!A1 of this workbook), texts in quotes, the operators + - * / ^ &
 * = < > and a few functions that compute (SUM, IF, ROUND …): nothing that leaves the workbook. False after
 * faults. */
bool workbook_check(Workbook *workbook, const Place *place, Diag *diag);
/** The same for one formula, with the sheets of the workbook. */
bool workbook_formula_fits(const Workbook *workbook, Str formula);

#endif
