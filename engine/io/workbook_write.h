/* workbook_write - a workbook as the bytes of an XLSX file. */
#ifndef PERFEVAL_IO_WORKBOOK_WRITE_H
#define PERFEVAL_IO_WORKBOOK_WRITE_H

#include "io/workbook.h"

/** What the module `xlsxwrite` does: writes a checked workbook to the file of that name. */
typedef struct WorkbookWriter {
    bool (*write)(const Workbook *workbook, const char *path);
} WorkbookWriter;

/** Checks the workbook (MESSAGE_DOCUMENT_SHAPE at `place`) and adds it to `out` as XLSX: the same workbook
 * always gives the same bytes. `use`: for messages. False after errors, MESSAGE_MODULE_MISSING among them. */
bool workbook_write(Workbook *workbook, Str use, const Place *place, Buffer *out, Diag *diag);

#endif
