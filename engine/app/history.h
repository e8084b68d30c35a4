/* history - the runs that records tell of, in one database: what `history` lists, shows and compares.
 *
 * Records are the truth; a history can be made again from them. A run is added in one transaction, once: its
 * record's digest stands for it. The schema has a version, and older ones are brought up to date when a
 * history is opened.
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

/** Opens a history; where `create`, makes it. False after errors. history_close in any case. */
bool history_open(History *history, Str path, bool create, Diag *diag);
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
