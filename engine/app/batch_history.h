/* batch_history - the history that a list of jobs keeps of its runs: `history = "history.db"`.
 *
 * The process of the batch adds records when all runs have ended, each in one transaction with the number up
 * to which its folder has been looked at: what a batch that was killed left out is added by the next one.
 */
#ifndef PERFEVAL_APP_BATCH_HISTORY_H
#define PERFEVAL_APP_BATCH_HISTORY_H

#include "app/joblog.h"

/** Adds the records of all runs of the list but those that another process works at; counts those that were
 * not there. Waits for other writers, for some seconds: MESSAGE_STORE_BUSY. False when the database failed.
 */
bool batch_history(const Batch *batch, size_t *added, Diag *diag);

#endif
