#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Few projects at a time, so that small data are shared out. */
#define LIGHT_STRETCH ((size_t)3)
#include "model/light.c"

#include "model/export.h"
#include "model/export_level.h"
#include "model/runmap.h"
#include "ruletext.h"

/* What a rule set lets results do without. */
typedef enum Holds { HOLDS_VERDICTS, HOLDS_PROJECTS, HOLDS_ROWS } Holds;

static const struct {
    const char *rules;
    Holds least;
} rule_sets[] = {
    {"title = 't'", HOLDS_VERDICTS},
    {"special = { { when = { unit = 'v', project = 'p1' }, because = 'x', rate = 50 },"
     "{ when = { unit = 'u', project = 'p2' }, because = 'y', exclude = true } },"
     "project = { rate = mean, missing = 'zero' }",
     HOLDS_VERDICTS},
    {"special = { { when = { unit = 'u' }, because = 'y', exclude = true } },"
     "project = { rate = mean, missing = 'missing' }",
     HOLDS_VERDICTS},
    {"rate = { { when = { unit = 'v' }, max(0, 100 - abs(field.actual - field.target)) },"
     "{ field.actual / field.target * 100 } }, department = { rate = median, missing = 'leave_out' },"
     "bureau = { rate = mean, missing = 'leave_out' }",
     HOLDS_PROJECTS},
    {"rate = { { when = { unit = 'v' }, field.actual / field.target * 100 } }", HOLDS_VERDICTS},
    {"verdict = { ties = 'better', { 'G', key = 'g', share = 50 }, { 'R', key = 'r', share = 50 } }, params = nil",
     HOLDS_PROJECTS},
    {"verdict = { { 'R', key = 'r', at_most = param.cut, any_indicator = { below = 50 } }, { 'G', key = 'g' } }",
     HOLDS_ROWS},
    {"project = { rate = max, missing = 'leave_out' }", HOLDS_ROWS},
    {"special = { { when = { project = 'p3' }, because = 'z', points = -2.5 } }", HOLDS_ROWS},
    {"bureau = { rate = mean, from = 'indicators', missing = 'leave_out' }", HOLDS_ROWS},
};

/* Projects one behind the other, rates of 80 often, exactly or but for a last digit. */
static void random_rows(Buffer *csv, size_t longest, uint64_t *random) {
    static const char *const numbers[] = {"100", "80", "0",   "",   "12.5",
                                          "10",  "3",  "2.4", "-5", "79.9999999999"};
    buffer_add(csv, STR(HEADER "\n"));
    for (size_t project = 0, projects = 1 + random_below(random, 12); project < projects; project++)
        for (size_t row = 0, rows = 1 + random_below(random, longest); row < rows; row++)
            buffer_addf(csv, "b%zu,d%zu,p%zu,i,%s,%s,%s\n", project / 6, project / 3, project % 3,
                        random_below(random, 2) ? "u" : "v", numbers[random_below(random, COUNT(numbers))],
                        numbers[random_below(random, COUNT(numbers))]);
}

/* All that can be asked of results. */
static void describe(const Results *results, Buffer *out) {
    const Dataset *dataset = results_dataset(results);
    mpq_t rate;
    mpq_init(rate);
    export_json(results, out);
    export_level(results, EXPORT_INDICATOR, EXPORT_CSV, out);
    export_level(results, EXPORT_PROJECT, EXPORT_JSON, out);
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        const Case *decided = results_row_case(results, row);
        buffer_addf(out, "%s %d %a ", decided ? decided->path.data : "-",
                    (int)results_row_special(results, row), results_row_rate(results, row));
        if (results_row_exact(results, row, rate) == MISSING_NONE)
            decimal_round(out, rate, 12, ROUNDING_DOWN);
        buffer_addf(out, " %s\n", missing_name(results_row_missing(results, row)));
    }
    for (size_t project = 0; project < dataset_level_size(dataset, LEVEL_PROJECT); project++) {
        Guess guess = results_guess(results, LEVEL_PROJECT, project);
        bool there = results_unit_exact(results, LEVEL_PROJECT, project, rate) == MISSING_NONE;
        assert_int_equal(there, guess.missing == MISSING_NONE);
        assert_true(!there ||
                    fabs(mpq_get_d(rate) - guess.value) <= guess.error + fabs(guess.value) * 0x1p-52);
        buffer_addf(out, "%u %s\n", results_verdict(results, project), missing_name(guess.missing));
    }
    for (Missing reason = 0; reason < MISSING_COUNT; reason++)
        buffer_addf(out, "%zu ", results_missing_rows(results, reason));
    for (size_t i = 0; i < results_plan(results)->special_count; i++)
        buffer_addf(out, "%zu rows ", results_special_rows(results, i));
    mpq_clear(rate);
}

