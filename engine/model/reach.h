/* reach - where on the line of rates the nearest other verdict of a project begins, all else unchanged.
 *
 * A cut is a bound of the bands of projects, or last year's rate where a band asks for improvement. Verdicts
 * at a cut and between cuts are those of model/judge; the rates of indicators stay (any_indicator).
 */
#ifndef PERFEVAL_MODEL_REACH_H
#define PERFEVAL_MODEL_REACH_H

#include "model/results.h"

/** Any other verdict is sought. */
#define REACH_ANY RESULTS_NO_BAND

typedef struct Reach {
    bool known;       /* no: there is no rate, no other verdict, or the verdict does not come from the rate */
    unsigned verdict; /* the band there */
    bool above;       /* it lies above the rate, else below */
    bool at;          /* the cut itself has that verdict, else only what lies behind it */
    const Bound *bound;  /* the cut; NULL: it is last year's rate */
    mpq_t cut, distance; /* from the rate to the cut; never negative */
} Reach;

/** Finds it; `wanted` is a band or REACH_ANY. Of two at the same distance the one that the cut itself has
 * goes first, then the one above. The reach is to be released. */
void reach_find(const Results *results, size_t project, unsigned wanted, Reach *out);
void reach_release(Reach *reach);

/** A special case gives the project its verdict, whatever its rate. */
bool reach_is_given(const Results *results, size_t project);

#endif
