/* regroup - projects put together from what their scattered rows left behind (model/scatter), and judged.
 *
 * A partition's projects are put together in a table that fits into the cache. Where doubles cannot tell a
 * verdict, the project's rows are read again and decided exactly. Two projects are taken for one where they
 * are counted under the same name and share 73 bits of hash: of n under one name, two do with probability
 * n^2 / 2^74, which is 2e-10 for two million.
 */
#ifndef PERFEVAL_MODEL_REGROUP_H
#define PERFEVAL_MODEL_REGROUP_H

#include "base/file.h"
#include "model/scatter.h"

/** True for plans whose projects can be put together so: means, bands of the project's rate alone. */
bool regroup_can(const Plan *plan);

/** What is put together: the records of all threads, and the text that they are of. */
typedef struct RegroupJob {
    const Scatter *const *scatters;
    uint32_t *const *names; /* one a thread: for each row of its tally that of `tally` */
    size_t threads;
    Tally *tally; /* the names of all threads */
    const File *file;
    Str text; /* of the file */
    const PassPlan *bound;
    const RowAskers *askers; /* NULL: the plan asks no functions */
} RegroupJob;

/** Counts of one judging thread. Born as {0} but for its asker. */
typedef struct RegroupCounts {
    size_t *projects;                /* for each row of the tally and verdict */
    struct RegroupProject *together; /* all free between partitions */
    size_t room;                     /* projects there */
    Pass *checker;                   /* for exact decisions */
    size_t asker;                    /* the checker's own */
    Buffer copy;                     /* of rows to be checked */
    size_t exact_checks;
} RegroupCounts;

/** Judges the projects of one partition. False when an exact decision could not be had. */
bool regroup_judge(const RegroupJob *job, size_t part, RegroupCounts *counts);
/** Adds the counts to the tally, and frees them. */
void regroup_collect(const RegroupJob *job, RegroupCounts *counts);

#endif
