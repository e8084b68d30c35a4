/* workbook_write - a workbook as the bytes of an XLSX file. */
#ifndef PERFEVAL_IO_WORKBOOK_WRITE_H
#define PERFEVAL_IO_WORKBOOK_WRITE_H

#include "base/apart.h"
#include "io/workbook.h"

/** What the module `xlsxwrite` does: writes a checked workbook to the file of that name. */
typedef struct WorkbookWriter {
    bool (*write)(const Workbook *workbook, const char *path);
} WorkbookWriter;

/** Checks the workbook (MESSAGE_DOCUMENT_SHAPE at `place`) and adds it to `out` as XLSX: the same workbook
 * always gives the same bytes. False after errors, MESSAGE_MODULE_MISSING and those of apart_run among them.
 */
bool workbook_write(Workbook *workbook, ApartUse use, const Place *place, Buffer *out, Diag *diag);

#endif
