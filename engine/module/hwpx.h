/* hwpx - the tables of a Hangul document, by number: "1" is the first. */
#ifndef PERFEVAL_MODULE_HWPX_H
#define PERFEVAL_MODULE_HWPX_H

#include "module/zip.h"

/** Reads all tables that stand in no other. False after errors. */
bool hwpx_read(Zip *zip, const GridAsk *ask, Grids *out);

#endif
