/* history - the runs that records tell of, in one database: what `history` lists, shows and compares.
 *
 * Records are the truth; a history can be made again from them. A run is added in one transaction, once: its
 * record's digest stands for it. The schema has a version; an older one is brought up to date when it is
 * opened for writing, and in memory when it is only read.
 */
#ifndef PERFEVAL_APP_HISTORY_H
#define PERFEVAL_APP_HISTORY_H

#include "app/record.h"
#include "base/store.h"

typedef struct History {
    const StoreDriver *driver;
    Store *store;
    Diag *diag;
    Str path;
} History;

/** Opens a history for reading, and then changes nothing; or for writing, and makes it where there is none.
 * False after errors. history_close in any case. */
bool history_open(History *history, Str path, bool write, Diag *diag);
/** The same by a driver that is at hand. */
bool history_open_with(History *history, const StoreDriver *driver, Str path, bool write, Diag *diag);
void history_close(History *history);
/** Runs a statement (StoreDriver.run). */
bool history_run(History *history, const char *sql, const Str *values, size_t count, StoreRow row,
                 void *context);
/** Adds the run of a record file. *added is false when it is there already. */
bool history_add(History *history, Str file, bool *added);
/** Adds the runs of the records in a folder that it has not looked at yet, in order of their numbers, and
 * counts those that were not there. A record that cannot be used is an error once, and passed over. False
 * when the database failed. */
bool history_follow(History *history, Str folder, size_t *added);
/** True when the database is whole; else MESSAGE_STORE_DAMAGED. */
bool history_check(History *history);

#endif
