/* interval - exact intervals of numbers: what a printed number can stand for, and which numbers would do. */
#ifndef PERFEVAL_MODEL_INTERVAL_H
#define PERFEVAL_MODEL_INTERVAL_H

#include "base/decimal.h"

/** All numbers between low and high; an end belongs to it when it is closed. */
typedef struct Interval {
    mpq_t low, high;
    bool low_closed, high_closed;
} Interval;

/** Makes an interval that holds 0 alone; interval_clear frees it. */
void interval_init(Interval *interval);
void interval_clear(Interval *interval);
void interval_copy(Interval *to, const Interval *from);
/** True when no number lies in it. */
bool interval_is_empty(const Interval *interval);
bool interval_holds(const Interval *interval, mpq_srcptr value);
/** Leaves of `interval` what lies in `other` too. */
void interval_meet(Interval *interval, const Interval *other);
/** The numbers that are printed as `printed` when rounded to `places` by `mode`: of 97, to whole numbers and
 * half up, those from 96.5 to below 97.5. */
void interval_of_printed(Interval *out, mpq_srcptr printed, unsigned places, Rounding mode);
/** The number in the interval with the fewest places behind the point, at least `places`, of those the
 * nearest to the middle. False when none of at most DECIMAL_PLACES does. */
bool interval_pick(const Interval *interval, unsigned places, mpq_ptr out);
/** Adds it as "[38.5, 2600/67≈38.806)": ends as decimals where they have at most six places, else as
 * fractions, with their first places. */
void interval_write(Buffer *out, const Interval *interval);
/** Adds a rational: a decimal of at most six places, else a fraction. */
void interval_write_number(Buffer *out, mpq_srcptr value);

#endif
