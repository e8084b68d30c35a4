/* dbfile - an SQLite database as a file: its mode, and what belongs to it but stands in files beside it.
 *
 * A writer that is at work, or was broken off, has a part of the database in FILE-wal (write-ahead mode) or
 * needs FILE-journal to take back what it did: the file alone is then something that never was, or is no
 * more.
 */
#ifndef PERFEVAL_MODULE_DBFILE_H
#define PERFEVAL_MODULE_DBFILE_H

#include "base/diag.h"

/** Whether it is in write-ahead mode, by its first bytes. */
bool dbfile_is_ahead(Str bytes);
/** Whether there is a FILE-wal, be it empty. */
bool dbfile_has_log(Str path);
/** True when all of the database is in the file; else MESSAGE_STORE_UNFINISHED. */
bool dbfile_check(Str path, Diag *diag);
/** A copy for sqlite3_deserialize and SQLITE_DESERIALIZE_FREEONCLOSE, in the mode that it can read. NULL: no
 * memory. */
unsigned char *dbfile_copy(Str bytes);

#endif
