/* job_child - one run of a job: in a child process, so that what goes wrong in it ends nothing else. */
#ifndef PERFEVAL_APP_JOB_CHILD_H
#define PERFEVAL_APP_JOB_CHILD_H

#include "app/jobs.h"
#include "app/record.h"

/** What a run came to. */
typedef struct JobAnswer {
    ExitCode code;
    bool current; /* nothing had changed since its last record: nothing was done */
    bool changed; /* the results are not those of its last record, or there was none */
    uint32_t projects;
    Str counts;   /* "sluggish 3, normal 151" */
    Str messages; /* drawn, lines */
} JobAnswer;

/** True when the newest record of a run was made of the files as they are now, by this engine, and its
 * outputs are there unchanged. `given`: the flags of the batch. `arena` gets what is read. */
bool job_is_current(const Jobs *jobs, const JobRun *run, const Options *given, Arena *arena);
/** The child's life: does the run (`again`: even when it is current), writes its answer to `descriptor`, ends
 * the process. */
_Noreturn void job_child(const Jobs *jobs, const JobRun *run, const Options *options, int descriptor);
/** Reads an answer; its texts are views of `bytes`. False when it is not whole. */
bool job_answer(Str bytes, JobAnswer *out);

#endif
