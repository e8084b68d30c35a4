/* seams - what no unit of a file judges: projects that go on from one unit to the next, or may do so.
 *
 * A unit (io/cut) judges the projects that begin and end in it, save its first and its last; a seam is what
 * is left between two units. It is read once more, from what its units kept of it: the pages of a file that
 * were given back would have to be mapped again for some hundred bytes.
 */
#ifndef PERFEVAL_MODEL_SEAMS_H
#define PERFEVAL_MODEL_SEAMS_H

#include "io/cut.h"

/** Most bytes that a unit keeps of the rows that it leaves to seams. */
#ifndef SEAMS_KEPT
#define SEAMS_KEPT ((size_t)16 * 1024)
#endif

/** What a unit judges: bytes begin to end - 1 of the file. */
typedef struct UnitPart {
    size_t from; /* where the unit begins */
    size_t begin, end;
    char *edges; /* a copy of what is before `begin` and of what is behind `end`; NULL where that is long */
    bool judged; /* else it is in the middle of one project, or empty */
} UnitPart;

typedef struct Seam {
    size_t begin, end;
    size_t unit; /* that which ends it, where this unit and the one before keep all of it; else 0 */
} Seam;

typedef struct Seams {
    const Cut *cut;
    UnitPart *parts; /* one a unit */
    Seam *items;     /* in order of the file, once they are found */
    size_t count;
} Seams;

/** `cut` is borrowed. */
void seams_begin(Seams *seams, const Cut *cut);
/** Frees it; once more does nothing. */
void seams_end(Seams *seams);
/** Unit `number`, bytes from to to - 1, judges bytes begin to end - 1. Threads may note their units at once.
 */
void seams_note(Seams *seams, size_t number, size_t from, size_t to, size_t begin, size_t end);
/** Finds the seams, once all units are noted; the last one may end behind cut->end. */
void seams_find(Seams *seams);
/** The bytes of a seam with a unit: in `out`, behind `lead` line feeds. */
Str seams_kept(const Seams *seams, const Seam *seam, size_t lead, Buffer *out);

#endif
