/* flip - the values of a parameter at which verdicts of projects change.
 *
 * Where the parameter stands in the bands of projects alone, a verdict can change only where the parameter
 * meets the project's exact rate (or, with any_indicator, that of one of its indicators): those values are
 * exact, and none is passed over. Elsewhere (model/halving) two outcomes with different verdicts enclose a
 * flip, which is halved: when the distance of a rate from a bound is linear between the two ends, its zero is
 * the exact value, and it is kept when asking again just below and just above it confirms it; else halving
 * ends at a number of places, and the flip is known to lie between two values. There a verdict that changes
 * and changes back between two outcomes is not seen.
 */
#ifndef PERFEVAL_MODEL_FLIP_H
#define PERFEVAL_MODEL_FLIP_H

#include "model/whatif.h"

/** Places at which halving ends. */
#define FLIP_PLACES 6

typedef struct Flip {
    uint32_t project;
    uint8_t from, to; /* verdicts just below and just above; RESULTS_NO_BAND: none */
    bool exact;       /* `at` is the value; else it is `high`, the first value known to give `to` */
    bool reachable;   /* exact, and a decimal, so that the parameter can have it; */
    uint8_t verdict;  /* then the verdict is this one */
    Str at;           /* a decimal; rounded to 6 places when it has no end */
    Str fraction;     /* the exact value then: "15451/199"; else empty */
    Str low, high;    /* values on either side that were asked: they give `from` and `to` */
    Str other;        /* the value of the second parameter, where there is one */
} Flip;

typedef struct FlipList {
    Flip *items;
    size_t count;
    Arena *arena;
} FlipList;

/** Whose flips are sought. */
typedef struct FlipSearch {
    const Held *held;
    Str param;
    const Setting *others; /* values of other parameters */
    size_t other_count;
    const Outcome *rates; /* an outcome with those, where the parameter stands in bands alone; else NULL */
    Str other;            /* for Flip.other */
} FlipSearch;

/** The outcome for a value of the parameter. NULL after errors. */
Outcome *flip_ask(const FlipSearch *search, Str value, Diag *diag);
/** Adds the flips with from <= value <= to of a parameter that stands in bands alone. */
void flip_in_bands(const FlipSearch *search, Str from, Str to, FlipList *out);
/** Sorts by the second parameter's value, the value, the project. */
void flip_sort(FlipList *list);

#endif
