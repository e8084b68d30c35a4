/* xlsx - the sheets of a workbook. */
#ifndef PERFEVAL_MODULE_XLSX_H
#define PERFEVAL_MODULE_XLSX_H

#include "module/zip.h"

/** Reads the sheets that are asked for; others are named and empty. False after errors. */
bool xlsx_read(Zip *zip, const GridAsk *ask, Grids *out);

#endif