static Results *expect_same(const Trial *trial, const char *rules, EvaluateKeep keep, Buffer *whole) {
    Buffer found = {0};
    Diag *diag = diag_new();
    Results *results = evaluate_keeping(keep, trial->plan, trial->dataset, NULL, diag);
    assert_non_null(results);
    describe(results, &found);
    faults_brief(&found, diag);
    expect_text(rules, &found, buffer_text(whole));
    diag_free(diag);
    return results;
}

/* Results that hold less answer all questions as those that hold everything. */
static void compare_ways(const char *rules, Str csv, Holds least) {
    Trial trial = trial_good(rules, csv, NULL);
    Diag *diag = diag_new();
    Buffer whole = {0};
    Results *held = evaluate(trial.plan, trial.dataset, NULL, diag);
    assert_non_null(held);
    describe(held, &whole);
    faults_brief(&whole, diag);
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        plan_set_threads(trial.plan, threads);
        Results *projects = expect_same(&trial, rules, EVALUATE_KEEP_PROJECTS, &whole);
        Results *verdicts = expect_same(&trial, rules, EVALUATE_KEEP_VERDICTS, &whole);
        assert_int_equal(projects->rate != NULL, least == HOLDS_ROWS);
        assert_int_equal(verdicts->rate != NULL, least == HOLDS_ROWS);
        assert_int_equal(verdicts->units[LEVEL_PROJECT].value != NULL, least != HOLDS_VERDICTS);
        results_free(projects);
        results_free(verdicts);
    }
    results_free(held);
    buffer_release(&whole);
    diag_free(diag);
    trial_end(&trial);
}

static void test_same_answers(void **state) {
    (void)state;
    uint64_t random = 5;
    for (size_t i = 0; i < 12 * COUNT(rule_sets); i++) {
        Buffer csv = {0};
        random_rows(&csv, i % 3 ? 7 : 4, &random);
        compare_ways(rule_sets[i % COUNT(rule_sets)].rules, buffer_view(&csv),
                     rule_sets[i % COUNT(rule_sets)].least);
        buffer_release(&csv);
    }
}

/* A project of more rows than a block has, between others. */
static void test_long_project(void **state) {
    (void)state;
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\nb,d,p,i,u,100,80\nb,d,p,i,u,100,\n"));
    for (size_t row = 0; row < FORMULA_BLOCK + 2; row++)
        buffer_addf(&csv, "b,d,q,i,u,100,%s\n", row % 2 ? "79.5" : "80.5");
    buffer_add(&csv, STR("b,d,r,i,u,3,2\n"));
    compare_ways("title = 't'", buffer_view(&csv), HOLDS_VERDICTS);
    buffer_release(&csv);
}

/* Rows of a project that stand apart: everything is held. */
static void test_apart(void **state) {
    (void)state;
    compare_ways("title = 't'", STR(HEADER "\nb,d,p,i,u,100,80\nb,d,q,i,u,9,9\nb,d,p,j,u,100,80\n"),
                 HOLDS_ROWS);
}

