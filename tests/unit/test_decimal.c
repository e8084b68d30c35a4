#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "random.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
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

static void test_parse(void **state) {
    (void)state;
    static const struct {
        const char *text;
        DecimalParse result;
        const char *written, *canonical;
    } cases[] = {
        {"0", DECIMAL_PLAIN, "0", "0"},
        {"-0", DECIMAL_PLAIN, "0", "0"},
        {"-0.00", DECIMAL_PLAIN, "0.00", "0"},
        {"97.0", DECIMAL_PLAIN, "97.0", "97"},
        {"-12.50", DECIMAL_PLAIN, "-12.50", "-12.5"},
        {"0.05", DECIMAL_PLAIN, "0.05", "0.05"},
        {"100", DECIMAL_PLAIN, "100", "100"},
        {"100.00", DECIMAL_PLAIN, "100.00", "100"},
        {"007", DECIMAL_LENIENT, "7", "7"},
        {"00", DECIMAL_LENIENT, "0", "0"},
        {"-00.10", DECIMAL_LENIENT, "-0.10", "-0.1"},
        {"+5", DECIMAL_LENIENT, "5", "5"},
        {"\u25b3"
         "5",
         DECIMAL_LENIENT, "-5", "-5"},
        {"\u25b2"
         "5.5",
         DECIMAL_LENIENT, "-5.5", "-5.5"},
        {"\u2212"
         "5",
         DECIMAL_LENIENT, "-5", "-5"},
        {"1,234", DECIMAL_LENIENT, "1234", "1234"},
        {"-1,234,567.80", DECIMAL_LENIENT, "-1234567.80", "-1234567.8"},
        {"12,345", DECIMAL_LENIENT, "12345", "12345"},
        {" \t7", DECIMAL_LENIENT, "7", "7"},
        {"7 \t", DECIMAL_LENIENT, "7", "7"},
        {"\u00a0"
         "7\u3000",
         DECIMAL_LENIENT, "7", "7"},
        {"\u3000 \u00a0-7.0", DECIMAL_LENIENT, "-7.0", "-7"},
        {"\uff11\uff12.\uff15", DECIMAL_LENIENT, "12.5", "12.5"},
        {"\uff10", DECIMAL_LENIENT, "0", "0"},
        {"999999999999999999", DECIMAL_PLAIN, "999999999999999999", "999999999999999999"},
        {"9223372036854775807", DECIMAL_PLAIN, "9223372036854775807", "9223372036854775807"},
        {"9223372036854775808", DECIMAL_PLAIN, "9223372036854775808", "9223372036854775808"},
        {"-9223372036854775808", DECIMAL_PLAIN, "-9223372036854775808", "-9223372036854775808"},
        {"0012345678901234567890.1200", DECIMAL_LENIENT, "12345678901234567890.1200",
         "12345678901234567890.12"},
        {"0.00000000000000000000000001", DECIMAL_PLAIN, "0.00000000000000000000000001",
         "0.00000000000000000000000001"},
        {"-0.12345678901234567890120", DECIMAL_PLAIN, "-0.12345678901234567890120",
         "-0.1234567890123456789012"},
        {"100000000000000000000", DECIMAL_PLAIN, "100000000000000000000", "100000000000000000000"},
    };
    Arena arena = {0};
    Buffer out = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Decimal number;
        DecimalParse result = decimal_parse(str_of(cases[i].text), &number, &arena, NULL);
        if (result != cases[i].result) fail_msg("'%s': result %d", cases[i].text, (int)result);
        decimal_write(&out, &number);
        check_text(&out, cases[i].written, cases[i].text);
        decimal_write_canonical(&out, &number);
        check_text(&out, cases[i].canonical, cases[i].text);
    }
    buffer_release(&out);
    arena_release(&arena);
}

