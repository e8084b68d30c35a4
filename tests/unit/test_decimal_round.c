#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "random.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define RUNS         RANDOM_ROUNDS(20000)

static unsigned below(uint64_t *state, unsigned limit) { return (unsigned)random_below(state, limit); }

static void check_text(Buffer *out, const char *expected, const char *input) {
    const char *found = buffer_text(out);
    bool same = expected && strcmp(found, expected) == 0;
    if (!same) fail_msg("'%s': found '%s', expected '%s'", input, found, expected);
    out->size = 0;
}

static void test_round(void **state) {
    (void)state;
    static const struct {
        const char *value;
        unsigned places;
        const char *expected[ROUNDING_COUNT]; /* half_up, half_even, half_down, up, down, ceiling, floor */
    } cases[] = {
        {"0", 0, {"0", "0", "0", "0", "0", "0", "0"}},
        {"0", 2, {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}},
        {"5/2", 0, {"3", "2", "2", "3", "2", "3", "2"}},
        {"-5/2", 0, {"-3", "-2", "-2", "-3", "-2", "-2", "-3"}},
        {"7/2", 0, {"4", "4", "3", "4", "3", "4", "3"}},
        {"-7/2", 0, {"-4", "-4", "-3", "-4", "-3", "-3", "-4"}},
        {"1/2", 0, {"1", "0", "0", "1", "0", "1", "0"}},
        {"-1/2", 0, {"-1", "0", "0", "-1", "0", "0", "-1"}},
        {"1/3", 2, {"0.33", "0.33", "0.33", "0.34", "0.33", "0.34", "0.33"}},
        {"-1/3", 2, {"-0.33", "-0.33", "-0.33", "-0.34", "-0.33", "-0.33", "-0.34"}},
        {"-1/1000", 2, {"0.00", "0.00", "0.00", "-0.01", "0.00", "0.00", "-0.01"}},
        {"-1/1000", 0, {"0", "0", "0", "-1", "0", "0", "-1"}},
        {"200/3", 1, {"66.7", "66.7", "66.7", "66.7", "66.6", "66.7", "66.6"}},
        {"80", 1, {"80.0", "80.0", "80.0", "80.0", "80.0", "80.0", "80.0"}},
        {"-80", 0, {"-80", "-80", "-80", "-80", "-80", "-80", "-80"}},
        {"19999/200", 1, {"100.0", "100.0", "100.0", "100.0", "99.9", "100.0", "99.9"}},
        {"1/8", 2, {"0.13", "0.12", "0.12", "0.13", "0.12", "0.13", "0.12"}},
        {"999/1000", 2, {"1.00", "1.00", "1.00", "1.00", "0.99", "1.00", "0.99"}},
        {"1/3",
         30,
         {"0.333333333333333333333333333333", "0.333333333333333333333333333333",
          "0.333333333333333333333333333333", "0.333333333333333333333333333334",
          "0.333333333333333333333333333333", "0.333333333333333333333333333334",
          "0.333333333333333333333333333333"}},
        {"123456789012345678901234567890/7",
         0,
         {"17636684144620811271604938270", "17636684144620811271604938270", "17636684144620811271604938270",
          "17636684144620811271604938270", "17636684144620811271604938270", "17636684144620811271604938270",
          "17636684144620811271604938270"}},
    };
    Buffer out = {0};
    mpq_t value;
    mpq_init(value);
    for (size_t i = 0; i < COUNT(cases); i++) {
        mpq_set_str(value, cases[i].value, 10);
        for (unsigned mode = 0; mode < ROUNDING_COUNT; mode++) {
            char label[80];
            snprintf(label, sizeof label, "%s %u %s", cases[i].value, cases[i].places,
                     rounding_name((Rounding)mode));
            decimal_round(&out, value, cases[i].places, (Rounding)mode);
            check_text(&out, cases[i].expected[mode], label);
        }
    }
    mpq_clear(value);
    buffer_release(&out);
}

