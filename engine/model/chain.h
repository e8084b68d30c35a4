/* chain - several tables as one: the files that departments sent, the sheets of a workbook.
 *
 * The first table gives the columns; the others have the same ones in any order, by any of their names.
 */
#ifndef PERFEVAL_MODEL_CHAIN_H
#define PERFEVAL_MODEL_CHAIN_H

#include "io/table.h"
#include "model/dataset.h"

/** A reader over all rows of the tables, in their order; closing it closes them. `file` names the whole. Rows
 * of a table whose columns differ are not read: MESSAGE_FILES_COLUMNS, MESSAGE_FILES_EXTRA. */
Table *chain_table(Str file, Table **tables, size_t count);
/** What only the files together show, of a dataset that was loaded from the chain, which is still open: a
 * department in two files is a warning, an indicator in two files an error. False after errors. */
bool chain_check(const Table *chain, const Dataset *dataset, Diag *diag);

#endif
