/* stream - a whole file through a plan without keeping its rows, on several threads: the counts of a level,
 * or what a table prints of each project.
 *
 * The file is cut into units of whole rows, which threads take one by one. Projects that begin and end within
 * a unit are judged there; what lies between the last project of a unit and the first of the next that is
 * wholly its own is a seam, judged when all units are read. This needs rows of a project to stand together
 * (model/grouping finds out). Counts do not depend on threads or units: they are whole numbers, and each
 * verdict is decided within one project.
 */
#ifndef PERFEVAL_MODEL_STREAM_H
#define PERFEVAL_MODEL_STREAM_H

#include "base/file.h"
#include "model/pass.h"
#include "model/results.h"

typedef struct StreamOptions {
    unsigned threads;        /* 0: as many as there are processors */
    Level level;             /* count by bureau; by bureau and department; note projects */
    const RowAskers *askers; /* NULL: plans with functions need the rows at hand */
} StreamOptions;

/** Counts of a plan over a CSV file: Results whose dataset knows bureaus (and departments) and no
 * rows, for model/export_level; for LEVEL_PROJECT with the summaries of all projects, whose names stay in the
 * bytes of `file`. Both live in *out; free with stream_release. False, and no message, when the plan or the
 * file needs the rows at hand (see pass_can, stretch_parse, grouping), or a special case matched nothing, of
 * which there is more to say: load the file then. */
typedef struct Streamed {
    Dataset *dataset;
    Results *results;
} Streamed;

bool stream_counts(const Plan *plan, const File *file, const LoadOptions *load, const StreamOptions *options,
                   Streamed *out, Diag *diag);
void stream_release(Streamed *streamed);

#endif
