/* timer - units of systemd, a line for cron and a stanza for logrotate that run a list of jobs every night.
 */
#ifndef PERFEVAL_APP_TIMER_H
#define PERFEVAL_APP_TIMER_H

#include "app/jobs.h"

/** Prints the files, each behind a line with its name, or writes them into the folder of --write. Errors:
 * MESSAGE_TIMER_MISSING where the list has no timer, those of writing. */
bool timer_write(const Jobs *jobs, const Options *options, Diag *diag);

#endif
