/* arrange: rows in another order; periods: the weighted mean, with doubles and exactly. */
#include "base/memory.h"
#include "model/arrange.h"
#include "model/periods.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_cells(void **state) {
    (void)state;
    uint32_t cells[] = {10, 11, 12, 13}, order[] = {2, 0, 3, 1}, wanted[] = {12, 10, 13, 11};
    char scratch[sizeof cells];
    arrange_cells(cells, sizeof *cells, order, 4, scratch);
    assert_memory_equal(cells, wanted, sizeof cells);
    arrange_cells(NULL, 1, NULL, 0, NULL);
}

static void test_texts(void **state) {
    (void)state;
    /* rows 0 and 3 have texts; 0 becomes 2, 3 becomes 1 */
    uint32_t rows[] = {0, 3}, moved[] = {2, 0, 3, 1};
    Str texts[] = {STR("zero"), STR("three")};
    arrange_texts(rows, texts, 2, moved);
    assert_int_equal(rows[0], 1);
    assert_int_equal(rows[1], 2);
    assert_true(str_is(texts[0], "three") && str_is(texts[1], "zero"));
}

static void test_groups(void **state) {
    (void)state;
    /* owner 0: rows 1 and 3; owner 1: none; owner 2: row 0; row 2 has none */
    uint32_t owners[] = {2, 0, UINT32_MAX, 0}, moved[] = {7, 6, 5, 4}, *starts, *rows;
    arrange_groups(owners, moved, 4, 3, &starts, &rows);
    const uint32_t wanted_starts[] = {0, 2, 2, 3}, wanted_rows[] = {6, 4, 7};
    assert_memory_equal(starts, wanted_starts, sizeof wanted_starts);
    assert_memory_equal(rows, wanted_rows, sizeof wanted_rows);
    memory_free(starts);
    memory_free(rows);
}

/* Rates of rows 0 to 3: 90, 75, none (blank), too large. */
static Guess guess_of(const void *context, uint32_t row) {
    (void)context;
    static const Guess rates[] = {
        {90, 0, MISSING_NONE}, {75, 0, MISSING_NONE}, {0, 0, MISSING_BLANK}, {0, 0, MISSING_TOO_LARGE}};
    return rates[row];
}

static Missing exact_of(const void *context, uint32_t row, mpq_ptr out) {
    Guess rate = guess_of(context, row);
    mpq_set_ui(out, (unsigned long)rate.value, 1);
    return rate.missing;
}

static void test_mean(void **state) {
    (void)state;
    static const struct {
        uint32_t first, second;
        MissingChild policy;
        double rate;
        Missing missing;
    } cases[] = {
        {0, 1, MISSING_CHILD_SPREADS, 81, MISSING_NONE},  /* 36 + 45 */
        {1, 0, MISSING_CHILD_SPREADS, 84, MISSING_NONE},  /* 30 + 54 */
        {0, 2, MISSING_CHILD_LEFT_OUT, 90, MISSING_NONE}, /* only the first */
        {2, 1, MISSING_CHILD_ZERO, 45, MISSING_NONE},     /* 0.6 x 75 */
        {0, 2, MISSING_CHILD_SPREADS, 0, MISSING_BLANK},
        {UINT32_MAX, 1, MISSING_CHILD_SPREADS, 0, MISSING_NO_PERIOD},
        {UINT32_MAX, 1, MISSING_CHILD_ZERO, 45, MISSING_NONE},
        {UINT32_MAX, 2, MISSING_CHILD_LEFT_OUT, 0, MISSING_NO_PERIOD}, /* the first reason */
        {2, UINT32_MAX, MISSING_CHILD_ZERO, 0, MISSING_NONE},
        {0, 3, MISSING_CHILD_LEFT_OUT, 0, MISSING_TOO_LARGE}, /* no result is made of it */
        {0, 3, MISSING_CHILD_ZERO, 0, MISSING_TOO_LARGE},
    };
    PeriodShare shares[] = {{.weight = {.digits = 4, .scale = 1}}, {.weight = {.digits = 6, .scale = 1}}};
    PeriodRule rule = {.mode = PERIOD_WEIGHTED, .shares = shares, .count = 2};
    mpq_t exact;
    mpq_init(exact);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint32_t *rows[] = {&cases[i].first, &cases[i].second};
        rule.missing = cases[i].policy;
        Guess guess = periods_guess(&rule, rows, 0, guess_of, NULL);
        assert_int_equal(guess.missing, cases[i].missing);
        assert_int_equal(periods_exact(&rule, rows, 0, exact_of, NULL, exact), cases[i].missing);
        if (cases[i].missing != MISSING_NONE) continue;
        assert_true(mpq_cmp_si(exact, (long)cases[i].rate, 1) == 0);
        assert_true(guess.value - cases[i].rate <= guess.error && cases[i].rate - guess.value <= guess.error);
        assert_true(guess.error < 1e-9);
    }
    mpq_clear(exact);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cells), cmocka_unit_test(test_texts),
                                       cmocka_unit_test(test_groups), cmocka_unit_test(test_mean)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
