#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ruletext.h"

#define FAR  "verdict = { { 's', key = 's', at_most = 1 }, { 'n', key = 'n' } }"
#define NEAR "verdict = { { 's', key = 's', at_most = 23.8095238095238095238 }, { 'n', key = 'n' } }"
#define UNIT "project = { rate = mean }, " NEAR
/* 100/3 and 100/7: 9 and 10 bits; their sum 1000/21 has 15, their mean 500/21 (23.80952380952380952380952…)
 * 14 */
#define SEVENTHS "b,d,p,i,u,3,1\nb,d,p,j,u,7,1\n"

/* Evaluation of RULES_2019 with changes; `bits` do, one less is too few, as `message` says. */
static const struct {
    const char *changes, *rows;
    size_t bits;
    const char *message;
} cases[] = {
    /* 200/3 and 280/3 (11 bits) have a mean of exactly 80 */
    {"", "b,d,p,i,u,3,2\nb,d,p,j,u,15,14\n", 11, "data row 2 (x.csv:3) | 10"},
    {UNIT, SEVENTHS, 15, "project p | 14"},
    {"project = { rate = median }, " NEAR, SEVENTHS, 15, "project p | 14"},
    {"project = { rate = trimmed(0.1) }, " NEAR, SEVENTHS, 15, "project p | 14"},
    {"project = { rate = weighted_mean('target'), weights = 'normalised' }, "
     "verdict = { { 's', key = 's', at_most = 20 }, { 'n', key = 'n' } }", /* (3 x 100/3 + 7 x 100/7) / 10 */
     SEVENTHS, 10, "data row 2 (x.csv:3) | 9"},
    {"project = { rate = weighted_mean('actual'), weights = 'normalised' }, " NEAR, SEVENTHS, 15,
     "project p | 14"},
    {"project = { rate = pooled }, verdict = { { 's', key = 's', at_most = 20 }, { 'n', key = 'n' } }",
     SEVENTHS, 10, "data row 2 (x.csv:3) | 9"},
    /* forced shares: two projects of 500/21 each are compared exactly */
    {"verdict = { ties = 'better', { 'T', key = 't', share = 50 }, { 'L', key = 'l', share = 50 } }",
     SEVENTHS "b,d,q,i,u,7,1\nb,d,q,j,u,3,1\n", 15, "project p | 14"},
    /* any_indicator looks at rows: 1/3 x 100 is at most 33.333… with 22 places */
    {"verdict = { { 's', key = 's', at_most = 1, any_indicator = { at_most = 33.3333333333333333333333 } }, "
     "{ 'n', key = 'n' } }",
     "b,d,p,i,u,3,1\n", 9, "data row 1 (x.csv:2) | 8"},
    /* a department: its projects are 100/3 and 100/7 */
    {FAR ", department = { rate = mean, verdict = { { 's', key = 's', at_most = 23.8095238095238095238 }, "
         "{ 'n', key = 'n' } } }",
     "b,d,p,i,u,3,1\nb,d,q,j,u,7,1\n", 15, "department d | 14"},
    {FAR ", bureau = { rate = mean, verdict = { { 's', key = 's', at_most = 23.8095238095238095238 }, "
         "{ 'n', key = 'n' } } }, department = { rate = mean }",
     "b,d,p,i,u,3,1\nb,e,q,j,u,7,1\n", 15, "bureau b | 14"},
    /* conditions: 3/2 (4 bits) against 2 x 0.75 (4 bits) of 0.75 = 3/4 (5 bits) */
    {FAR ", rate = { { when = when(field.actual / field.target):at_most(2 * 0.75), 100 }, { 50 } }",
     "b,d,p,i,u,2,3\n", 5, "data row 1 (x.csv:2) | 4"},
};

static Results *evaluate_within(Trial *trial, size_t bits) {
    diag_clear(trial->diag);
    trial->plan->exact_bits = bits;
    return evaluate(trial->plan, trial->dataset, NULL, trial->diag);
}

