/* scatter - counting projects whose rows do not stand together, without keeping the rows.
 *
 * Each run of rows leaves a record: 80 bits of hash of the project's names, the sum of its rates with a bound
 * of the sum's error, and where it stands in the file. Records go into partitions by their hash; a
 * partition's projects are put together in a table that fits into the cache. Where doubles cannot tell a
 * verdict, the project's rows are read again and decided exactly. Two of n projects share 80 bits with
 * probability n^2 / 2^81, which is 1e-11 for five million.
 */
#ifndef PERFEVAL_MODEL_SCATTER_H
#define PERFEVAL_MODEL_SCATTER_H

#include "base/file.h"
#include "model/pass.h"
#include "model/tally.h"

#define SCATTER_PARTS 256

/** The records of one thread. */
typedef struct Scatter {
    struct ScatterChunk *last[SCATTER_PARTS]; /* of each partition */
    size_t records;
} Scatter;

/** True for plans whose projects can be put together so: means, bands of the project's rate alone. */
bool scatter_can(const Plan *plan);
void scatter_end(Scatter *scatter);
/** Adds the runs of the stretch parsed last, whose rows have their rates; `base` is its place in the text.
 * False when there are more names or bytes than a record holds. */
bool scatter_add(Scatter *scatter, const Pass *pass, size_t base, Tally *tally);

/** What is put together: the records and tallies of all threads, and the text that they are of. */
typedef struct ScatterJob {
    Scatter *const *scatters;
    Tally *const *tallies;
    size_t threads;
    const File *file;
    Str text; /* of the file */
    const PassPlan *bound;
    const RowAskers *askers; /* NULL: the plan asks no functions */
} ScatterJob;

/** Counts of one judging thread: for each tally, row and verdict. Born as {0} but
 * for its asker. */
typedef struct ScatterCounts {
    size_t **projects;
    Pass *checker; /* for exact decisions */
    size_t asker;  /* the checker's own */
    size_t exact_checks;
} ScatterCounts;

/** Judges the projects of one partition. False when an exact decision could not be had. */
bool scatter_judge(const ScatterJob *job, size_t part, ScatterCounts *counts);
/** Adds the counts to the tallies, and frees them. */
void scatter_collect(const ScatterJob *job, ScatterCounts *counts);

#endif
