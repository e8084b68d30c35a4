/* joblist - the tables of a list of jobs (app/jobs), for whoever checks one and for editors. */
#ifndef PERFEVAL_MODEL_JOBLIST_H
#define PERFEVAL_MODEL_JOBLIST_H

#include "model/schema.h"

typedef enum JobTable {
    JOBLIST, /* its named entries; the others are JOBLIST_JOB */
    JOBLIST_TIMER,
    JOBLIST_NOTICE,
    JOBLIST_JOB,
    JOBLIST_LIMITS,
    JOBLIST_OUTPUT
} JobTable;

/** The table of a number (a JobTable); NULL behind the last. */
const SchemaTable *joblist_schema(size_t index);

#endif
