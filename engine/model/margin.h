/* margin - how far each project is from another verdict: the distance of its rate to the nearest cut, all
 * else unchanged (model/reach). */
#ifndef PERFEVAL_MODEL_MARGIN_H
#define PERFEVAL_MODEL_MARGIN_H

#include "model/whatif.h"

typedef enum MarginKind {
    MARGIN_KNOWN,
    MARGIN_NO_RATE, /* the project has no rate */
    MARGIN_GIVEN,   /* a special case gives the verdict */
    MARGIN_SHARES,  /* forced shares: other projects decide */
    MARGIN_ALWAYS   /* whatever the rate, the verdict is the same */
} MarginKind;

/** "no_rate", "given", "shares", "always"; NULL for MARGIN_KNOWN. */
const char *margin_kind_name(MarginKind kind);

typedef struct Margin {
    uint32_t project;
    MarginKind kind;
    /* MARGIN_KNOWN: */
    bool up;            /* the other verdict lies at higher rates */
    bool at;            /* it holds at the cut already; else just behind it */
    unsigned beyond;    /* that verdict; RESULTS_NO_BAND is never one */
    const Bound *bound; /* the cut; NULL: it is last year's rate */
    Str cut, distance;  /* decimals; at most 6 places, rounded half up, where they do not end */
    Str exact;          /* the distance as a fraction where it does not end, else empty */
} Margin;

/** Margins of all projects in `arena`, the smallest first, those without one last; equal ones in order of the
 * data. Their number is that of the projects. */
Margin *margin_all(const Results *results, Arena *arena);
/** The exact distance of a known margin, in an initialised rational. */
void margin_distance(const Margin *margin, mpq_ptr out);

#endif
