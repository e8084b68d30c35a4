/* expand - from a list of jobs to single runs. */
#ifndef PERFEVAL_APP_EXPAND_H
#define PERFEVAL_APP_EXPAND_H

#include "app/jobs.h"

/** Finds the runs of the jobs: in order of the jobs and, within, of the bytes of names. A job that finds no
 * file is an error that leaves the others (MESSAGE_JOB_NO_FILES), and so is a file whose name cannot be that
 * of outputs (MESSAGE_JOB_FILE_NAME). False after any other error: a name in a pattern that is not found, an
 * output outside the list's folder, two runs that write one file or have one id. */
bool expand_jobs(Jobs *jobs, Diag *diag);

#endif
