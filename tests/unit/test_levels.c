#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/lineage.h"
#include "ruletext.h"

/* ---- findings and faults */

#define DATA                                                                                                 \
    HEADER ",weight\n"                                                                                       \
           "b,d,p,i,u,100,60,40\nb,d,p,j,u,100,90,60\nb,d,q,i,u,100,,\nb,e,r,i,u,100,81,100\n"

static const struct {
    const char *changes, *faults;
} findings[] = {
    {"project = { rate = mean }",
     "1 missing-undeclared: project | 1 | indicators <declare missing = \"leave_out\", \"zero\" or \"missing\">\n"},
    {"project = { rate = mean, missing = 'zero' }, department = { rate = max }", ""},
    {"project = { rate = mean, missing = 'missing' }, department = { rate = max },\nbureau = { rate = min }",
     "1 missing-undeclared: department | 1 | projects <declare missing = \"leave_out\", \"zero\" or \"missing\">\n"},
    {"project = { rate = mean, missing = 'leave_out' }, bureau = { rate = count_share({ verdict = 'normal' }), from = 'projects' }",
     "1 missing-undeclared: bureau | 1 | projects <declare missing = \"leave_out\", \"zero\" or \"missing\">\n"},
    /* what a special case takes out is no surprise */
    {"project = { rate = mean }, special = { { when = { project = 'q' }, because = 'r', exclude = true } }",
     ""},
    {"department = { rate = weighted_mean({ p = 1, projekt = 2 }), weights = 'normalised', missing = 'zero' }",
     "1 weight-name: department | projekt\n"},
    {"project = { rate = weighted_mean({ i = 1, j = 1, indicatr = 2 }), weights = 'normalised', missing = 'zero' }",
     "1 weight-name: project | indicatr\n"},
    {"department = { rate = weighted_mean({ p = 40, q = 60 }), weights = 100, missing = 'zero' }",
     "5 weight-sum: e | 0 | 100\n"},
    {"department = { rate = weighted_mean({ p = 40, q = 60, r = 100 }), weights = 100, missing = 'zero' }",
     ""},
    {"project = { rate = weighted_mean({ i = -1 }), weights = 'normalised' }",
     "1 bad-choice: project.rate.i | -1 | 0 <= weight\n"},
    {"project = { rate = weighted_mean({ i = param.cut, j = 'x' }), weights = 'normalised' }",
     "1 wrong-type: project.rate.j | a number or a formula | text\n"},
    {"project = { rate = weighted_mean({ 1 }), weights = 'normalised' }", "1 unknown-key: project.rate[1]\n"},
    {"project = { rate = weighted_mean({ i = 1 }) }", "1 missing-key: project.weights\n"},
    {"project = { rate = weighted_mean('weight'), weights = 'normalised', missing = 'zero' },"
     "rate = field.weight - 40",
     ""},
    {"department = { rate = weighted_mean('weight'), weights = 'normalised', from = 'indicators', missing = 'leave_out' }",
     ""},
    {"department = { rate = pooled, from = 'indicators', missing = 'leave_out' }", ""},
    {"department = { rate = pooled, from = 'projects' }",
     "1 bad-choice: department.rate | pooled | mean, min, max, median, weighted_mean(\"column\"), weighted_mean { … }, "
     "pooled, trimmed(share), count_share { … }, function(children)\n"},
    {"department = { rate = mean, from = 'departments' }",
     "1 bad-choice: department.from | departments | projects, indicators\n"},
    {"bureau = { rate = mean, from = 'bureaus' }",
     "1 bad-choice: bureau.from | bureaus | departments, projects, indicators\n"},
    {"project = { rate = mean, from = 'indicators' }",
     "1 unknown-key: project.from <known here: rate, missing, weights>\n"},
    {"bureau = { rate = mean }", "1 missing-key: department <from = \"projects\" makes it of projects>\n"},
    {"project = { rate = count_share({}) }", "1 count-share: project.rate\n"},
    {"department = { rate = count_share({ at_least = 1, verdict = 'normal' }) }",
     "1 count-share: department.rate\n"},
    {"department = { rate = count_share({ verdict = {} }) }", "1 count-share: department.rate\n"},
    {"project = { rate = count_share({ verdict = 'met' }), missing = 'zero' },"
     "indicator = { verdict = { { 'm', key = 'met', at_least = 85 }, { 'u', key = 'unmet' } } }",
     ""},
    {"project = { rate = count_share({ verdict = 'normal' }) }", "1 missing-key: indicator.verdict\n"},
    {"department = { rate = count_share({ verdict = 'norml' }) }",
     "1 bad-choice: department.rate.verdict | norml | sluggish, normal\n"},
    {"department = { rate = mean, missing = 'zero' }, bureau = { rate = count_share({ verdict = 'normal' }) }",
     "1 missing-key: department.verdict\n"},
    {"project = { rate = count_share({ at_least = 5, below = 5 }) }", "1 band-inverted: project.rate\n"},
    {"project = { rate = fn1, missing = 'zero' }", "1 key-without-use: project.missing\n"},
};

