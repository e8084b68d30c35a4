#include "base/decimal_build.h"

#include <assert.h>
#include <float.h>
#include <math.h>

/* Exact as doubles. */
#define POWERS 16
static const double power_of_ten[POWERS] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static const char *const rounding_names[ROUNDING_COUNT] = {
    [ROUNDING_HALF_UP] = "half_up", [ROUNDING_HALF_EVEN] = "half_even", [ROUNDING_HALF_DOWN] = "half_down",
    [ROUNDING_UP] = "up",           [ROUNDING_DOWN] = "down",           [ROUNDING_CEILING] = "ceiling",
    [ROUNDING_FLOOR] = "floor",
};

const char *rounding_name(Rounding mode) {
    assert(mode < ROUNDING_COUNT);
    return rounding_names[mode];
}

bool rounding_find(Str name, Rounding *mode) {
    for (unsigned i = 0; i < ROUNDING_COUNT; i++) {
        if (!str_is(name, rounding_names[i])) continue;
        *mode = (Rounding)i;
        return true;
    }
    return false;
}

/* What stands behind the last digit that is kept. */
typedef struct Remainder {
    bool negative; /* of the whole number */
    bool odd;      /* of the last digit */
    bool some;     /* not zero */
    int half;      /* below, at or above a half: -1, 0, 1 */
} Remainder;

static bool rounds_away(Rounding mode, Remainder rest) {
    if (!rest.some) return false;
    switch (mode) {
    case ROUNDING_HALF_UP:
        return rest.half >= 0;
    case ROUNDING_HALF_EVEN:
        return rest.half > 0 || (rest.half == 0 && rest.odd);
    case ROUNDING_HALF_DOWN:
        return rest.half > 0;
    case ROUNDING_UP:
        return true;
    case ROUNDING_CEILING:
        return !rest.negative;
    case ROUNDING_FLOOR:
        return rest.negative;
    case ROUNDING_DOWN:
    case ROUNDING_COUNT:
        break;
    }
    return false;
}

static void add_mpz(Buffer *out, mpz_srcptr value, size_t places) {
    Buffer digits = {0};
    mpz_get_str(buffer_reserve(&digits, mpz_sizeinbase(value, 10) + 2), 10, value);
    Str text = str_of(digits.data);
    bool negative = text.data[0] == '-';
    decimal_add_digits(out, negative, str_slice(text, negative, text.size), places);
    buffer_release(&digits);
}

/* value * 10^places, rounded to a whole number. */
static void round_scaled(mpz_ptr whole, mpq_srcptr value, unsigned places, Rounding mode) {
    assert(places <= DECIMAL_PLACES);
    mpz_t rest;
    mpz_init(rest);
    mpz_ui_pow_ui(rest, 10, places);
    mpz_mul(rest, rest, mpq_numref(value));
    mpz_tdiv_qr(whole, rest, rest, mpq_denref(value));

    Remainder behind = {.negative = mpq_sgn(value) < 0, .odd = mpz_odd_p(whole), .some = mpz_sgn(rest) != 0};
    mpz_mul_2exp(rest, rest, 1);
    behind.half = mpz_cmpabs(rest, mpq_denref(value));
    behind.half = (behind.half > 0) - (behind.half < 0);
    if (rounds_away(mode, behind)) {
        if (behind.negative)
            mpz_sub_ui(whole, whole, 1);
        else
            mpz_add_ui(whole, whole, 1);
    }
    mpz_clear(rest);
}

bool decimal_round_whole(mpq_srcptr value, unsigned places, Rounding mode, int64_t *whole) {
    mpz_t rounded;
    mpz_init(rounded);
    round_scaled(rounded, value, places, mode);
    bool fits = mpz_fits_slong_p(rounded) != 0;
    if (fits) *whole = mpz_get_si(rounded);
    mpz_clear(rounded);
    return fits;
}

void decimal_round(Buffer *out, mpq_srcptr value, unsigned places, Rounding mode) {
    mpz_t whole;
    mpz_init(whole);
    round_scaled(whole, value, places, mode);
    add_mpz(out, whole, places);
    mpz_clear(whole);
}

void decimal_round_rational(mpq_ptr value, unsigned places, Rounding mode) {
    mpz_t whole;
    mpz_init(whole);
    round_scaled(whole, value, places, mode);
    mpz_swap(mpq_numref(value), whole);
    mpz_ui_pow_ui(mpq_denref(value), 10, places);
    mpq_canonicalize(value);
    mpz_clear(whole);
}

/* |value| below 2^53, so that the part behind the point is exact. */
static int64_t round_whole(double value, Rounding mode) {
    int64_t whole = (int64_t)value;
    double rest = fabs(value - (double)whole);
    Remainder behind = {.negative = value<0, .odd = whole % 2 != 0, .some = rest> 0};
    behind.half = (rest > 0.5) - (rest < 0.5);
    if (!rounds_away(mode, behind)) return whole;
    return behind.negative ? whole - 1 : whole + 1;
}

/* Is value * 10^places a double? Enough for the numbers that stand in data: whole ones (the product is below
 * 2^52), and those of 24 bits, as 5^12 has 28. */
static bool scales_exactly(double value, unsigned places) {
    if (places == 0 || decimal_is_whole(value)) return true;
    return places <= 12 && value == (double)(float)value;
}

/* Every mode is monotonic: when both ends of an interval round to one number, so does all between them. The
 * interval takes in the error of the product (|scaled| * 2^-53) and of its own sums; 2^-51 and 2^-50 leave
 * more than that. */
bool decimal_round_near(double value, double error, unsigned places, Rounding mode, int64_t *whole) {
    if (places >= POWERS) return false;
    double scaled = value * power_of_ten[places];
    if (!(fabs(scaled) < 0x1p52)) return false;
    double slack = 0;
    if (error != 0 || !scales_exactly(value, places))
        slack = error * power_of_ten[places] * (1 + 0x1p-50) + fabs(scaled) * 0x1p-51 + DBL_MIN;
    if (!(slack >= 0 && slack < 1)) return false;
    *whole = round_whole(scaled - slack, mode);
    return *whole == round_whole(scaled + slack, mode);
}

bool decimal_round_double(Buffer *out, double value, double error, unsigned places, Rounding mode) {
    int64_t whole;
    if (!decimal_round_near(value, error, places, mode, &whole)) return false;
    decimal_add_int64(out, whole, places);
    return true;
}