/* The definition, in rationals: the result is on the grid, on the right side, and near enough. */
static void check_definition(mpq_srcptr value, unsigned places, Rounding mode, const char *text) {
    Arena arena = {0};
    Decimal number;
    bool shape = decimal_parse(str_of(text), &number, &arena, NULL) == DECIMAL_PLAIN &&
                 number.scale == places && (text[0] != '-' || !decimal_is_zero(&number));
    if (!shape) fail_msg("%f to %u %s: '%s'", mpq_get_d(value), places, rounding_name(mode), text);
    mpq_t away, unit;
    mpq_inits(away, unit, NULL);
    decimal_to_rational(&number, away);
    mpq_sub(away, away, value); /* result - value */
    mpz_ui_pow_ui(mpq_denref(unit), 10, places);
    mpz_set_ui(mpq_numref(unit), 1);
    int side = mpq_sgn(away), sign = mpq_sgn(value);
    mpq_abs(away, away);
    bool good = mpq_cmp(away, unit) < 0;
    mpq_add(away, away, away);
    int half = mpq_cmp(away, unit);
    int64_t last = text[strlen(text) - 1] - '0';
    switch (mode) {
    case ROUNDING_HALF_UP:
        good = half < 0 || (half == 0 && side == sign);
        break;
    case ROUNDING_HALF_EVEN:
        good = half < 0 || (half == 0 && last % 2 == 0);
        break;
    case ROUNDING_HALF_DOWN:
        good = half < 0 || (half == 0 && side == -sign);
        break;
    case ROUNDING_UP:
        good = good && side * sign >= 0;
        break;
    case ROUNDING_DOWN:
        good = good && side * sign <= 0;
        break;
    case ROUNDING_CEILING:
        good = good && side >= 0;
        break;
    case ROUNDING_FLOOR:
        good = good && side <= 0;
        break;
    case ROUNDING_COUNT:
        break;
    }
    mpq_clears(away, unit, NULL);
    arena_release(&arena);
    if (!good) fail_msg("%f to %u %s: '%s'", mpq_get_d(value), places, rounding_name(mode), text);
}

static void test_round_definition(void **state) {
    (void)state;
    uint64_t seed = 4;
    Buffer out = {0};
    mpq_t value;
    mpq_init(value);
    for (int run = 0; run < RUNS; run++) {
        bool ties = below(&seed, 2);
        mpz_set_si(mpq_numref(value), (long)below(&seed, 2000001) - 1000000);
        mpz_set_ui(mpq_denref(value), ties ? 2000 : 1 + below(&seed, 100000));
        mpq_canonicalize(value);
        unsigned places = below(&seed, run % 10 == 0 ? DECIMAL_PLACES + 1 : 4);
        for (unsigned mode = 0; mode < ROUNDING_COUNT; mode++) {
            out.size = 0;
            decimal_round(&out, value, places, (Rounding)mode);
            check_definition(value, places, (Rounding)mode, buffer_text(&out));
        }
    }
    mpq_clear(value);
    buffer_release(&out);
}

static void round_exact(Buffer *out, double value, double error, int side, unsigned places, Rounding mode) {
    mpq_t exact, bound;
    mpq_inits(exact, bound, NULL);
    mpq_set_d(exact, value);
    mpq_set_d(bound, error);
    if (side < 0) mpq_sub(exact, exact, bound);
    if (side > 0) mpq_add(exact, exact, bound);
    out->size = 0;
    decimal_round(out, exact, places, mode);
    mpq_clears(exact, bound, NULL);
}

static bool check_double(double value, double error, unsigned places, Rounding mode, Buffer *out,
                         Buffer *exact) {
    out->size = 0;
    if (!decimal_round_double(out, value, error, places, mode)) {
        if (out->size) fail_msg("%a: text added by a refusal", value);
        return false;
    }
    for (int side = -1; side <= 1; side++) {
        round_exact(exact, value, error, side, places, mode);
        if (!str_equal(buffer_view(out), buffer_view(exact)))
            fail_msg("%a +- %a to %u %s: '%s', exactly '%s'", value, error, places, rounding_name(mode),
                     buffer_text(out), buffer_text(exact));
    }
    return true;
}

