#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Units of four rows of the file below. */
static size_t enough_questions, enough_rows;
#define CUT_UNIT        ((size_t)68)
#define LATER_QUESTIONS enough_questions
#define LATER_ROWS      enough_rows
#include "io/cut.c"       /* NOLINT(bugprone-suspicious-include) */
#include "model/later.c"  /* NOLINT(bugprone-suspicious-include) */
#include "model/stream.c" /* NOLINT(bugprone-suspicious-include) */

#include "ruletext.h"

/* Twelve projects of one row, of 17 bytes: the units judge 3, 2 and 3 of them, two seams 2 each. */
static const char twelve[] = "bureau,department,project,indicator,unit,target,actual\n"
                             "b,d,A,i,u,100,80\nb,d,B,i,u,100,81\nb,d,C,i,u,100,80\nb,d,D,i,u,100,81\n"
                             "b,d,E,i,u,100,80\nb,d,F,i,u,100,81\nb,d,G,i,u,100,80\nb,d,H,i,u,100,81\n"
                             "b,d,I,i,u,100,80\nb,d,J,i,u,100,81\nb,d,K,i,u,100,80\nb,d,L,i,u,100,81\n";

/* ---- functions: each gives the actual; fn1 and fn3 answer from afar */

static size_t actual_column;
static Buffer asked; /* "3 2 ": questions at a time */

static bool begin_askers(void *context, const Plan *plan, const Dataset *sample, size_t count) {
    (void)context, (void)plan;
    assert_int_equal(count, 1);
    return dataset_find_column(sample, STR("actual"), &actual_column);
}

static AskedHow ask_rows(void *context, size_t asker, uint32_t function, const Stretch *stretch,
                         const uint32_t *rows, size_t count, Answer *answers, bool *lacks) {
    (void)context, (void)asker, (void)function, (void)lacks;
    buffer_addf(&asked, "%zu ", count);
    const int64_t *digits = stretch->numbers[actual_column].digits;
    for (size_t k = 0; k < count; k++)
        answers[k] = (Answer){.kind = ANSWER_NUMBER, .number = (double)digits[rows[k]]};
    return ASKED_ANSWERED;
}

static void end_askers(void *context) { (void)context; }

static bool is_far(void *context, size_t asker, uint32_t function) {
    (void)context, (void)asker;
    return function != 2;
}

static const RowAskers askers = {NULL, begin_askers, ask_rows, end_askers, is_far, NULL};

/* ---- the file on one thread */

static const struct {
    const char *name, *rules;
    size_t questions, rows;
    const char *asked;
    size_t calls;
} runs[] = {
    {"the first ones at once, the others together", "rate = fn1", 1000, 1000, "3 9 ", 12},
    {"whenever there are enough", "rate = fn1", 5, 1000, "3 5 4 ", 12},
    {"a unit with enough of its own", "rate = fn1", 3, 1000, "3 3 4 2 ", 12},
    {"two are enough", "rate = fn1", 2, 1000, "3 2 3 2 2 ", 12},
    {"whenever there are rows enough", "rate = fn1", 1000, 4, "3 5 4 ", 12},
    {"who answers at once is asked at once", "rate = fn2", 1000, 1000, "3 2 3 2 2 ", 12},
    /* A to C at once; F, G, J, K and what the seams hold, D and H, together */
    {"two functions, each for those of its own",
     "rate = { { when = { project = { 'A', 'B', 'F', 'J', 'D' } }, fn1 },"
     " { when = { project = { 'C', 'G', 'K', 'H' } }, fn3 }, { field.actual } }",
     1000, 1000, "2 1 3 3 ", 9},
    {"one of two answers at once",
     "rate = { { when = { project = { 'A', 'F', 'J' } }, fn1 },"
     " { when = { project = { 'B', 'G', 'K', 'D' } }, fn2 }, { field.actual } }",
     1000, 1000, "1 1 1 2 2 ", 7},
};

static void test_later(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Plan *plan = plan_compile(STR("r.lua"), ruletext_rules(&arena, runs[i].rules), NULL, 0, diag);
        assert_non_null(plan);
        const File file = {.path = STR("x.csv"), .bytes = str_of(twelve)};
        const LoadOptions load = {0};
        const StreamOptions options = {1, LEVEL_BUREAU, &askers};
        Streamed streamed;
        enough_questions = runs[i].questions;
        enough_rows = runs[i].rows;
        asked.size = 0;
        assert_true(stream_counts(plan, &file, &load, &options, &streamed, diag));
        if (!str_is(buffer_view(&asked), runs[i].asked))
            fail_msg("%s: asked <%s>, not <%s>", runs[i].name, buffer_text(&asked), runs[i].asked);
        assert_int_equal(results_function_calls(streamed.results), runs[i].calls);
        assert_int_equal(results_rows(streamed.results), 12);
        assert_int_equal(results_total(streamed.results)->total, 12);
        assert_int_equal(results_total(streamed.results)->band[0], 6); /* at most 80 */
        stream_release(&streamed);
        plan_free(plan);
        diag_free(diag);
        arena_release(&arena);
    }
    buffer_release(&asked);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_later)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
