/* summaries - projects whose rows nobody keeps: what a table of projects prints of each, in 32 bytes.
 *
 * Threads note projects as their rows have been read, in any order; put together they stand in the order of
 * the table: by the bytes of bureau, department and project. Names of projects are not copied: they stand in
 * the text of the file.
 */
#ifndef PERFEVAL_MODEL_SUMMARIES_H
#define PERFEVAL_MODEL_SUMMARIES_H

#include "base/file.h"
#include "model/tally.h"

/** Places behind the point that a rate of data exchange has, as `rate` below. */
#define SUMMARY_PLACES 6

/** A project. */
typedef struct Summary {
    const char *name;
    int64_t rate;    /* x 10^SUMMARY_PLACES, rounded half up; 0 where it is missing */
    int64_t printed; /* as the rules round it, x 10^places */
    uint32_t indicators;
    uint16_t name_size;
    uint8_t verdict; /* a band, or RESULTS_NO_BAND */
    uint8_t missing; /* a Missing */
} Summary;

/** Names that are longer cannot be noted. */
#define SUMMARY_NAME UINT16_MAX

/** Projects that follow each other, of one department. */
typedef struct SummaryPart {
    size_t first, count;
    size_t place; /* row of the tally */
} SummaryPart;

/** One a thread; born as {0}. */
typedef struct SummaryList {
    Summary **blocks;
    size_t block_capacity, count;
    SummaryPart *parts;
    size_t part_count, part_capacity;
    Arena names; /* those that do not stand in the text */
} SummaryList;

void summary_list_end(SummaryList *list);
/** Notes a project of the department in row `place` of a tally with two names. Its name is copied unless it
 * stands in `text`. */
void summary_list_add(SummaryList *list, size_t place, const Summary *summary, Str text);

typedef struct Summaries Summaries;

/** Puts together, on `threads` threads (0: as many as there are processors), what `count` lists hold, which
 * it takes; places[i][p] is the row of `tally` that the place p of lists[i] stands for. Names of projects are
 * read from the bytes of `file`, which must stay. */
Summaries *summaries_new(SummaryList *lists, size_t count, uint32_t *const *places, const Tally *tally,
                         const File *file, unsigned threads);
/** NULL is allowed. */
void summaries_free(Summaries *summaries);

/** How many there are. */
size_t summaries_count(const Summaries *summaries);
/** One of them, in their order. */
const Summary *summaries_get(const Summaries *summaries, size_t number);
/** The number of its department. */
size_t summaries_department(const Summaries *summaries, size_t number);
/** The names of a department and its bureau, by level. */
const Str *summaries_names(const Summaries *summaries, size_t department);
/** The number behind its last project. */
size_t summaries_end(const Summaries *summaries, size_t department);
/** The names of summaries from to to - 1 are not needed for now: their pages of the file are given back. */
void summaries_forget(const Summaries *summaries, size_t from, size_t to);

#endif