static void test_findings(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(findings); i++) {
        Trial trial = trial_of(findings[i].changes, STR(DATA), NULL);
        Buffer faults = {0};
        faults_brief(&faults, trial.diag);
        expect_text(findings[i].changes, &faults, findings[i].faults);
        trial_end(&trial);
    }
}

static void test_negative_weights(void **state) {
    (void)state;
    Trial trial =
        trial_of("project = { rate = weighted_mean('weight'), weights = 'normalised' }",
                 STR(HEADER ",weight\nb,d,p,i,u,1,1,0\nb,d,p,j,u,1,1,-0.5\nb,d,q,i,u,1,1,-3\n"), NULL);
    Buffer faults = {0};
    faults_brief(&faults, trial.diag);
    expect_text("negative", &faults, "3 negative-weight: weight | -0.5\n4 negative-weight: weight | -3\n");
    assert_null(trial.results);
    assert_int_equal(diag_exit_code(trial.diag), EXIT_DATA);
    trial_end(&trial);
}

/* Last year has no verdicts: a rate made of them, and what is made of it, compare with nothing. */
static void test_last_year(void **state) {
    (void)state;
    Trial trial = trial_good(
        "last_year = { rate = field.weight }, department = { rate = count_share({ verdict = 'normal' }), "
        "missing = 'zero' }, bureau = { rate = mean, missing = 'zero' }",
        STR(DATA), NULL);
    const Results *last = results_last_year(trial.results);
    assert_int_equal(results_unit_missing(last, LEVEL_PROJECT, 0), MISSING_NONE);
    assert_true(results_unit_rate(last, LEVEL_PROJECT, 0) == 50); /* (40 + 60)/2 */
    assert_int_equal(results_unit_missing(last, LEVEL_DEPARTMENT, 0), MISSING_NO_VALUES);
    assert_int_equal(results_unit_missing(last, LEVEL_BUREAU, 0), MISSING_NO_VALUES);
    assert_int_equal(results_trend(trial.results, LEVEL_BUREAU, 0), TREND_NONE);
    assert_true(results_unit_rate(trial.results, LEVEL_BUREAU, 0) == 50); /* departments: 0 of 2, 1 of 1 */
    trial_end(&trial);
}

/* ---- functions: answers of a script, one a unit */

typedef struct Script {
    const char
        *answers; /* of the units of each level, in order of asking: n number, - nil, y true, x failed */
    size_t asked;
} Script;

static bool call_units(void *context, uint32_t function, const Results *results, Level level, Answer *answers,
                       Arena *arena, Diag *diag) {
    Script *script = context;
    (void)diag;
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++) {
        char answer = script->answers[script->asked++];
        if (answer == '!') return false;
        Complaint *complaint = arena_new(arena, 1, sizeof *complaint);
        complaint->message = arena_format(arena, "f%u", function);
        answers[unit] = (Answer){.kind = ANSWER_NUMBER, .number = 10.0 * (answer - '0')};
        if (answer == '-') answers[unit].kind = ANSWER_NONE;
        if (answer == 'y') answers[unit].kind = ANSWER_YES;
        if (answer == 'x') answers[unit] = (Answer){.kind = ANSWER_FAILED, .complaint = complaint};
    }
    return true;
}

