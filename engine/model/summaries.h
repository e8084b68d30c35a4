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
 * stands in `text`. False when the department has too many of them by now (summaries_can). */
bool summary_list_add(SummaryList *list, size_t place, const Summary *summary, Str text);

/** False where a department of the tally has so many projects that to bring them into order would take more
 * memory than to hold their rows: their names stand all over the file. */
bool summaries_can(const Tally *tally);

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
/** The department of one of them, which are numbered in their order. */
size_t summaries_department(const Summaries *summaries, size_t number);
/** The number from which on they can be read apart from those before it: `number`, or one behind it. */
size_t summaries_cut(const Summaries *summaries, size_t number);

/** The projects of a department; born as {0}. */
typedef struct SummaryGroup {
    const Str *names;     /* of bureau and department, by level */
    size_t first, count;  /* their numbers */
    const uint32_t *list; /* for summary_of */
    /* inside */
    struct Named *named;
    uint32_t *own;
    size_t capacity;
    Str text;    /* the part of the file that its names stand in, where it was copied; */
    Buffer copy; /* the copy */
} SummaryGroup;

/** Reads a department; its names are at hand then. Callable from several threads at a time, each with a group
 * of its own. */
void summaries_read(const Summaries *summaries, size_t department, SummaryGroup *group);
/** One of its projects: number group->first + place. */
const Summary *summary_of(const Summaries *summaries, const SummaryGroup *group, size_t place);
/** The name of such a project; until the group reads another department. */
Str summary_name(const SummaryGroup *group, const Summary *summary);
/** The names of a group's projects from place `from` to to - 1 are not needed for now: their pages of the
 * file are given back. */
void summaries_forget(const Summaries *summaries, const SummaryGroup *group, size_t from, size_t to);
void summary_group_end(SummaryGroup *group);

#endif