static void test_parse_bad(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t fault;
    } cases[] = {
        {"", 0},
        {" ", 0},
        {"-", 1},
        {".", 0},
        {"5.", 2},
        {".5", 0},
        {"-.5", 1},
        {"1.2.3", 3},
        {"1,23", 4},
        {"1,2345", 5},
        {"1.234,5", 5},
        {"1234,567", 4},
        {"1,234567", 5},
        {"0,123", 1},
        {",123", 0},
        {"1,,234", 2},
        {"1,", 2},
        {"abc", 0},
        {"12a", 2},
        {"12 3", 2},
        {"- 5", 1},
        {"--5", 1},
        {"+-5", 1},
        {"\u25b3-5", 3},
        {"1e5", 1},
        {"0x10", 1},
        {"nan", 0},
        {"inf", 0},
        {"5%", 1},
        {"5\n", 1},
        {"\uff11\uff0e\uff15", 3},
        {"\uff1a", 0},
        {"1.-5", 2},
        {"1,234.", 6},
        {"\xef\xbc", 0},
        {"12345678901234567890x", 20},
        {"1 234", 1},
        {" x ", 1},
        {"1\xc2", 1},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Decimal number;
        size_t fault = 999;
        /* An exact allocation, so that reading behind the end is seen. */
        Str text = str_of(cases[i].text);
        char *exact = malloc(text.size + !text.size);
        memcpy(exact, text.data, text.size);
        DecimalParse result = decimal_parse((Str){exact, text.size}, &number, &arena, &fault);
        free(exact);
        if (result != DECIMAL_BAD) fail_msg("'%s': result %d", cases[i].text, (int)result);
        if (fault != cases[i].fault && text.size && cases[i].text[0] != ' ')
            fail_msg("'%s': fault at %zu, expected %zu", cases[i].text, fault, cases[i].fault);
    }
    Decimal number;
    assert_int_equal(decimal_parse((Str){"1\0", 2}, &number, &arena, NULL), DECIMAL_BAD);
    assert_int_equal(decimal_parse((Str){NULL, 0}, &number, &arena, NULL), DECIMAL_BAD);
    arena_release(&arena);
}

static void test_parse_limit(void **state) {
    (void)state;
    Arena arena = {0};
    Buffer text = {0};
    Decimal number;
    buffer_add_repeat(&text, '0', DECIMAL_DIGITS - 1);
    buffer_add_char(&text, '5');
    assert_int_equal(decimal_parse(buffer_view(&text), &number, &arena, NULL), DECIMAL_LENIENT);
    assert_int_equal(number.digits, 5);
    buffer_add_char(&text, '5');
    assert_int_equal(decimal_parse(buffer_view(&text), &number, &arena, NULL), DECIMAL_TOO_LONG);
    assert_false(decimal_parse_literal(buffer_view(&text), &number, &arena));
    buffer_add_char(&text, 'x');
    assert_int_equal(decimal_parse(buffer_view(&text), &number, &arena, NULL), DECIMAL_BAD);
    text.size = 0;
    buffer_add_repeat(&text, '9', DECIMAL_DIGITS);
    assert_int_equal(decimal_parse(buffer_view(&text), &number, &arena, NULL), DECIMAL_PLAIN);
    assert_true(str_equal(number.text, buffer_view(&text)));
    buffer_add_repeat(&text, '9', (size_t)3 * DECIMAL_DIGITS);
    assert_int_equal(decimal_parse(buffer_view(&text), &number, &arena, NULL), DECIMAL_TOO_LONG);
    buffer_release(&text);
    arena_release(&arena);
}

static void test_literal(void **state) {
    (void)state;
    static const struct {
        const char *text, *written; /* NULL: refused */
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.0", "0.0"},
        {"12.50", "12.50"},
        {"1e3", "1000"},
        {"1E+3", "1000"},
        {"1.50e1", "15.0"},
        {"1.5e3", "1500"},
        {"1e-3", "0.001"},
        {"-12.5e-3", "-0.0125"},
        {"0e399", "0"},
        {"0.0e9999", "0"},
        {"0e-2", "0.00"},
        {"1e-05", "0.00001"},
        {"-1e20", "-100000000000000000000"},
        {"1e00000000003", "1000"},
        {"12345678901234567890.5e1", "123456789012345678905"},
        {"", NULL},
        {"-", NULL},
        {"+1", NULL},
        {"007", NULL},
        {"1,234", NULL},
        {" 1", NULL},
        {"1 ", NULL},
        {".5", NULL},
        {"5.", NULL},
        {"1e", NULL},
        {"1e+", NULL},
        {"1e5.0", NULL},
        {"inf", NULL},
        {"nan", NULL},
        {"0x1p3", NULL},
        {"1e400", NULL},
        {"1e-400", NULL},
        {"1e99999999999999999999", NULL},
        {"1e-99999999999999999999", NULL},
        {"\u25b3"
         "5",
         NULL},
        {"\uff15", NULL},
        {"1e\uff15", NULL},
    };
    Arena arena = {0};
    Buffer out = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Decimal number;
        bool read = decimal_parse_literal(str_of(cases[i].text), &number, &arena);
        if (read != (cases[i].written != NULL))
            fail_msg("'%s': %s", cases[i].text, read ? "accepted" : "refused");
        if (!read) continue;
        decimal_write(&out, &number);
        check_text(&out, cases[i].written, cases[i].text);
    }
    Decimal number;
    assert_true(decimal_parse_literal(STR("1e399"), &number, &arena));
    assert_int_equal(number.text.size, DECIMAL_DIGITS);
    assert_true(decimal_parse_literal(STR("1e-399"), &number, &arena));
    assert_int_equal(number.scale, DECIMAL_DIGITS - 1);
    buffer_release(&out);
    arena_release(&arena);
}

