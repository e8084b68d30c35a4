#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "model/params.h"
#include "ruletext.h"

static const struct {
    const char *text;
    bool valid;
} dates[] = {
    {"2019-01-01", true},  {"2019-12-31", true},   {"2020-02-29", true},   {"2000-02-29", true},
    {"0001-01-01", true},  {"2019-02-29", false},  {"1900-02-29", false},  {"2019-13-01", false},
    {"2019-00-01", false}, {"2019-04-31", false},  {"2019-01-00", false},  {"0000-01-01", false},
    {"2019-1-1", false},   {"2019/01/01", false},  {"20190101", false},    {"2019-01-0x", false},
    {"", false},           {"2019-01-011", false}, {" 2019-01-01", false},
};

static void test_dates(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(dates); i++)
        if (date_is_valid(str_of(dates[i].text)) != dates[i].valid) fail_msg("<%s>", dates[i].text);
}

#define DATED "['2019-01-01'] = 80, ['2020-01-01'] = 75"

/* `params` of a rule file on a date: "value date", or the faults. */
static const struct {
    const char *params, *date, *set, *wanted;
} runs[] = {
    {"{ " DATED " }", "2019-01-01", NULL, "80 2019-01-01 80"},
    {"{ " DATED " }", "2019-12-31", NULL, "80 2019-01-01 80"},
    {"{ " DATED " }", "2020-01-01", NULL, "75 2020-01-01 75"},
    {"{ " DATED " }", "9999-12-31", NULL, "75 2020-01-01 75"},
    {"{ " DATED ", unit = '%', min = 0, max = 100 }", "2019-06-01", "90", "90 2019-01-01 80"},
    {"80", "2019-06-01", NULL, "80  80"},
    {"{ 80 }", "", NULL, "80  80"},
    {"{ " DATED " }", "", NULL, "1 date-needed: cut\n"},
    {"{ " DATED " }", "2018-12-31", NULL, "1 date-too-early: cut | 2018-12-31 | 2019-01-01\n"},
    {"{ ['2019-02-30'] = 80 }", "2019-06-01", NULL, "1 bad-date: params.cut | 2019-02-30\n"},
    {"{ ['2019'] = 80 }", "2019-06-01", NULL, "1 bad-date: params.cut | 2019\n"},
    {"{ ['2019-01-01'] = '80' }", "2019-06-01", NULL,
     "1 wrong-type: params.cut[\"2019-01-01\"] | a number | text <write 80 without quotes>\n"},
    {"{ " DATED ", min = 78 }", "2019-06-01", NULL, "1 param-range: cut | 75 | 78 | \n"},
    {"{ " DATED ", mim = 0 }", "2019-06-01", NULL, "1 unknown-key: params.cut.mim <did you mean min?>\n"},
    {"{ 80, " DATED " }", "2019-06-01", NULL,
     "1 unknown-key: params.cut[1] <a value without a name is left over; a number has no commas (1000)>\n"},
    {"{ " DATED ", max = 85 }", "2019-06-01", "86", "0 setting-range: cut | 86 |  | 85\n"},
};

static void test_dated(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(runs); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Params params;
        Tree *rules =
            ruletext_read(&arena, arena_format(&arena, "{ params = { cut = %s } }", runs[i].params).data);
        bool good = params_read(&arena, rules, str_of(runs[i].date), &params, diag);
        if (good && runs[i].set)
            good = params_set(&arena, &params, &(Setting){STR("cut"), str_of(runs[i].set)}, diag);
        Buffer found = {0};
        if (good) {
            decimal_write(&found, &params.items[0].value);
            buffer_addf(&found, " %.*s ", STR_FMT(params.items[0].date));
            decimal_write(&found, &params.items[0].file_value);
        } else {
            faults_brief(&found, diag);
        }
        if (good == diag_has_errors(diag)) fail_msg("%s: faults and success", runs[i].params);
        expect_text(runs[i].params, &found, runs[i].wanted);
        diag_free(diag);
        arena_release(&arena);
    }
}

/* The rules' own date, and that of the command line, which wins. */
static const struct {
    const char *date, *at, *wanted;
} declared[] = {
    {"", "", "1 date-needed: cut\n"},
    {"date = '2019-12-31',", "", "80"},
    {"date = '2019-12-31',", "2020-06-01", "75"},
    {"", "2020-06-01", "75"},
    {"date = '2019-12-32',", "2020-06-01", "1 bad-date: date | 2019-12-32\n"},
};

static void test_declared(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(declared); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Str changes = arena_format(&arena, "%s params = { cut = { " DATED " } }", declared[i].date);
        Plan *plan = plan_compile_at(STR("r.lua"), ruletext_rules(&arena, changes.data),
                                     str_of(declared[i].at), NULL, 0, diag);
        Buffer found = {0};
        if (plan)
            decimal_write(&found, &plan->params[0].value);
        else
            faults_brief(&found, diag);
        expect_text(changes.data, &found, declared[i].wanted);
        plan_free(plan);
        diag_free(diag);
        arena_release(&arena);
    }
}

static const struct {
    const char *changes, *notes;
} uses[] = {
    {"", ""},
    {"params = { cut = 80, other = 5 }", "1 unused-param: other\n"},
    {"params = { cut = 80, other = 5 }, rate = fn1", ""}, /* a function may ask for it by name */
    {"params = { cut = 80, other = 5 }, rate = field.actual * param.other", ""},
    {"params = { cut = 80, other = 5 }, rate = { { when = { target = { below = param.other } }, 1 }, { 2 } }",
     ""},
};

static void test_unused(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(uses); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Plan *plan = plan_compile(STR("r.lua"), ruletext_rules(&arena, uses[i].changes), NULL, 0, diag);
        assert_non_null(plan);
        plan_note_unused(plan, diag);
        Buffer found = {0};
        faults_brief(&found, diag);
        expect_text(uses[i].changes, &found, uses[i].notes);
        plan_free(plan);
        diag_free(diag);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_dated),
        cmocka_unit_test(test_declared),
        cmocka_unit_test(test_unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
