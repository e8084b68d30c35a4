#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Few rows and units at a time, so that small data are shared out. */
#define EVALUATE_STRETCH ((size_t)3)
#define LEVELS_STRETCH   ((size_t)2)
#define JUDGE_STRETCH    ((size_t)2)
#include "model/evaluate.c"

#undef FAILURES_SHOWN
#define set_answer  levels_set_answer
#define add_failure levels_add_failure
#include "model/levels.c"

#include "model/judge.c"

#include "model/export.h"
#include "ruletext.h"

static const char *const rules[] = {
    "title = 't'",
    ("special = { { when = { unit = 'v', project = 'p1' }, because = 'x', rate = 50 },"
     "{ when = { unit = 'u', project = 'p2' }, because = 'y', exclude = true } },"
     "project = { rate = mean, missing = 'zero' }"),
    ("rate = { { when = { unit = 'v' }, max(0, 100 - abs(field.actual - field.target)) },"
     "{ field.actual / field.target * 100 } }, department = { rate = median, missing = 'leave_out' },"
     "bureau = { rate = mean, missing = 'leave_out' }"),
    ("verdict = { { 'R', key = 'r', at_most = param.cut, any_indicator = { below = 50 } }, { 'G', key = 'g' } },"
     "project = { rate = max, missing = 'leave_out' }"),
    "verdict = { ties = 'better', { 'G', key = 'g', share = 50 }, { 'R', key = 'r', share = 50 } }, params = nil",
    /* in order, by one thread: a special case that changes projects */
    "special = { { when = { project = 'p3' }, because = 'z', points = -2.5 } }",
};

/* Rates of 80 often, exactly or but for a last digit. */
static void random_rows(Buffer *csv, uint64_t *random) {
    static const char *const numbers[] = {"100", "80", "0",   "",   "12.5",
                                          "10",  "3",  "2.4", "-5", "79.9999999999"};
    buffer_add(csv, STR(HEADER "\n"));
    for (size_t row = 0, rows = 1 + random_below(random, 80); row < rows; row++)
        buffer_addf(csv, "b%zu,d,p%zu,i%zu,%s,%s,%s\n", random_below(random, 3), random_below(random, 9), row,
                    random_below(random, 2) ? "u" : "v", numbers[random_below(random, COUNT(numbers))],
                    numbers[random_below(random, COUNT(numbers))]);
}

static void write_results(const Trial *trial, unsigned threads, Buffer *out) {
    Diag *diag = diag_new();
    plan_set_threads(trial->plan, threads);
    Results *results = evaluate(trial->plan, trial->dataset, NULL, diag);
    out->size = 0;
    if (results) {
        export_json(results, out);
        buffer_addf(out, "%zu checks\n", results_exact_checks(results));
        for (size_t i = 0; i < trial->plan->special_count; i++)
            buffer_addf(out, "%zu rows\n", results->special_rows[i]);
    }
    faults_brief(out, diag);
    results_free(results);
    diag_free(diag);
}

static void test_threads_agree(void **state) {
    (void)state;
    static const unsigned threads[] = {2, 3, 8};
    uint64_t random = 11;
    size_t checks = 0;
    for (size_t i = 0; i < RANDOM_ROUNDS(20) * COUNT(rules); i++) {
        Buffer csv = {0}, one = {0}, found = {0};
        random_rows(&csv, &random);
        Trial trial = trial_good(rules[i % COUNT(rules)], buffer_view(&csv), NULL);
        write_results(&trial, 1, &one);
        checks += results_exact_checks(trial.results);
        for (size_t k = 0; k < COUNT(threads); k++) {
            write_results(&trial, threads[k], &found);
            expect_text(rules[i % COUNT(rules)], &found, buffer_text(&one));
        }
        trial_end(&trial);
        Buffer *all[] = {&csv, &one};
        for (size_t k = 0; k < COUNT(all); k++) buffer_release(all[k]);
    }
    assert_in_range(checks, RANDOM_ROUNDS(10), SIZE_MAX);
}

/* Whether 1/(target - 0.3) has a value, doubles cannot tell for a target next to 0.3: its exact value needs
 * more than 6 bits. The first such row is told, though other threads find the later ones. */
static void test_first_beyond(void **state) {
    (void)state;
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\n"));
    for (size_t row = 0; row < 14; row++)
        buffer_addf(&csv, "b,d,p,i%zu,u,%s,1\n", row,
                    row == 7 || row >= 12 ? "0.3000000000000000000001" : "1");
    Trial trial = trial_good("rate = { { field.actual / field.target * 100 } }", buffer_view(&csv), NULL);
    Diag *diag = diag_new();
    Arena arena = {0};
    plan_free(trial.plan);
    trial.plan = plan_compile(STR("r.lua"),
                              ruletext_rules(&arena, "rate = { { field.actual / (field.target - 0.3) } }"),
                              NULL, 0, diag);
    assert_non_null(trial.plan);
    trial.plan->exact_bits = 6;
    for (unsigned threads = 1; threads <= 8; threads++) {
        Buffer found = {0};
        write_results(&trial, threads, &found);
        expect_text("first", &found, "1 exact-limit: data row 8 (x.csv:9) | 6\n");
    }
    diag_free(diag);
    arena_release(&arena);
    trial_end(&trial);
    buffer_release(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads_agree),
                                       cmocka_unit_test(test_first_beyond)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