/* Random digits with a point somewhere; the rational is made from the parts, not from the text. */
static void test_parse_against_rational(void **state) {
    (void)state;
    uint64_t seed = 1;
    Arena arena = {0};
    Buffer text = {0}, digits = {0}, out = {0};
    mpq_t expected, found;
    mpq_inits(expected, found, NULL);
    for (int run = 0; run < RUNS; run++) {
        text.size = digits.size = out.size = 0;
        unsigned whole = 1 + below(&seed, run % 10 == 0 ? 60 : 12),
                 places = below(&seed, run % 10 == 0 ? 60 : 12);
        bool negative = below(&seed, 2), commas = below(&seed, 4) == 0;
        if (negative) buffer_add_char(&text, '-');
        for (unsigned i = 0; i < whole + places; i++) {
            char digit = (char)('0' + (i == 0 && whole > 1 ? 1 + below(&seed, 9) : below(&seed, 10)));
            if (i == whole) buffer_add_char(&text, '.');
            if (commas && i > 0 && i < whole && (whole - i) % 3 == 0) buffer_add_char(&text, ',');
            buffer_add_char(&text, digit);
            buffer_add_char(&digits, digit);
        }
        mpz_set_str(mpq_numref(expected), buffer_text(&digits), 10);
        mpz_ui_pow_ui(mpq_denref(expected), 10, places);
        if (negative) mpq_neg(expected, expected);
        mpq_canonicalize(expected);

        Decimal number;
        DecimalParse result = decimal_parse(buffer_view(&text), &number, &arena, NULL);
        if (result != (commas && whole > 3 ? DECIMAL_LENIENT : DECIMAL_PLAIN))
            fail_msg("'%s': result %d", buffer_text(&text), (int)result);
        decimal_to_rational(&number, found);
        if (!mpq_equal(found, expected) || number.scale != places) fail_msg("'%s'", buffer_text(&text));
        decimal_write(&out, &number);
        if (!commas && mpq_sgn(expected) != 0) check_text(&out, buffer_text(&text), "written");
    }
    mpq_clears(expected, found, NULL);
    buffer_release(&text);
    buffer_release(&digits);
    buffer_release(&out);
    arena_release(&arena);
}

static void test_compare(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        {"1", "1.00", 0},
        {"1", "2", -1},
        {"-1", "0.5", -1},
        {"0.0", "0", 0},
        {"97.05", "97.049", 1},
        {"9223372036854775807", "0.5", 1},
        {"9223372036854775807", "9223372036854775807.0", 0},
        {"9223372036854775808", "9223372036854775807", 1},
        {"-12345678901234567890", "12345678901234567890", -1},
        {"0.0000000000000000000000001", "0", 1},
        {"0.0000000000000000000000001", "1", -1},
    };
    Arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Decimal a, b;
        decimal_parse(str_of(cases[i].a), &a, &arena, NULL);
        decimal_parse(str_of(cases[i].b), &b, &arena, NULL);
        int order = decimal_compare(&a, &b), back = decimal_compare(&b, &a);
        if (order != cases[i].order || back != -order)
            fail_msg("%s %s: %d %d", cases[i].a, cases[i].b, order, back);
    }
    Decimal least = decimal_of(INT64_MIN), most = decimal_of(INT64_MAX), zero = decimal_of(0);
    assert_int_equal(decimal_compare(&least, &most), -1);
    assert_true(decimal_is_zero(&zero));
    assert_false(decimal_is_zero(&least));
    Buffer out = {0};
    decimal_write(&out, &least);
    check_text(&out, "-9223372036854775808", "INT64_MIN");
    buffer_release(&out);
    arena_release(&arena);
}

static bool some_shorter_reads_back(double value, int digits) {
    char text[40];
    for (int fewer = 1; fewer < digits; fewer++) {
        snprintf(text, sizeof text, "%.*e", fewer - 1, value);
        if (strtod(text, NULL) == value) return true;
    }
    return false;
}

static int significant(const char *text) {
    int count = 0, zeros = 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && count == 0)) continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

static void check_shortest(double value, Arena *arena, Buffer *out) {
    Decimal number;
    out->size = 0;
    if (!decimal_from_double(value, &number, arena)) fail_msg("%a refused", value);
    decimal_write(out, &number);
    const char *text = buffer_text(out);
    if (strtod(text, NULL) != value) fail_msg("%a: '%s' reads back as %a", value, text, strtod(text, NULL));
    if (fabs(value) < 0x1p53 && some_shorter_reads_back(value, significant(text)))
        fail_msg("%a: '%s' is not the shortest", value, text);
    double error, again = decimal_to_double(&number, &error);
    if (again != value) fail_msg("%a: '%s' becomes %a", value, text, again);
}

