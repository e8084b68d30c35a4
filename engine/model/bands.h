/* bands - ranges of numbers, and the bands of a verdict: whether they leave a gap, or can never decide. */
#ifndef PERFEVAL_MODEL_BANDS_H
#define PERFEVAL_MODEL_BANDS_H

#include "base/decimal.h"
#include "base/diag.h"

/** A bound of a band, a range or a parameter. */
typedef struct Bound {
    bool set;
    bool closed; /* at_most, at_least: the bound itself belongs to it */
    Decimal value;
    const struct Param *param; /* the parameter the number came from, or NULL */
    Place place;
} Bound;

typedef struct Range {
    Bound low, high;
} Range;

/** A verdict: the first band whose range holds the project's rate, or `any` the rate of one of its
 * indicators, decides. */
typedef struct Band {
    Str name; /* as printed: "부진" */
    Str key;  /* stable: "sluggish" */
    Range range;
    Range any; /* any_indicator; without bounds: none */
    bool forced;
    Decimal share; /* forced: percent of the units */
    Place place;
} Band;

/** Most bands of a rule set. */
#define PLAN_BANDS 64

/** Adds a range in words of the rule file: "at_most 80"; nothing when it has no bounds. */
void range_write(Buffer *out, const Range *range);
bool range_holds(const Range *range, mpq_srcptr value);
/** Whether the range holds a value known to within `error`: as range_holds for all that it can be, or
 * unsure. */
typedef enum RangeAnswer { RANGE_NO, RANGE_YES, RANGE_UNSURE } RangeAnswer;
RangeAnswer range_guess(const Range *range, double value, double error);
/** True when it has no bound. */
bool range_is_open(const Range *range);
/** True when the bounds leave no number between them. */
bool range_is_empty(const Range *range);

/** The band that stands for sluggish: the one whose key is "sluggish", else the one that holds for the lowest
 * rates: of forced shares the last. */
size_t bands_sluggish(const Band *bands, size_t count);

/** For bands without shares, which stand at `path` ("verdict"). Adds an error for each gap (the exact
 * interval), inverted band and unreachable band. The first band that holds decides, so bands may overlap.
 * Indicators close no gap; a band that only they can bring about is reachable. True when there was none. */
bool bands_check(Str path, const Band *bands, size_t count, Diag *diag);

#endif
