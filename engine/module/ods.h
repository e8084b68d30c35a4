/* ods - the sheets of an OpenDocument workbook. */
#ifndef PERFEVAL_MODULE_ODS_H
#define PERFEVAL_MODULE_ODS_H

#include "module/zip.h"

/** Reads the sheets that are asked for; others are named and empty. False after errors. */
bool ods_read(Zip *zip, const GridAsk *ask, Grids *out);

#endif
