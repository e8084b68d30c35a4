#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "resultstext.h"
#include "ruletext.h"

/* Functions: function n answers for row r what character r of text n says: a digit d is the rate 10 d, y and
 * n yes and no, - nil, x a failure, L the double above 80, W 2^53 + 1; ! stops everything. */
typedef struct Script {
    const char *const *answers;
    size_t calls;
} Script;

static bool call_script(void *context, uint32_t function, const uint32_t *rows, size_t count, Answer *answers,
                        Arena *arena, Diag *diag) {
    Script *script = context;
    const char *text = script->answers[function - 1];
    script->calls++;
    assert_true(count > 0);
    for (size_t k = 0; k < count; k++) {
        char answer = text[rows[k] % strlen(text)];
        if (k > 0) assert_true(rows[k] > rows[k - 1]);
        answers[k] = (Answer){.kind = ANSWER_NUMBER, .number = 10.0 * (answer - '0')};
        if (answer == 'y') answers[k].kind = ANSWER_YES;
        if (answer == 'n') answers[k].kind = ANSWER_NO;
        if (answer == '-') answers[k].kind = ANSWER_NONE;
        if (answer == 'L') answers[k].number = nextafter(80, 81);
        if (answer == 'W') answers[k] = (Answer){.kind = ANSWER_WHOLE, .whole = INT64_C(9007199254740993)};
        if (answer == 'x') {
            Complaint *complaint = arena_new(arena, 1, sizeof *complaint);
            *complaint = (Complaint){arena_format(arena, "f%u r%u", function, rows[k]),
                                     {.file = STR("r.lua"), .line = function}};
            answers[k] = (Answer){.kind = ANSWER_FAILED, .complaint = complaint};
        }
        if (answer != '!') continue;
        diag_add(diag, MESSAGE_CPU_LIMIT, NULL, STR("1"), STR(""));
        return false;
    }
    return true;
}

static const struct {
    const char *changes;
    const char *answers[3];
    const char *results, *faults; /* results NULL: none at all */
} functions[] = {
    {"rate = fn1", {"83-L"}, "80 30 declared 80 / p:63:sluggish", ""},
    {"rate = fn1",
     {"WW-W"},
     "9007199254740993 9007199254740993 declared 9007199254740993 / p:9007199254740993:normal",
     ""},
    {"rate = fn1", {"---L"}, "declared declared declared 80 / p:80:normal", ""}, /* just above the cut */
    {"rate = fn1", {"----"}, "declared declared declared declared / p:no_values:none", ""},
    {"rate = fn1",
     {"8xxL"},
     "80 function_failed function_failed 80 / p:80:normal",
     "1 function-failed: 2 | f1 r1\n1 function-failed: 3 | f1 r2\n"},
    {"rate = fn1",
     {"yn55"},
     "function_failed function_failed 50 50 / p:50:sluggish",
     "0 function-failed: 1 | the `rate` function gave true or false; it should give a number or nil\n"
     "0 function-failed: 2 | the `rate` function gave true or false; it should give a number or nil\n"},
    {"rate = { { when = fn1, 100 }, { 50 } }", {"yn-y"}, "100 50 50 100 / p:75:sluggish", ""},
    {"rate = { { when = fn1, 100 }, { 50 } }",
     {"yxn5"},
     "100 function_failed 50 function_failed / p:75:sluggish",
     "1 function-failed: 2 | f1 r1\n"
     "0 function-failed: 4 | the `when` function gave a number; it should answer true or false\n"},
    {"rate = { { when = fn1, fn2 }, { when = fn3, 1 } }",
     {"ynnx", "4444", "yyn!"},
     "40 1 no_case function_failed / p:21:sluggish",
     "1 function-failed: 4 | f1 r3\n"},
    {"rate = { { when = fn1, fn2 }, { fn3 } }", {"ynny", "!!!!", "1111"}, NULL, "0 cpu-limit: 1 | \n"},
    {"rate = { { when = fn1, 1 }, { 2 } }", {"!"}, NULL, "0 cpu-limit: 1 | \n"},
    {"rate = 90, special = { { when = fn1, because = 'r', rate = fn2 } }",
     {"nnyn", "1111"},
     "90 90 10 90 / p:70:sluggish",
     ""},
    {"rate = 90, special = { { when = fn1, because = 'r', rate = fn2 } }",
     {"nnnn", "1111"},
     "90 90 90 90 / p:90:normal",
     "1 special-unused: special[1] | r\n"},
    /* failures out of the order of rows */
    {"rate = { { when = fn1, 100 }, { fn2 } }",
     {"nnnx", "9xx9"},
     "90 function_failed function_failed function_failed / p:90:normal",
     "1 function-failed: 4 | f1 r3\n2 function-failed: 2 | f2 r1\n2 function-failed: 3 | f2 r2\n"},
};

