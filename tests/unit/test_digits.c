#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "base/digits.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/plain.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void test_digits(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        unsigned places;
        const char *whole, *brief;
    } cases[] = {
        {0, 0, "0", "0"},
        {0, 2, "0.00", "0"},
        {7, 0, "7", "7"},
        {10, 0, "10", "10"},
        {99, 0, "99", "99"},
        {100, 0, "100", "100"},
        {1000, 1, "100.0", "100"},
        {970, 1, "97.0", "97"},
        {5, 1, "0.5", "0.5"},
        {-5, 3, "-0.005", "-0.005"},
        {-1250, 2, "-12.50", "-12.5"},
        {73333333, 6, "73.333333", "73.333333"},
        {80000000, 6, "80.000000", "80"},
        {1, 18, "0.000000000000000001", "0.000000000000000001"},
        {INT64_MAX, 0, "9223372036854775807", "9223372036854775807"},
        {INT64_MIN, 0, "-9223372036854775808", "-9223372036854775808"},
        {INT64_MIN, 18, "-9.223372036854775808", "-9.223372036854775808"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[DIGITS_ROOM + 1];
        *digits_put(text, cases[i].value, cases[i].places) = '\0';
        assert_string_equal(text, cases[i].whole);
        *digits_put_short(text, cases[i].value, cases[i].places) = '\0';
        assert_string_equal(text, cases[i].brief);
    }
}

/* Says the same as decimal_round_double, or nothing. */
static void check_millionths(double value, double error) {
    Buffer wanted = {0};
    int64_t whole;
    if (decimal_round_millionths(value, error, &whole)) {
        char text[DIGITS_ROOM + 1];
        *digits_put(text, whole, 6) = '\0';
        if (!decimal_round_double(&wanted, value, error, 6, ROUNDING_HALF_UP))
            fail_msg("%.17g is open, not %s", value, text);
        assert_string_equal(buffer_text(&wanted), text);
    }
    buffer_release(&wanted);
}

static void test_millionths(void **state) {
    (void)state;
    static const double errors[] = {0, 1e-15, 1e-9, 2e-7, 1e-3};
    int64_t whole;
    for (int64_t i = -20000; i < 20000; i++) {
        double value = (double)i / 128 / 3;
        for (size_t k = 0; k < COUNT(errors); k++) check_millionths(value, errors[k]);
        check_millionths((double)i * 5e-7, 1e-20); /* ties, as near as doubles come */
    }
    assert_true(decimal_round_millionths(200.0 / 3, 1e-14, &whole));
    assert_int_equal(whole, 66666667);
    assert_true(decimal_round_millionths(-0.0000005001, 1e-15, &whole));
    assert_int_equal(whole, -1);
    /* 1/128 = 0.0078125 is a tie: exact numbers decide, or doubles that know that they are exact */
    assert_false(decimal_round_millionths(0.0078125, 0, &whole));
    assert_false(decimal_round_millionths(80, INFINITY, &whole));
    assert_false(decimal_round_millionths(NAN, 0, &whole));
    assert_false(decimal_round_millionths(80, NAN, &whole));
    assert_false(decimal_round_millionths(1e10, 0, &whole)); /* 1e16 is beyond 2^52 */
    assert_false(decimal_round_millionths(DBL_MAX, 0, &whole));
}

/* Every byte at every place of texts up to 20 bytes: what is plain is written as it is, by the long way too.
 */
static void test_plain(void **state) {
    (void)state;
    for (size_t size = 1; size <= 20; size++) {
        for (size_t at = 0; at < size; at++) {
            for (int byte = 0; byte < 256; byte++) {
                char bytes[20];
                memset(bytes, 'a', sizeof bytes);
                bytes[at] = (char)byte;
                bool odd_csv = byte == ',' || byte == '"' || byte == '\n' || byte == '\r' ||
                               ((at == 0 || at + 1 == size) && (byte == ' ' || byte == '\t')) ||
                               (at == 0 && byte && strchr("=+-@", byte));
                bool odd_json = byte < 0x20 || byte == 0x7f || byte == '"' || byte == '\\';
                assert_int_equal(plain_csv((Str){bytes, size}), !odd_csv);
                assert_int_equal(plain_json((Str){bytes, size}), !odd_json);
            }
        }
    }
    assert_true(plain_csv(STR("")) && plain_json(STR("")));
    assert_true(plain_csv((Str){NULL, 0}) && plain_json((Str){NULL, 0}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_millionths),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