static double random_error(uint64_t *seed, double value) {
    switch (below(seed, 5)) {
    case 0:
        return 0;
    case 1:
        return fabs(value) * 0x1p-53;
    case 2:
        return fabs(value) * 0x1p-40;
    case 3:
        return ldexp(1, -(int)below(seed, 1074));
    default:
        return ldexp((double)next_random(seed), -64 - (int)below(seed, 60));
    }
}

/* Ties and grid points written as decimals, their neighbours, floats, and any bits at all. */
static double hard_double(uint64_t *seed) {
    if (below(seed, 4) == 0) return random_finite(seed);
    if (below(seed, 4) == 0) return (double)((float)(below(seed, 1 << 24)) / (float)(1 << below(seed, 30)));
    static const double grids[] = {1, 2, 4, 8, 10, 20, 100, 200, 1000, 2000};
    double value = ((double)below(seed, 4000001) - 2000000) / grids[below(seed, COUNT(grids))];
    switch (below(seed, 4)) {
    case 0:
        return nextafter(value, (double)INFINITY);
    case 1:
        return nextafter(value, (double)-INFINITY);
    case 2:
        return ldexp(value, (int)below(seed, 30));
    default:
        return value;
    }
}

static void test_round_double(void **state) {
    (void)state;
    uint64_t seed = 5;
    Buffer out = {0}, exact = {0};
    for (int run = 0; run < 10 * RUNS; run++) {
        double value = hard_double(&seed);
        check_double(value, random_error(&seed, value), below(&seed, 16),
                     (Rounding)below(&seed, ROUNDING_COUNT), &out, &exact);
    }
    /* What data look like must not need the exact way. */
    unsigned decided = 0;
    for (int run = 0; run < RUNS; run++) {
        double value = (double)below(&seed, 1000000) / 7;
        decided += check_double(value, value * 0x1p-50, 1, ROUNDING_HALF_UP, &out, &exact);
    }
    assert_true(decided > RUNS - 10);
    buffer_release(&out);
    buffer_release(&exact);
}

static void test_round_double_cases(void **state) {
    (void)state;
    static const struct {
        double value, error;
        unsigned places;
        Rounding mode;
        const char *text; /* NULL: left to the exact way */
    } cases[] = {
        {2.5, 0, 0, ROUNDING_HALF_UP, "3"},
        {2.5, 0, 0, ROUNDING_HALF_EVEN, "2"},
        {-2.5, 0, 0, ROUNDING_HALF_UP, "-3"},
        {2.5, 1e-300, 0, ROUNDING_HALF_UP, NULL},
        {0, 0, 2, ROUNDING_CEILING, "0.00"},
        {-0.0, 0, 1, ROUNDING_UP, "0.0"},
        {0, 1e-17, 2, ROUNDING_HALF_UP, "0.00"},
        {0, 1e-17, 2, ROUNDING_UP, NULL},
        {-0.001, 1e-19, 2, ROUNDING_HALF_UP, "0.00"},
        {97, 0, 1, ROUNDING_FLOOR, "97.0"},
        {12345678901.0, 0, 1, ROUNDING_FLOOR, "12345678901.0"},
        {0.125, 0, 2, ROUNDING_HALF_EVEN, "0.12"},
        {66.35, 0, 1, ROUNDING_HALF_UP, NULL},
        {66.36, 0x1p-46, 1, ROUNDING_HALF_UP, "66.4"},
        {1, 0, 16, ROUNDING_HALF_UP, NULL},
        {1e16, 0, 0, ROUNDING_HALF_UP, NULL},
        {1e300, 0, 0, ROUNDING_HALF_UP, NULL},
        {1, 1, 0, ROUNDING_HALF_UP, NULL},
        {1, 1e300, 0, ROUNDING_HALF_UP, NULL},
        {(double)NAN, 0, 0, ROUNDING_HALF_UP, NULL},
        {(double)INFINITY, 0, 0, ROUNDING_HALF_UP, NULL},
        {1, (double)NAN, 0, ROUNDING_HALF_UP, NULL},
        {1, (double)INFINITY, 0, ROUNDING_HALF_UP, NULL},
        {1, -1e-3, 0, ROUNDING_HALF_UP, NULL},
    };
    Buffer out = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        out.size = 0;
        bool decided =
            decimal_round_double(&out, cases[i].value, cases[i].error, cases[i].places, cases[i].mode);
        if (decided != (cases[i].text != NULL))
            fail_msg("case %zu (%a): '%s'", i, cases[i].value, buffer_text(&out));
        if (decided) check_text(&out, cases[i].text, "rounded");
    }
    buffer_release(&out);
}

