/* jobs - the list of jobs of `batch`: a Lua file to a checked list.
 *
 * Paths are patterns (app/pattern): in `data` (else in `rules`) they find files, elsewhere names stand for
 * what was found. Every output lies below the folder of the list.
 */
#ifndef PERFEVAL_APP_JOBS_H
#define PERFEVAL_APP_JOBS_H

#include "app/cli.h"
#include "lua/testfile.h"
#include "model/joblist.h"

/** When a notice is to be sent. */
enum { NOTIFY_ALWAYS = 1, NOTIFY_FAILED = 2, NOTIFY_CHANGED = 4 };

typedef struct JobOutput {
    Str path; /* a pattern until it stands in a JobRun */
    Str format, report;
    bool has_level;
    ExportLevel level;
    Place place;
} JobOutput;

typedef struct Job {
    Str name;
    Str rules, data;            /* patterns, seen from the working folder; data may be empty */
    Str sheet, query, encoding; /* of the data; empty: not said */
    Str departments;            /* a pattern; may be empty */
    Str last_year;              /* a pattern too: --last-year-from; may be empty */
    Str last_year_run;          /* a number, or a pattern; may be empty */
    Setting *settings;
    size_t setting_count;
    Str at, period; /* period: a pattern */
    JobOutput *outputs;
    size_t output_count;
    unsigned seconds; /* at most so long */
    unsigned retries; /* after failures of I/O and of limits */
    unsigned notify;
    Setting *limits; /* name: of the flag; value: its number, which the flag accepts */
    size_t limit_count;
    Place place;
} Job;

/** One evaluation. */
typedef struct JobRun {
    const Job *job;
    size_t job_number;
    Str id; /* what the pattern found, in one name; that of its folder of records is job/id */
    Str rules, data, period, departments, last_year, last_year_run;
    JobOutput *outputs;
} JobRun;

typedef struct Jobs {
    Str file, folder; /* the list; its folder */
    Str records;      /* the folder of records */
    Str history;      /* the database of runs; empty: none */
    Str calendar, delay;
    Str mail_from, mail_to, mail_command, webhook; /* of notices; empty: none */
    Job *items;
    size_t count;
    JobRun *runs;
    size_t run_count;
    TestFile *source;
    Arena arena;
} Jobs;

/** Reads a list; its runs are yet to be found (app/expand). False after errors. */
bool jobs_load(Str path, const Folders *folders, const ScriptLimits *limits, Jobs *out, Diag *diag);
/** Sets what the job says of limits; the others stay as they are. */
void jobs_set_limits(const Job *job, Options *options);
void jobs_release(Jobs *jobs);

#endif