/* An exact value that is too large is told as ever: the first row's. */
static void test_beyond(void **state) {
    (void)state;
    Trial trial =
        trial_good("title = 't'",
                   STR(HEADER "\nb,d,p,i,u,100,80\nb,d,q,i,u,7,3\nb,d,r,i,u,0.3000000000000000001,1\n"
                              "b,d,s,i,u,,1\nb,d,t,i,u,0.3000000000000000001,1\n"),
                   NULL);
    Arena arena = {0};
    plan_free(trial.plan);
    trial.plan = plan_compile(STR("r.lua"),
                              ruletext_rules(&arena, "rate = { { field.actual / (field.target - 0.3) } }"),
                              NULL, 0, trial.diag);
    assert_non_null(trial.plan);
    trial.plan->exact_bits = 12;
    for (EvaluateKeep keep = EVALUATE_KEEP_ROWS; keep <= EVALUATE_KEEP_VERDICTS; keep++) {
        Buffer found = {0};
        Diag *diag = diag_new();
        assert_null(evaluate_keeping(keep, trial.plan, trial.dataset, NULL, diag));
        faults_brief(&found, diag);
        expect_text("beyond", &found, "1 exact-limit: data row 3 (x.csv:4) | 12\n");
        diag_free(diag);
    }
    arena_release(&arena);
    trial_end(&trial);
}

static void expect_fraction(Fraction found, mpq_srcptr wanted) {
    mpq_t value;
    mpq_init(value);
    mpq_set_si(value, found.above, (unsigned long)found.below); /* in lowest terms, or it is not equal */
    assert_true(mpq_equal(value, wanted));
    mpq_clear(value);
}

/* Sums and shares as GMP has them, or none where a part takes more than 64 bits. */
static void test_fractions(void **state) {
    (void)state;
    uint64_t random = 3;
    size_t found = 0, none = 0;
    mpq_t a, b;
    mpq_inits(a, b, NULL);
    for (size_t i = 0; i < RANDOM_ROUNDS(20000); i++) {
        unsigned bits = 1 + (unsigned)random_below(&random, 62);
        int64_t parts[4];
        for (size_t k = 0; k < 4; k++)
            parts[k] = (int64_t)(next_random(&random) >> (63 - bits)) - ((int64_t)1 << bits / 2);
        size_t count = 1 + random_below(&random, 9);
        Fraction x, y, sum;
        if (!fraction_make(parts[0], parts[1], &x) || !fraction_make(parts[2], parts[3], &y)) continue;
        mpq_set_si(a, x.above, (unsigned long)x.below);
        mpq_set_si(b, y.above, (unsigned long)y.below);
        mpq_add(a, a, b);
        bool good = fraction_add(x, y, &sum) && fraction_share(sum, count, &sum);
        none += !good;
        found += good;
        mpq_set_ui(b, count, 1);
        mpq_div(a, a, b);
        if (good) expect_fraction(sum, a);
    }
    mpq_clears(a, b, NULL);
    assert_in_range(found, RANDOM_ROUNDS(1000), SIZE_MAX);
    assert_in_range(none, RANDOM_ROUNDS(1000), SIZE_MAX);
    Fraction out;
    assert_false(fraction_make(1, 0, &out));
    assert_false(fraction_make(INT64_MIN, 1, &out));
    assert_true(fraction_make(6, -4, &out));
    assert_int_equal(out.above, -3);
    assert_int_equal(out.below, 2);
    assert_true(fraction_make(0, -7, &out));
    assert_int_equal(out.below, 1);
    assert_true(fraction_make(INT64_MAX, 1, &out));
    assert_false(fraction_add(out, (Fraction){1, 1}, &out));
}

static void test_runmap(void **state) {
    (void)state;
    static const size_t begins[] = {0, 1, 62, 63, 64, 65, 127, 128, 200, 299};
    RunMap map;
    runmap_begin(&map, 300);
    for (size_t i = 0; i < COUNT(begins); i++) runmap_add(&map, begins[i]);
    runmap_finish(&map, 300);
    for (size_t row = 0, run = 0; row < 300; row++) {
        if (run + 1 < COUNT(begins) && row == begins[run + 1]) run++;
        assert_int_equal(runmap_begins(&map, row), row == begins[run]);
        assert_int_equal(runmap_find(&map, row), run);
    }
    runmap_release(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_answers), cmocka_unit_test(test_long_project),
        cmocka_unit_test(test_apart),        cmocka_unit_test(test_beyond),
        cmocka_unit_test(test_fractions),    cmocka_unit_test(test_runmap)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
