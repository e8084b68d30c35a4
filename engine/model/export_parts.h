/* export_parts - an output of any size in parts that several threads make: CSV, JSON and JSONL of all results
 * or of one level. */
#ifndef PERFEVAL_MODEL_EXPORT_PARTS_H
#define PERFEVAL_MODEL_EXPORT_PARTS_H

#include "base/diag.h"
#include "model/export_level.h"

/** Rows of a part. */
#ifndef EXPORT_PART
#define EXPORT_PART ((size_t)8 * 1024)
#endif

typedef struct ExportJob {
    const Results *results;
    ExportForm form;
    bool has_level; /* else CSV and JSONL are the table of indicators, JSON is perfeval.result/1 */
    ExportLevel level;
    unsigned threads; /* 0: as many as there are processors */
    void *context;
    /** Takes the next bytes, of which parts done of all are then made. False ends the output. */
    bool (*take)(void *context, Str bytes, size_t done, size_t all);
} ExportJob;

/** Asks, on `threads` threads, for the rates of all projects and indicators, exact and as rules print them,
 * for an output that has both and must not begin when one cannot be had. False, with a message added, when an
 * exact one is too large (results_refuse). */
bool export_ask(const Results *results, unsigned threads, Diag *diag);

/** Makes the output. False when `take` said so; nothing is taken and a message added when an exact value that
 * printing asks for is too large (results_refuse). The bytes do not depend on threads. */
bool export_run(const ExportJob *job, Diag *diag);

#endif
