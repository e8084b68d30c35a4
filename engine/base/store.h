/* store - what the module of the same name does: SQL over a database file.
 *
 * A file that is written has a rollback journal, which is on disk before it and gone from there behind it
 * (synchronous=EXTRA): what a transaction wrote is there after a breakdown, or none of it. Writers wait for
 * each other, and for readers. There is no write-ahead log: whoever reads would have to write, and it does
 * not work over a network.
 *
 * Who reads opens nothing for writing. What a writer that was broken off has left is taken back by the next
 * one that writes; until then the file is not read (MESSAGE_STORE_UNFINISHED).
 */
#ifndef PERFEVAL_BASE_STORE_H
#define PERFEVAL_BASE_STORE_H

#include "base/diag.h"

/** Most columns of an answer. */
#define STORE_COLUMNS 32

typedef struct Store Store;

/** Gets a row of an answer; NULL is a cell whose data is NULL. The cells live until it returns. */
typedef void (*StoreRow)(void *context, const Str *cells);

typedef enum StoreUse {
    STORE_READ,
    STORE_COPY, /* a copy in memory, which can be changed; the file is only read */
    STORE_WRITE /* makes it where there is none */
} StoreUse;

typedef struct StoreDriver {
    /** Opens a database, which may come from anybody: of one that has no end not more is read than a file of
     * its size can hold. NULL after errors: MESSAGE_STORE_FAILED, _BUSY, _DAMAGED, _UNFINISHED. */
    Store *(*open)(Str path, StoreUse use, Diag *diag);
    /** Closes it; what is not committed is gone. NULL is allowed. */
    void (*close)(Store *store);
    /** Runs one statement with values for ?1, ?2, …; data NULL is NULL. `row` may be NULL. `sql` is a
     * constant: its address stands for it. */
    bool (*run)(Store *store, const char *sql, const Str *values, size_t count, StoreRow row, void *context,
                Diag *diag);
    /** Writes a copy as it is at this moment, whole or not at all. */
    bool (*backup)(Store *store, Str path, Diag *diag);
} StoreDriver;

#endif
