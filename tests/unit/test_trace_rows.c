#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/find.h"
#include "model/trace.h"
#include "ruletext.h"

/* ---- formulas with their numbers */

static void test_filled(void **state) {
    (void)state;
    /* the row: target 752, actual -231, base 3, own column blank */
    static const struct {
        const char *rate, *filled;
    } table[] = {
        {"field.actual / field.target * 100", "-231 / 752 x 100 = -5775/188"},
        {"(2 - field.actual / field.target) * 100", "(2 - (-231) / 752) x 100 = 43375/188"},
        {"field.target ^ 2 / 752", "(752) ^ 2 / 752 = 752"},
        {"min(field.actual, param.cut)", "min(-231, 80) = -231"},
        {"field.base * -field.actual + 0.5", "3 x -(-231) + 0.5 = 693.5"},
        {"field.lower_bound + 1", "[blank] + 1 = "},
        {"choose(when(field.actual):below(0), 1, 2)", "choose(when(-231):below(0), 1, 2) = 1"},
        {"2 - -field.base", "2 - -3 = 5"},
        {"field.base / 7", "3 / 7 = 3/7"},
        {"field.base / 64", "3 / 64 = 0.046875"},
        {"field.base / 128", "3 / 128 = 3/128"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        Arena arena = {0};
        Buffer found = {0};
        Str changes = arena_format(&arena, "rate = { { %s } }", table[i].rate);
        Trial trial = trial_good(changes.data, STR(HEADER ",base\nb,d,p,i,u,752,-231,3\n"), NULL);
        Again again = {trial.results, NULL, NULL, NULL};
        Trace *trace = trace_project(&again, NULL, 0, REACH_ANY);
        buffer_addf(&found, "%.*s = %.*s", STR_FMT(trace->rows[0].filled),
                    STR_FMT(trace->rows[0].value.exact));
        expect_text(table[i].rate, &found, table[i].filled);
        trace_free(trace);
        trial_end(&trial);
        arena_release(&arena);
    }
}

/* ---- what kept a case from a row, and how an aggregate is written out */

static void test_reasons(void **state) {
    (void)state;
    static const struct {
        const char *when, *wanted;
    } table[] = {
        {"{ unit = 'v' }", "unit = \"v\" / u"},
        {"{ unit = 'u', target = { at_least = 101 } }", "target = { at_least = 101 } / 100"},
        {"{ polarity = 'lower' }", "polarity = \"lower\" / "},
        {"when(field.actual / field.target * 100):below(param.cut)",
         "when(field.actual / field.target * 100):below(param.cut (= 80)) / when(80 / 100 x 100):below(80)"},
        {"all({ unit = 'u' }, when(field.actual):above(80))",
         "when(field.actual):above(80) / when(80):above(80)"},
        {"any({ unit = 'v' }, { unit = 'w' })", "unit = \"v\"; unit = \"w\" / uu"},
        {"no({ unit = 'u' })", "no({ unit = \"u\" }) / "},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        Arena arena = {0};
        Buffer found = {0};
        Str changes = arena_format(&arena, "rate = { { when = %s, 1 }, { 2 } }", table[i].when);
        Trial trial = trial_good(changes.data, STR(HEADER "\nb,d,p,i,u,100,80\n"), NULL);
        Again again = {trial.results, NULL, NULL, NULL};
        Trace *trace = trace_project(&again, NULL, 0, REACH_ANY);
        assert_int_equal(trace->rows[0].case_count, 2);
        assert_int_equal(trace->rows[0].cases[1].reason, TRACE_APPLIES);
        const TraceCase *first = &trace->rows[0].cases[0];
        buffer_addf(&found, "%.*s / %.*s", STR_FMT(first->wanted), STR_FMT(first->seen));
        expect_text(table[i].when, &found, table[i].wanted);
        trace_free(trace);
        trial_end(&trial);
        arena_release(&arena);
    }
}

static void test_rollups(void **state) {
    (void)state;
    /* rates 80, 200/3, -10 and none */
#define FOUR "b,d,p,i,u,100,80,1\nb,d,p,j,u,3,2,2\nb,d,p,k,u,10,-1,1\nb,d,p,l,u,10,,1\n"
    static const struct {
        const char *project, *written;
    } table[] = {
        {"rate = mean, missing = 'leave_out'", "(80 + 66.666667 + (-10)) / 3 = 410/9"},
        {"rate = mean, missing = 'zero'", "(80 + 66.666667 + (-10) + 0) / 4 = 205/6"},
        {"rate = min, missing = 'leave_out'", "min(80, 66.666667, (-10)) = -10"},
        {"rate = weighted_mean('weight'), weights = 'normalised', missing = 'leave_out'",
         "(1 x 80 + 2 x 66.666667 + 1 x -10) / (1 + 2 + 1) = 305/6"},
        {"rate = pooled, missing = 'leave_out'", "(80 + 2 + (-1)) / (100 + 3 + 10) x 100 = 8100/113"},
        {"rate = count_share({ at_least = 66 }), missing = 'zero'", "100 x 2 / 4 = 50"},
        {"rate = mean, missing = 'missing'", " = "},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        Arena arena = {0};
        Buffer found = {0};
        Str changes = arena_format(&arena, "project = { %s }", table[i].project);
        Trial trial = trial_good(changes.data, STR(HEADER ",weight\n" FOUR), NULL);
        Again again = {trial.results, NULL, NULL, NULL};
        Trace *trace = trace_project(&again, NULL, 0, REACH_ANY);
        buffer_addf(&found, "%.*s = %.*s", STR_FMT(trace->rollup), STR_FMT(trace->value.exact));
        expect_text(table[i].project, &found, table[i].written);
        trace_free(trace);
        trial_end(&trial);
        arena_release(&arena);
    }
}

/* ---- published rates: the classes of the audit */

static void test_published(void **state) {
    (void)state;
    /* the rate is 12.5; half_up to 0 places gives 13 */
    static const struct {
        const char *printed, *found;
    } table[] = {
        {"13", "matches"}, {"14", "hidden_decimals"}, {"40", "impossible"}, {"13.0", "matches"}, {"", "-"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        Arena arena = {0};
        Buffer found = {0};
        Str csv = arena_format(&arena, HEADER ",published_rate\nb,d,p,i,u,8,1,%s\n", table[i].printed);
        Trial trial = trial_good("title = 't'", csv, NULL);
        Again again = {trial.results, NULL, NULL, NULL};
        Audit *audit = audit_new(trial.results, NULL);
        const Figure *figure = audit->count ? &audit->figures[0] : NULL;
        TraceFile file = {.audit = audit, .figures = &figure};
        Trace *trace = trace_project(&again, &file, 0, REACH_ANY);
        assert_true(trace->rows[0].published == figure);
        buffer_addf(&found, "%s", figure ? figure_class_name(figure->class) : "-");
        expect_text(table[i].printed, &found, table[i].found);
        trace_free(trace);
        audit_free(audit);
        trial_end(&trial);
        arena_release(&arena);
    }
}

/* ---- selection */

static void test_find(void **state) {
    (void)state;
    static const struct {
        const char *any, *names[LEVEL_ALL];
        size_t row;
        const char *found;
    } table[] = {
        {.found = "0 1 2 3"},
        {.any = "도서관", .found = "0 1"},
        {.any = "도서관 운영", .found = "0"}, /* a whole name goes before parts of names */
        {.any = "도서관운영활", .found = "1"},
        {.any = "공원 녹지", .found = "2"},
        {.any = "３.３․３", .found = "3"},
        {.any = "ABC", .found = "2"},
        {.any = "·", .found = ""},
        {.any = "나과", .found = "1 2"},
        {.any = "운영", .names = {[LEVEL_DEPARTMENT] = "가"}, .found = "0"},
        {.names = {[LEVEL_INDICATOR] = "지표3"}, .found = "2"},
        {.names = {"나 국"}, .found = "3"},
        {.names = {"가국", "나과", "운영"}, .found = "1"},
        {.row = 4, .found = "3"},
        {.row = 1, .any = "공원", .found = ""},
    };
    Trial trial = trial_good(
        "title = 't'",
        STR(HEADER "\n가국,가과,도서관․운영,지표1,u,1,1\n가국,나과,도서관 운영 활성화,지표2,u,1,1\n"
                   "가국,나과,공원·녹지(ａｂｃ),지표 3,u,1,1\n나국,다과,3.3.3 프로젝트,지표4,u,1,1\n"),
        NULL);
    for (size_t i = 0; i < COUNT(table); i++) {
        Arena arena = {0};
        Buffer found = {0};
        size_t count;
        Wanted wanted = {.any = str_of(table[i].any), .row = table[i].row};
        for (int level = 0; level < LEVEL_ALL; level++) wanted.names[level] = str_of(table[i].names[level]);
        uint32_t *projects = find_projects(trial.dataset, &wanted, &count, &arena);
        for (size_t k = 0; k < count; k++) buffer_addf(&found, "%s%u", k > 0 ? " " : "", projects[k]);
        expect_text(table[i].any ? table[i].any : "names", &found, table[i].found);
        arena_release(&arena);
    }
    assert_int_equal(find_verdict(trial.plan, STR("Sluggish")), 0);
    assert_int_equal(find_verdict(trial.plan, STR("정상 추진")), 1);
    assert_int_equal(find_verdict(trial.plan, STR("good")), RESULTS_NO_BAND);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filled),    cmocka_unit_test(test_reasons), cmocka_unit_test(test_rollups),
        cmocka_unit_test(test_published), cmocka_unit_test(test_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
