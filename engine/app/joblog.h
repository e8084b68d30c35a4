/* joblog - what `batch` says while it works, on standard error: lines, or JSON a line each (--log json);
 * and what runs came to. */
#ifndef PERFEVAL_APP_JOBLOG_H
#define PERFEVAL_APP_JOBLOG_H

#include "app/job_child.h"

typedef enum JobState {
    JOB_WAITING,
    JOB_DONE,
    JOB_CURRENT, /* nothing had changed */
    JOB_FAILED,
    JOB_ELSEWHERE /* another process has the lock */
} JobState;

/** What a run came to, in the end. */
typedef struct JobResult {
    JobState state;
    ExitCode code;
    unsigned tries;
    bool changed;
    uint32_t projects;
    Str counts;
    double seconds; /* of the last try */
} JobResult;

typedef struct Batch {
    const Jobs *jobs;
    const Options *options;
    JobResult *results; /* of each run */
    size_t added;       /* to the history */
    Arena arena;
} Batch;

/** "done", "current", … */
const char *job_state_name(JobState state);

/** UTC, ISO 8601. */
Str joblog_now(char out[32]);
/** A run begins. */
void joblog_start(const Batch *batch, size_t run);
/** A try has ended; `again`: it will be tried once more. `messages`: what it said, drawn. */
void joblog_end(const Batch *batch, size_t run, bool again, Str messages);
/** All is done. */
void joblog_last(const Batch *batch, ExitCode code);

#endif
