#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/export_level.h"
#include "ruletext.h"

/* 1/32 = 3.125 % and 3/32 = 9.375 % lie between two cents: up. 1/20000 = 0.005 %. */
static void test_percent(void **state) {
    (void)state;
    static const struct {
        size_t part, whole;
        const char *wanted;
    } cases[] = {
        {0, 5, "0.00"},
        {5, 5, "100.00"},
        {1, 3, "33.33"},
        {2, 3, "66.67"},
        {1, 32, "3.13"},
        {3, 32, "9.38"},
        {31, 32, "96.88"},
        {1, 800, "0.13"},
        {1, 20000, "0.01"},
        {1, 20001, "0.00"},
        {19999, 20000, "100.00"},
        {0, 0, ""},
        {4294967295, 4294967295, "100.00"},
        {2147483648, 4294967295, "50.00"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Buffer found = {0};
        export_percent(cases[i].part, cases[i].whole, &found);
        expect_text("percent", &found, cases[i].wanted);
        buffer_release(&found);
    }
}

/* From the verdict of the highest rates down; shares as they stand. */
static const struct {
    const char *rules, *wanted;
} orders[] = {
    {"verdict = { { 'a', key = 'low', at_most = 80 }, { 'b', key = 'high' } }", "high,low,percent_high"},
    {"verdict = { { 'a', key = 'high', above = 80 }, { 'b', key = 'low' } }", "high,low,percent_high"},
    {"verdict = { { 'a', key = 'normal', at_most = 80 }, { 'b', key = 'super' } }",
     "super,normal,percent_normal"},
    {"verdict = { { 'a', key = 'a', at_most = 60 }, { 'b', key = 'b', at_most = 80 }, { 'c', key = 'c' } }",
     "c,b,a,percent_c"},
    {"verdict = { { 'a', key = 'a', at_least = 90 }, { 'b', key = 'b', at_least = 70 }, { 'c', key = 'c' } }",
     "a,b,c,percent_a"},
    /* from both ends to the middle */
    {"verdict = { { 'a', key = 'a', below = 60 }, { 'b', key = 'b', at_least = 90 }, { 'c', key = 'c' } }",
     "b,c,a,percent_b"},
    /* b would hold up to 200, but decides from 60 up to 80; c decides what is left below */
    {"verdict = { { 'a', key = 'a', at_least = 80 }, { 'b', key = 'b', at_least = 60, at_most = 200 },"
     "{ 'c', key = 'c' } }",
     "a,b,c,percent_a"},
    /* a cut that two verdicts share: 80 itself is the better one's */
    {"verdict = { { 'a', key = 'a', below = 80 }, { 'b', key = 'b', at_most = 80 }, { 'c', key = 'c' } }",
     "c,b,a,percent_c"},
    /* only an indicator can bring b about */
    {"verdict = { { 'a', key = 'a', at_most = 80 }, { 'b', key = 'b', at_most = 70, any_indicator = { below = 50 } },"
     "{ 'c', key = 'c' } }",
     "c,a,b,percent_c"},
    {"verdict = { ties = 'better', { 'x', key = 'x', share = 20 }, { 'y', key = 'y', share = 30 },"
     "{ 'z', key = 'z', share = 50 } }",
     "x,y,z,percent_x"},
};

static void test_order(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(orders); i++) {
        Trial trial = trial_good(orders[i].rules, STR(HEADER "\nb,d,p,i,u,1,1\n"), NULL);
        Buffer table = {0}, head = {0};
        export_level(trial.results, EXPORT_BUREAU, EXPORT_CSV, &table);
        Str line = str_slice(buffer_view(&table), 0, str_find(buffer_view(&table), '\n', 0));
        Str before = STR("bureau,projects,");
        assert_true(str_starts(line, before));
        buffer_add(&head, str_slice(line, before.size, line.size));
        expect_text(orders[i].rules, &head, orders[i].wanted);
        buffer_release(&head);
        buffer_release(&table);
        trial_end(&trial);
    }
}

/* Units that have their names in common with others are told apart, and sorted by all names. */
static void test_names(void **state) {
    (void)state;
    static const char data[] = HEADER "\n"
                                      "나,b,p,i,u,1,1\n"
                                      "가,b,p,i,u,1,1\n"
                                      "나,a,q,i,u,1,1\n"
                                      "가,b,가나,i,u,2,1\n"
                                      "나,b,p,j,u,2,1\n"
                                      "가나,a,p,i,u,1,1\n"
                                      "가,b,가,i,u,,1\n";
    static const char departments[] = "bureau,department,projects,normal,sluggish,percent_normal\n"
                                      "가,b,3,1,1,33.33\n"
                                      "가나,a,1,1,0,100.00\n"
                                      "나,a,1,1,0,100.00\n"
                                      "나,b,1,0,1,0.00\n";
    static const char projects[] =
        "bureau,department,project,indicators,rate,rate_printed,verdict,verdict_name,missing\n"
        "가,b,p,1,100,100,normal,정상추진,\n"
        "가,b,가,1,,,,,no_values\n"
        "가,b,가나,1,50,50,sluggish,부진,\n"
        "가나,a,p,1,100,100,normal,정상추진,\n"
        "나,a,q,1,100,100,normal,정상추진,\n"
        "나,b,p,2,75,75,sluggish,부진,\n";
    Trial trial = trial_good("", str_of(data), NULL);
    Buffer found = {0};
    export_level(trial.results, EXPORT_DEPARTMENT, EXPORT_CSV, &found);
    expect_text("departments", &found, departments);
    found.size = 0;
    export_level(trial.results, EXPORT_PROJECT, EXPORT_CSV, &found);
    expect_text("projects", &found, projects);
    buffer_release(&found);
    trial_end(&trial);
}

static void test_level_names(void **state) {
    (void)state;
    ExportLevel level = EXPORT_LEVELS;
    assert_true(export_level_find(STR("indicator"), &level) && level == EXPORT_INDICATOR);
    assert_true(export_level_find(STR("bureau"), &level) && level == EXPORT_BUREAU);
    assert_false(export_level_find(STR("bureaus"), &level));
    assert_false(export_level_find(STR(""), &level));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percent),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_level_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
