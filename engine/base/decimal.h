/* decimal - exact numbers: decimals as written, rationals (GMP) for what is computed from them, and rounding.
 *
 * A decimal keeps its digits as they stand ("97.0" has one place). All results of formulas are rationals: 66
 * 2/3 and 93 1/3 have a mean of exactly 80. Doubles are only ever a fast guess with a known error bound.
 */
#ifndef PERFEVAL_BASE_DECIMAL_H
#define PERFEVAL_BASE_DECIMAL_H

#include "base/arena.h"

#include <gmp.h>

/** Longest number accepted, in digits (leading zeros count). As plain text no number has more, so that a
 * scale is always below it. */
#ifndef DECIMAL_DIGITS
#define DECIMAL_DIGITS 400
#endif
/** Largest power of ten accepted: "1e399" has DECIMAL_DIGITS digits. */
#define DECIMAL_EXPONENT (DECIMAL_DIGITS - 1)

/** A decimal number: digits / 10^scale. Numbers that do not fit keep their text (zero always fits). */
typedef struct Decimal {
    int64_t digits;
    uint32_t scale; /* places behind the point as written */
    Str text; /* size 0: digits and scale hold the number; else plain text "-123.45" of that scale, borrowed
               */
} Decimal;

typedef enum DecimalParse {
    DECIMAL_PLAIN, /* -12.50 */
    DECIMAL_LENIENT, /* one plausible reading that differs from plain: 1,234 · △5 · ▲5 · −5 · +5 · 007 ·
                      * full-width digits · blanks at the ends */
    DECIMAL_BAD, /* not a number; *fault is the byte where reading stopped */
    DECIMAL_TOO_LONG
} DecimalParse;

/** Reads a number from a data cell: sign, digits, thousands commas (only in right groups of three), one
 * point. No exponent, no unit. Long digits are kept in `arena`. `fault` may be NULL. */
DecimalParse decimal_parse(Str text, Decimal *out, Arena *arena, size_t *fault);
/** Reads a number as JSON and Lua write it: -12.5e-3, no needless zero in front. False when it is none or too
 * long. */
bool decimal_parse_literal(Str text, Decimal *out, Arena *arena);
/** A whole number. */
Decimal decimal_of(int64_t value);
/** The shortest decimal that reads back as `value`; false for NaN and infinities. */
bool decimal_from_double(double value, Decimal *out, Arena *arena);
/** The nearest double. *error (may be NULL) becomes a bound of |double - decimal|: 0 when it is exact. */
double decimal_to_double(const Decimal *decimal, double *error);
/** The same for digits / 10^scale, for the common case: false, and nothing set, when the digits go beyond
 * 2^53 or the scale beyond 22. */
static inline bool decimal_short_to_double(int64_t digits, uint8_t scale, double *value, double *error) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (scale > 22 || digits > (int64_t)1 << 53 || digits < -((int64_t)1 << 53)) return false;
    *value = scale ? (double)digits / powers[scale] : (double)digits;
    double bound = (*value < 0 ? -*value : *value) * 0x1p-53;
    *error = scale ? bound : 0;
    return true;
}
/** Most bits of an exact value, numerator and denominator together. */
#define DECIMAL_BITS 1048576
/** True when numerator and denominator have at most `bits` bits together; 0: DECIMAL_BITS. */
bool decimal_fits(mpq_srcptr value, size_t bits);
/** Sets an initialised rational to the exact value, in lowest terms. */
void decimal_to_rational(const Decimal *decimal, mpq_ptr out);
int decimal_compare(const Decimal *a, const Decimal *b);
bool decimal_is_zero(const Decimal *decimal);
/** Adds the number as plain text: places as written ("97.0"). */
void decimal_write(Buffer *out, const Decimal *decimal);
/** Adds the number as canonical text: no trailing zeros behind the point, no "-0" ("97"). */
void decimal_write_canonical(Buffer *out, const Decimal *decimal);

typedef enum Rounding {
    ROUNDING_HALF_UP,   /* a tie goes away from zero: 2.5 -> 3, -2.5 -> -3 */
    ROUNDING_HALF_EVEN, /* a tie goes to the even digit */
    ROUNDING_HALF_DOWN, /* a tie goes towards zero */
    ROUNDING_UP,        /* away from zero */
    ROUNDING_DOWN,      /* towards zero */
    ROUNDING_CEILING,   /* towards +infinity */
    ROUNDING_FLOOR,     /* towards -infinity */
    ROUNDING_COUNT
} Rounding;

/** Most places that rounding accepts. */
#define DECIMAL_PLACES 30

/** "half_up", … */
const char *rounding_name(Rounding mode);
bool rounding_find(Str name, Rounding *mode);

/** Adds `value` rounded to `places` digits behind the point, all of them printed ("97.0"; never "-0"). */
void decimal_round(Buffer *out, mpq_srcptr value, unsigned places, Rounding mode);
/** The same for a number that is computed with: replaces `value` by what is rounded. */
void decimal_round_rational(mpq_ptr value, unsigned places, Rounding mode);
/** As decimal_round from a double known to within `error`. False, and nothing added, when the two ends of
 * value ± error might round differently: the caller then decides on the exact value. */
bool decimal_round_double(Buffer *out, double value, double error, unsigned places, Rounding mode);
/** The numbers that those two print, without the point: value * 10^places. False too when the exact one does
 * not fit. */
bool decimal_round_near(double value, double error, unsigned places, Rounding mode, int64_t *whole);
bool decimal_round_whole(mpq_srcptr value, unsigned places, Rounding mode, int64_t *whole);
/** value * 1000000, rounded half up (a tie goes away from zero) to a whole number, for the common case: false
 * when `error`, or a tie within it, leaves the last digit open, or the number is too large. */
static inline bool decimal_round_millionths(double value, double error, int64_t *whole) {
    /* As decimal_round_double: the ends of the interval round to one number, and so does all between. */
    double scaled = value * 1e6, size = scaled < 0 ? -scaled : scaled;
    double slack = error * 1e6 * (1 + 0x1p-50) + size * 0x1p-51 + 0x1p-1000;
    if (!(size < 0x1p52) || !(slack < 0.25)) return false;
    double low = scaled - slack, high = scaled + slack;
    int64_t below = (int64_t)low, above = (int64_t)high;
    double rest_below = low - (double)below, rest_above = high - (double)above;
    below += (rest_below >= 0.5) - (rest_below <= -0.5);
    above += (rest_above >= 0.5) - (rest_above <= -0.5);
    *whole = below;
    return below == above;
}
/** Removes trailing zeros behind the point (and the point) of the number that ends the buffer and starts at
 * `from`. */
void decimal_trim(Buffer *out, size_t from);

#endif
