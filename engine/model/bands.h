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

/** A verdict: the first band whose range holds the rate decides. A range may hold in other ways too: `any`
 * when it holds the rate of one of the project's indicators, `if_improved` when it holds a rate that is above
 * last year's. */
typedef struct Band {
    Str name; /* as printed: "부진" */
    Str key;  /* stable: "sluggish" */
    Range range;
    Range any;     /* any_indicator; without bounds: none */
    bool improved; /* improved = true: whatever holds, the rate is above last year's, or the band does not */
    Range if_improved; /* improved = { … }; without bounds: none */
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
/** A range as doubles, each bound within its error; without a bound it is infinite. */
typedef struct RangeCuts {
    double low, low_error, high, high_error;
} RangeCuts;
RangeCuts range_cuts(const Range *range);
/** As range_guess, for a range whose cuts are at hand. */
static inline RangeAnswer range_near(const RangeCuts *cuts, double value, double error) {
    double low_room = (error + cuts->low_error) * (1 + 0x1p-30);
    double high_room = (error + cuts->high_error) * (1 + 0x1p-30);
    if (cuts->low - value > low_room || value - cuts->high > high_room) return RANGE_NO;
    bool inside = value - cuts->low > low_room && cuts->high - value > high_room;
    return inside ? RANGE_YES : RANGE_UNSURE;
}
/** True when it has no bound. */
bool range_is_open(const Range *range);
/** True when the bounds leave no number between them. */
bool range_is_empty(const Range *range);

/** The band that stands for sluggish: the one whose key is "sluggish", else the one that holds for the lowest
 * rates: of forced shares the last. Bands that ask for better than last year are passed over. */
size_t bands_sluggish(const Band *bands, size_t count);

/** The bands from best to worst, as numbers of `bands`: with shares as they stand, else from the band that
 * decides the highest rates down. Earlier bands go first where several hold; a band that only an indicator
 * can bring about stands by its own range. */
void bands_best_first(const Band *bands, size_t count, size_t *order);

/** For bands without shares, which stand at `path` ("verdict"). Adds an error for each gap (the exact
 * interval), inverted band and unreachable band. The first band that holds decides, so bands may overlap.
 * Indicators and last year's rates close no gap; a band that only they can bring about is reachable. True
 * when there was none. */
bool bands_check(Str path, const Band *bands, size_t count, Diag *diag);

#endif