static void check_failures(const char *input, const Results *results) {
    size_t failed = 0;
    for (size_t row = 0; row < dataset_rows(results_dataset(results)); row++) {
        bool missing = results_row_missing(results, row) == MISSING_FUNCTION;
        if ((results_row_failure(results, row).size > 0) != missing)
            fail_msg("<%s> failure of row %zu", input, row);
        failed += missing;
    }
    if (results_failed_rows(results) != failed) fail_msg("<%s> failures", input);
}

static void test_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions); i++) {
        Script script = {.answers = functions[i].answers};
        RowFunctions rows = {&script, call_script, NULL};
        Trial trial =
            trial_of(functions[i].changes,
                     STR(HEADER "\nb,d,p,i,u,1,1\nb,d,p,i,u,1,1\nb,d,p,i,u,1,1\nb,d,p,i,u,1,1\n"), &rows);
        const char *input = functions[i].changes;
        if (!trial.results != !functions[i].results) fail_msg("<%s> results", input);
        Buffer faults = {0}, found = {0};
        faults_brief(&faults, trial.diag);
        expect_text(input, &faults, functions[i].faults);
        ExitCode code = functions[i].faults[0] ? EXIT_FINDINGS : EXIT_DONE;
        if (diag_exit_code(trial.diag) != (trial.results ? code : EXIT_LIMIT))
            fail_msg("<%s> exit code", input);
        if (trial.results) {
            add_results(&found, trial.results);
            expect_text(input, &found, functions[i].results);
            check_failures(input, trial.results);
            check_counts(input, trial.results);
        }
        trial_end(&trial);
    }
}

/* Many blocks, every row asked once, and failures in numbers. */
static void test_many(void **state) {
    (void)state;
    enum { ROWS = 30000 };
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\n"));
    for (int i = 0; i < ROWS; i++) buffer_addf(&csv, "b,d,p%d,i,u,1,1\n", i % 100);
    const char *const answers[] = {"nnyxy", "8x9xx", "x"};
    Script script = {.answers = answers};
    RowFunctions rows = {&script, call_script, NULL};
    Trial trial = trial_good("rate = { { when = fn1, fn2 }, { fn3 } }", buffer_view(&csv), &rows);
    assert_int_equal(results_failed_rows(trial.results), ROWS / 5 * 4);
    /* not one message a row: three for each case, and their number */
    assert_int_equal(diag_total(trial.diag, SEVERITY_ERROR), 7);
    assert_int_equal(diag_item(trial.diag, 6)->message, MESSAGE_FUNCTIONS_FAILED);
    assert_true(str_is(diag_item(trial.diag, 6)->arguments[0], "24000"));
    Buffer wanted = {0};
    for (size_t row = 0; row < ROWS; row++) {
        Str failure = results_row_failure(trial.results, row);
        static const unsigned function[] = {3, 3, 0, 1, 2};
        wanted.size = 0;
        if (function[row % 5]) buffer_addf(&wanted, "f%u r%zu", function[row % 5], row);
        if (!str_equal(failure, buffer_view(&wanted))) fail_msg("row %zu: <%.*s>", row, STR_FMT(failure));
    }
    check_counts("many", trial.results);
    buffer_release(&wanted);
    buffer_release(&csv);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