static void test_from_double(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {0.1, "0.1"},
        {97.0, "97"},
        {-2.5, "-2.5"},
        {1e15, "1000000000000000"},
        {0.92, "0.92"},
        {100000, "100000"},
        {1e22, "10000000000000000000000"},
        {0x1p-44, "0.00000000000005684341886080802"},
        {66.35, "66.35"},
        {1e-7, "0.0000001"},
        {9007199254740993.0, "9007199254740992"},
        {-9223372036854775808.0, "-9223372036854776000"},
    };
    Arena arena = {0};
    Buffer out = {0};
    Decimal number;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(decimal_from_double(cases[i].value, &number, &arena));
        decimal_write(&out, &number);
        check_text(&out, cases[i].text, "double");
    }
    assert_false(decimal_from_double((double)NAN, &number, &arena));
    assert_false(decimal_from_double((double)INFINITY, &number, &arena));
    assert_false(decimal_from_double((double)-INFINITY, &number, &arena));
    static const double edges[] = {DBL_MAX,      -DBL_MAX,         DBL_MIN,
                                   DBL_TRUE_MIN, 3 * DBL_TRUE_MIN, DBL_MIN - DBL_TRUE_MIN};
    for (size_t i = 0; i < COUNT(edges); i++) check_shortest(edges[i], &arena, &out);
    uint64_t seed = 2;
    for (int run = 0; run < RUNS; run++) check_shortest(random_finite(&seed), &arena, &out);
    buffer_release(&out);
    arena_release(&arena);
}

static void test_to_double(void **state) {
    (void)state;
    uint64_t seed = 3;
    Arena arena = {0};
    Buffer text = {0};
    mpq_t exact, away, bound;
    mpq_inits(exact, away, bound, NULL);
    for (int run = 0; run < RUNS; run++) {
        text.size = 0;
        if (below(&seed, 2)) buffer_add_char(&text, '-');
        unsigned digits = 1 + below(&seed, run % 4 == 0 ? 30 : 17);
        buffer_add_char(&text, (char)('1' + below(&seed, 9)));
        for (unsigned i = 1; i < digits; i++) buffer_add_char(&text, (char)('0' + below(&seed, 10)));
        buffer_addf(&text, "e%d", (int)below(&seed, run % 3 == 0 ? 690 : 30) - (run % 3 == 0 ? 345 : 25));
        Decimal number;
        if (!decimal_parse_literal(buffer_view(&text), &number, &arena)) continue;
        double error, value = decimal_to_double(&number, &error);
        if (value != strtod(buffer_text(&text), NULL)) fail_msg("'%s' becomes %a", buffer_text(&text), value);
        if (!isfinite(value)) {
            assert_true(isinf(error));
            continue;
        }
        decimal_to_rational(&number, exact);
        mpq_set_d(away, value);
        mpq_sub(away, away, exact);
        mpq_abs(away, away);
        mpq_set_d(bound, error);
        if (mpq_cmp(away, bound) > 0) fail_msg("'%s': error above %a", buffer_text(&text), error);
    }
    mpq_clears(exact, away, bound, NULL);
    double error;
    Decimal number = decimal_of((int64_t)1 << 53);
    assert_true(decimal_to_double(&number, &error) == 0x1p53 && error == 0);
    assert_true(decimal_to_double(&number, NULL) == 0x1p53);
    number = (Decimal){.digits = 0, .scale = 300};
    assert_true(decimal_to_double(&number, &error) == 0 && error == 0);
    buffer_release(&text);
    arena_release(&arena);
}

static void test_trim(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"97.0", "97"}, {"97.50", "97.5"}, {"100", "100"},
                                           {"0.00", "0"},  {"0", "0"},        {"-1.230", "-1.23"}};
    Buffer out = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        buffer_add(&out, STR("a.0 "));
        buffer_add(&out, str_of(cases[i][0]));
        decimal_trim(&out, 4);
        char expected[20];
        snprintf(expected, sizeof expected, "a.0 %s", cases[i][1]);
        check_text(&out, expected, cases[i][0]);
    }
    buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_bad),
        cmocka_unit_test(test_parse_limit),
        cmocka_unit_test(test_literal),
        cmocka_unit_test(test_parse_against_rational),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_from_double),
        cmocka_unit_test(test_to_double),
        cmocka_unit_test(test_trim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
