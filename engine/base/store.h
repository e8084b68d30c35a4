/* store - what the module of the same name does: SQL over a database file that is written to.
 *
 * The file is in WAL mode with synchronous=FULL: what a transaction wrote is there after a breakdown, or none
 * of it. Writers wait for each other.
 */
#ifndef PERFEVAL_BASE_STORE_H
#define PERFEVAL_BASE_STORE_H

#include "base/diag.h"

/** Most columns of an answer. */
#define STORE_COLUMNS 32

typedef struct Store Store;

/** Gets a row of an answer; NULL is a cell whose data is NULL. The cells live until it returns. */
typedef void (*StoreRow)(void *context, const Str *cells);

typedef struct StoreDriver {
    /** Opens a database, or makes it where `create`. NULL after errors: MESSAGE_STORE_FAILED, _BUSY,
     * _DAMAGED. */
    Store *(*open)(Str path, bool create, Diag *diag);
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
