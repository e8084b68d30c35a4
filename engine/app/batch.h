/* batch - many runs in child processes, several at a time: limits of time, tries again, locks, a log.
 *
 * A job is locked while its runs are done (flock on RECORDS/JOB/.lock, which children hold too, so that it is
 * free when the last of them has ended, however that was). Children end with this process. What a process
 * that was killed left of unfinished files is removed before.
 */
#ifndef PERFEVAL_APP_BATCH_H
#define PERFEVAL_APP_BATCH_H

#include "app/joblog.h"

/** Does all runs, and says on standard error what happens. False after an error of the batch itself; what
 * goes wrong in a run is in its result. */
bool batch_run(Batch *batch, Diag *diag);
/** The one of two exit codes that counts: the first of 70, 64, 5, 4, 2, 3, 1, 0. */
ExitCode batch_worse(ExitCode a, ExitCode b);

#endif