static const struct {
    const char *changes, *answers, *faults, *rates;
} functions[] = {
    {"project = { rate = fn1 }", "875", "", "80:sluggish 70:sluggish 50:sluggish"},
    {"project = { rate = fn1 }, special = { { when = { project = 'p' }, because = 'r', points = 0.5 } }",
     "875", "", "80.5:normal 70:sluggish 50:sluggish"},
    {"project = { rate = fn7 }", "-x9", "0 unit-failed: project | q | 3 | f7\n",
     "declared function_failed 90:normal"},
    {"project = { rate = fn7 }", "y85",
     "0 unit-failed: project | p | 1 | the `rate` function gave true or false; it should give a number or nil\n",
     "function_failed 80:sluggish 50:sluggish"},
    /* department d: 70 and none */
    {"project = { rate = fn1 }, department = { rate = mean, missing = 'zero' }, bureau = { rate = fn2 }",
     "7x94", "0 unit-failed: project | q | 3 | f1\n", "70:sluggish function_failed 90:normal / 35 90 / 40"},
    {"project = { rate = fn1 }", "!", "", NULL},
};

static void add_level(Buffer *out, const Results *results, Level level) {
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++) {
        if (unit) buffer_add_char(out, ' ');
        const Band *band = results_band(results, level, unit);
        results_write_unit(results, level, unit, out);
        Missing missing = results_unit_missing(results, level, unit);
        if (missing != MISSING_NONE) buffer_add(out, str_of(missing_name(missing)));
        if (band) buffer_addf(out, ":%.*s", STR_FMT(band->key));
    }
}

static void test_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(functions); i++) {
        Script script = {functions[i].answers, 0};
        RowFunctions rows = {&script, NULL, call_units};
        Trial trial = trial_of(functions[i].changes, STR(DATA), &rows);
        Buffer faults = {0}, found = {0};
        faults_brief(&faults, trial.diag);
        expect_text(functions[i].changes, &faults, functions[i].faults);
        if (!trial.results != !functions[i].rates) fail_msg("<%s> results", functions[i].changes);
        if (trial.results) {
            add_level(&found, trial.results, LEVEL_PROJECT);
            for (int level = LEVEL_DEPARTMENT; level >= 0; level--) {
                if (!results_has_rate(trial.results, (Level)level)) continue;
                buffer_add(&found, STR(" / "));
                add_level(&found, trial.results, (Level)level);
            }
            expect_text(functions[i].changes, &found, functions[i].rates);
            assert_int_equal(diag_exit_code(trial.diag), *functions[i].faults ? EXIT_FINDINGS : EXIT_DONE);
        }
        trial_end(&trial);
    }
}

/* Failures of a level are shown for the first three and then counted. */
static void test_many_failures(void **state) {
    (void)state;
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\n"));
    for (int i = 0; i < 5; i++) buffer_addf(&csv, "b,d,p%d,i,u,1,1\n", i);
    Script script = {"xx1xx", 0};
    RowFunctions rows = {&script, NULL, call_units};
    Trial trial = trial_good("project = { rate = fn1 }", buffer_view(&csv), &rows);
    Buffer faults = {0};
    faults_brief(&faults, trial.diag);
    expect_text("many", &faults,
                "0 unit-failed: project | p0 | 1 | f1\n0 unit-failed: project | p1 | 2 | f1\n"
                "0 unit-failed: project | p3 | 4 | f1\n0 units-failed: project | 4\n");
    trial_end(&trial);
    buffer_release(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),         cmocka_unit_test(test_functions),
        cmocka_unit_test(test_negative_weights), cmocka_unit_test(test_many_failures),
        cmocka_unit_test(test_last_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