static void test_evaluation(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Buffer csv = {0}, found = {0}, wanted = {0};
        buffer_addf(&csv, HEADER "\n%s", cases[i].rows);
        Trial trial = trial_good(cases[i].changes, buffer_view(&csv), NULL);
        Results *enough = evaluate_within(&trial, cases[i].bits);
        if (!enough) fail_msg("%s: %zu bits should do", cases[i].changes, cases[i].bits);
        results_free(enough);
        assert_null(evaluate_within(&trial, cases[i].bits - 1));
        faults_brief(&found, trial.diag);
        buffer_addf(&wanted, "1 exact-limit: %s\n", cases[i].message);
        expect_text(cases[i].changes, &found, buffer_text(&wanted));
        assert_int_equal(diag_exit_code(trial.diag), EXIT_LIMIT);
        trial_end(&trial);
        buffer_release(&csv);
        buffer_release(&wanted);
    }
}

/* 1/8 is 12.5 %: a tie for rounding to a whole number, far from the cut. Its parts need 8 bits (100). */
static void test_printing(void **state) {
    (void)state;
    Trial trial = trial_good(FAR, STR(HEADER "\nb,d,p,i,u,1,1\nb,d,q,i,u,8,1\n"), NULL);
    Buffer out = {0}, found = {0};
    Results *results = evaluate_within(&trial, 8);
    results_print_unit(results, LEVEL_PROJECT, 1, &out);
    assert_string_equal(buffer_text(&out), "13");
    assert_false(results_refuse(results, trial.diag));
    results_free(results);

    results = evaluate_within(&trial, 7);
    assert_non_null(results);
    assert_false(results_refuse(results, trial.diag));
    out.size = 0;
    results_print_row(results, 1, &out);
    results_print_unit(results, LEVEL_PROJECT, 1, &out);
    assert_int_equal(out.size, 0);
    assert_true(results_refuse(results, trial.diag));
    faults_brief(&found, trial.diag);
    expect_text("printing", &found, "1 exact-limit: data row 2 (x.csv:3) | 7\n");
    results_free(results);
    buffer_release(&out);
    trial_end(&trial);
}

static Missing power_within(Trial *trial, size_t bits) {
    Results *results = evaluate_within(trial, bits);
    mpq_t value;
    mpq_init(value);
    Missing reason = results_row_exact(results, 0, value);
    mpq_clear(value);
    results_free(results);
    return reason;
}

/* A power is not even begun when 64 times the 3 bits of 1/3 are too many. */
static void test_power(void **state) {
    (void)state;
    Trial trial =
        trial_good("rate = (field.actual / field.target) ^ 64", STR(HEADER "\nb,d,p,i,u,3,1\n"), NULL);
    assert_int_equal(power_within(&trial, 192), MISSING_NONE);
    assert_int_equal(power_within(&trial, 191), MISSING_TOO_LARGE);
    assert_int_equal(power_within(&trial, 63), MISSING_TOO_LARGE);
    trial_end(&trial);
}

/* Rates 50 x 10^399 / (10^399 + k), each with some 1320 bits below: a sum of n has n times as many, and as
 * many above. 300 x 2 x 1320 is 792,000; 450 x 2 x 1320 is 1,188,000. */
static Missing mean_of_long(size_t rows) {
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\n"));
    for (size_t i = 0; i < rows; i++) {
        buffer_add(&csv, STR("b,d,p,i,u,1"));
        for (size_t k = 0; k < 395; k++) buffer_add_char(&csv, '0');
        buffer_addf(&csv, "%04zu,5", 2 * i + 1);
        for (size_t k = 0; k < 398; k++) buffer_add_char(&csv, '0');
        buffer_add_char(&csv, '\n');
    }
    Trial trial = trial_good("", buffer_view(&csv), NULL);
    mpq_t value;
    mpq_init(value);
    Missing reason = results_unit_exact(trial.results, LEVEL_PROJECT, 0, value);
    mpq_clear(value);
    trial_end(&trial);
    buffer_release(&csv);
    return reason;
}

static void test_standard(void **state) {
    (void)state;
    assert_int_equal(DECIMAL_BITS, 1048576);
    assert_int_equal(mean_of_long(300), MISSING_NONE);
    assert_int_equal(mean_of_long(450), MISSING_TOO_LARGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evaluation),
        cmocka_unit_test(test_printing),
        cmocka_unit_test(test_power),
        cmocka_unit_test(test_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
