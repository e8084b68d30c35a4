/* scatter - projects whose rows do not stand together: what their rows leave behind instead of themselves.
 *
 * Rows of one project that follow each other leave a record: 64 bits of hash of the project's names, the sum
 * of their rates, the name that they are counted under, and where they stand in the file. Records go into
 * partitions by more bits of the hash; a partition's projects are put together by model/regroup.
 */
#ifndef PERFEVAL_MODEL_SCATTER_H
#define PERFEVAL_MODEL_SCATTER_H

#include "model/pass.h"
#include "model/tally.h"

/** A power of two: a partition's projects of ten million rows fit into the cache. */
#define SCATTER_PARTS 512
/** Most rows of a record. */
#define SCATTER_ROWS 15

/** Of 20 bytes: what is kept of ten million scattered rows is little more than 190 MiB. */
typedef struct __attribute__((packed, aligned(4))) ScatterRecord {
    uint64_t hash;
    uint32_t offset; /* of the first row in the text */
    float sum;       /* of the rates that are there, within scatter_error; NaN: not known */
    uint32_t packed; /* row of the tally << 8 | rows << 4 | rows with a rate */
} ScatterRecord;

static inline uint32_t scatter_name(const ScatterRecord *record) { return record->packed >> 8; }
static inline uint32_t scatter_rows(const ScatterRecord *record) {
    return record->packed >> 4 & SCATTER_ROWS;
}
static inline uint32_t scatter_rated(const ScatterRecord *record) { return record->packed & SCATTER_ROWS; }
/** How far a sum may be from what it stands for. */
static inline float scatter_error(float sum) { return (sum < 0 ? -sum : sum) * 0x1p-23F + 0x1p-30F; }

/** The records of one thread. Born as {0}. */
typedef struct Scatter {
    ScatterRecord *next[SCATTER_PARTS]; /* where the next of each partition goes; NULL: it has none */
    struct ScatterBlock *last;          /* of chunks */
    size_t left;                        /* chunks in it that are free */
} Scatter;

void scatter_end(Scatter *scatter);
/** Adds the stretch parsed last, whose rows have their rates; `base` is its place in the text. False when
 * there is a name that needs a closer look, or there are more names or bytes than a record holds. */
bool scatter_add(Scatter *scatter, Pass *pass, size_t base, Tally *tally);

/** Records of one partition that stand together. */
typedef struct ScatterChunk {
    const ScatterRecord *records;
    size_t count;
} ScatterChunk;

/** The last records of a partition; none: count 0. */
ScatterChunk scatter_last(const Scatter *scatter, size_t part);
/** Those before. */
ScatterChunk scatter_before(ScatterChunk chunk);

#endif