/* Rounded numbers as whole ones, without their point; 2^63 - 1/2 rounds to a number that does not fit, but
 * down. */
static void test_round_whole(void **state) {
    (void)state;
    static const struct {
        const char *value;
        unsigned places;
        Rounding mode;
        bool fits;
        int64_t expected;
    } cases[] = {
        {"0", 6, ROUNDING_HALF_UP, true, 0},
        {"200/3", 1, ROUNDING_HALF_UP, true, 667},
        {"200/3", 1, ROUNDING_DOWN, true, 666},
        {"-200/3", 6, ROUNDING_HALF_UP, true, -66666667},
        {"-1/3", 0, ROUNDING_HALF_UP, true, 0},
        {"18446744073709551615/2", 0, ROUNDING_DOWN, true, INT64_MAX},
        {"18446744073709551615/2", 0, ROUNDING_HALF_UP, false, 0},
        {"9223372036854775807", 1, ROUNDING_HALF_UP, false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        mpq_t value;
        int64_t whole = 0;
        mpq_init(value);
        mpq_set_str(value, cases[i].value, 10);
        mpq_canonicalize(value);
        bool fits = decimal_round_whole(value, cases[i].places, cases[i].mode, &whole);
        if (fits != cases[i].fits || (fits && whole != cases[i].expected))
            fail_msg("%s: fits %d, %lld", cases[i].value, fits, (long long)whole);
        mpq_clear(value);
    }
}

/* From a double: 66.65 may be on either side of itself, and one place is then left open; two are not. */
static void test_round_near(void **state) {
    (void)state;
    int64_t whole = 0;
    assert_true(decimal_round_near(66.64, 1e-9, 1, ROUNDING_HALF_UP, &whole));
    assert_int_equal(whole, 666);
    assert_true(decimal_round_near(-66.66, 1e-9, 1, ROUNDING_FLOOR, &whole));
    assert_int_equal(whole, -667);
    assert_false(decimal_round_near(66.65, 1e-9, 1, ROUNDING_HALF_UP, &whole));
    assert_true(decimal_round_near(66.65, 1e-9, 2, ROUNDING_HALF_UP, &whole));
    assert_int_equal(whole, 6665);
    assert_false(decimal_round_near(66.65, (double)INFINITY, 2, ROUNDING_HALF_UP, &whole));
}

static void test_rounding_names(void **state) {
    (void)state;
    for (unsigned mode = 0; mode < ROUNDING_COUNT; mode++) {
        Rounding found;
        assert_true(rounding_find(str_of(rounding_name((Rounding)mode)), &found));
        assert_int_equal(found, mode);
    }
    Rounding found;
    assert_false(rounding_find(STR("half-up"), &found));
    assert_false(rounding_find(STR(""), &found));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),          cmocka_unit_test(test_round_definition),
        cmocka_unit_test(test_round_double),   cmocka_unit_test(test_round_double_cases),
        cmocka_unit_test(test_round_whole),    cmocka_unit_test(test_round_near),
        cmocka_unit_test(test_rounding_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
