/* pdf_table - tables over pages: repeated heads, cells that span rows and are continued. */
#ifndef PERFEVAL_MODULE_PDF_TABLE_H
#define PERFEVAL_MODULE_PDF_TABLE_H

#include "module/paper.h"

/** Height of the head and the rows that the first rows of the body are joined to: what must stand together
 * where the table begins, at most a page. */
double pdf_table_start(Paper *paper, const PageTable *table);
void pdf_table_draw(Paper *paper, const PageTable *table);

#endif
