#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plancheck.h"

/* The bands of `verdict`, keys left out. Gaps and bands that never decide were found by drawing them on a
 * line. */
static const struct {
    const char *bands[5];
    const char *faults;
} bands[] = {
    {{""}, ""},
    {{"at_most = 80", ""}, ""},
    {{"at_most = 80", "above = 80"}, ""},
    {{"below = 80", "at_least = 80"}, ""},
    {{"at_least = 95", "at_least = 90", "at_least = 85", ""}, ""},
    {{"at_least = 95", "at_least = 90, below = 95", "at_least = 85, below = 90", "below = 85"}, ""},
    {{"at_least = 80, at_most = 80", ""}, ""},
    {{"at_most = 80", "at_most = 90, above = 70", "above = 85"}, ""},
    {{"above = 80, below = 80.5", "at_most = 80.0", "at_least = 80.50"}, ""},
    /* gaps */
    {{"at_most = 80"}, "band-gap: 80 < rate\n"},
    {{"at_least = 80"}, "band-gap: rate < 80\n"},
    {{"below = 80", "above = 80"}, "band-gap: rate = 80\n"},
    {{"below = 80", "above = 85"}, "band-gap: 80 <= rate <= 85\n"},
    {{"at_most = 80", "at_least = 85"}, "band-gap: 80 < rate < 85\n"},
    {{"at_most = 80", "above = 85"}, "band-gap: 80 < rate <= 85\n"},
    {{"below = 80", "at_least = 85"}, "band-gap: 80 <= rate < 85\n"},
    {{"below = 80"}, "band-gap: 80 <= rate\n"},
    {{"above = 77.6"}, "band-gap: rate <= 77.6\n"},
    {{"at_least = 10, at_most = 20", "at_least = 30, at_most = 40"},
     "band-gap: rate < 10\nband-gap: 20 < rate < 30\nband-gap: 40 < rate\n"},
    {{"at_most = -10", "above = -5"}, "band-gap: -10 < rate <= -5\n"},
    {{"at_most = 80", "at_least = 80.000000000000000000000000001"},
     "band-gap: 80 < rate < 80.000000000000000000000000001\n"},
    /* 82 stands inside of the gap, but no band begins or ends there alone: the gap is one */
    {{"at_most = 80", "at_least = 85", "above = 90, at_most = 82"},
     "band-inverted: verdict[3]\nband-gap: 80 < rate < 85\n"},
    /* bands that never decide */
    {{"", "at_most = 80"}, "band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {{"at_most = 80", "at_most = 70", ""}, "band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {{"at_most = 80", "below = 80", ""}, "band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {{"at_most = 80", "above = 80", ""}, "band-unreachable: verdict[3]" TAKEN("2") "\n"},
    {{"at_most = 80", "above = 80", "at_least = 80, at_most = 90"},
     "band-unreachable: verdict[3]" TAKEN("2") "\n"},
    {{"below = 80", "at_most = 80", ""}, ""},
    /* indicators can bring about a band that no rate of a project does, but close no gap */
    {{"at_most = 80", "at_most = 70, any_indicator = { below = 50 }", ""}, ""},
    {{"", "any_indicator = { below = 50 }"}, "band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {{"any_indicator = { below = 50 }", ""}, "band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {{"at_most = 80, any_indicator = { above = 80 }"}, "band-gap: 80 < rate\n"},
    {{"any_indicator = {}"}, "missing-key: verdict[1].any_indicator.below\n"},
    {{"any_indicator = 50"}, "wrong-type: verdict[1].any_indicator | a table { … } | number\n"},
    {{"any_indicator = { bellow = 50 }"},
     "unknown-key: verdict[1].any_indicator.bellow <did you mean below?>\n"},
    {{"any_indicator = { above = 50, below = param.cut, at_least = 4 }"},
     "two-bounds: verdict[1].any_indicator | at_least | above\n"},
    {{"any_indicator = { above = param.cut, below = 50 }"}, "band-inverted: verdict[1].any_indicator\n"},
    /* inverted */
    {{"at_least = 90, at_most = 80", ""}, "band-inverted: verdict[1]\n"},
    {{"above = 80, below = 80", ""}, "band-inverted: verdict[1]\n"},
    {{"at_least = 80, below = 80", ""}, "band-inverted: verdict[1]\n"},
    {{"above = 80, at_most = 80", ""}, "band-inverted: verdict[1]\n"},
    {{"above = 80, at_most = param.cut", ""}, "band-inverted: verdict[1]\n"},
};

static void test_bands(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(bands); i++) {
        Buffer rules = {0}, wanted = {0};
        buffer_add(&rules, STR("verdict = {"));
        for (size_t b = 0; b < 5 && bands[i].bands[b]; b++)
            buffer_addf(&rules, "{ 'x', key = 'k%zu', %s },", b, bands[i].bands[b]);
        buffer_add_char(&rules, '}');
        for (const char *at = bands[i].faults; *at; at = strchr(at, '\n') + 1)
            buffer_addf(&wanted, "1 %.*s\n", (int)strcspn(at, "\n"), at);
        check_plan(buffer_text(&rules), NULL, 0, buffer_text(&wanted), wanted.size ? EXIT_RULES : EXIT_DONE);
        buffer_release(&rules);
        buffer_release(&wanted);
    }
}

static const struct {
    const char *name, *value, *faults;
} settings[] = {
    {"cut", "85", ""},
    {"cut", "0", ""},
    {"cut", "200.00", ""},
    {"cut", "1e2", "0 param-value: 1e2 | cut <for example --set cut=85, without blanks and without %>\n"},
    {"cut", "", "0 param-value:  | cut <for example --set cut=85, without blanks and without %>\n"},
    {"cut", "팔십", "0 param-value: 팔십 | cut <for example --set cut=85, without blanks and without %>\n"},
    {"cut", "200.0000000000000000000000001",
     "0 setting-range: cut | 200.0000000000000000000000001 | 0 | 200\n"},
    {"cut", "-1", "0 setting-range: cut | -1 | 0 | 200\n"},
    {"cot", "85", "0 unknown-setting: cot <did you mean cut?>\n"},
    {"title", "85", "0 unknown-setting: title <the parameters are: cut>\n"},
    {"", "85", "0 unknown-setting:  <the parameters are: cut>\n"},
};

static void test_settings(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(settings); i++) {
        Setting setting = {str_of(settings[i].name), str_of(settings[i].value)};
        check_plan("special = {}", &setting, 1, settings[i].faults,
                   settings[i].faults[0] ? EXIT_USAGE : EXIT_DONE);
    }
    check_plan("params = nil, verdict = { { 'x', key = 'x' } }", &(Setting){STR("cut"), STR("1")}, 1,
               "0 unknown-setting: cut\n", EXIT_USAGE);
    const Setting two[] = {{STR("x"), STR("1")}, {STR("cut"), STR("x")}};
    check_plan(
        "titel = 't'", two, 2,
        "1 unknown-key: titel <did you mean title?>\n0 unknown-setting: x <the parameters are: cut>\n0 param-value: x | cut <for example --set cut=85, without blanks and without %>\n",
        EXIT_USAGE);
}

static void add_decimal(Buffer *out, const char *before, const Decimal *number) {
    buffer_add(out, str_of(before));
    decimal_write(out, number);
}

/* A setting takes the place of the parameter's value wherever it is used, and the plan says so; the last one
 * wins. */
static void test_override(void **state) {
    (void)state;
    Arena arena = {0};
    Diag *diag = diag_new();
    const Setting given[] = {{STR("cut"), STR("70")}, {STR("cut"), STR("85.50")}};
    Tree *rules =
        ruletext_rules(&arena, "params = { cut = { 80, unit = '%', source = 's' }, other = 5 },"
                               "rate = { { 1, when = { target = { below = param.cut } } }, { 2 } }");
    Plan *plan = plan_compile(STR("r.lua"), rules, given, 2, diag);
    assert_non_null(plan);
    Buffer found = {0};
    for (size_t i = 0; i < plan->param_count; i++) {
        const Param *param = &plan->params[i];
        buffer_addf(&found, "%.*s", STR_FMT(param->name));
        add_decimal(&found, " ", &param->value);
        add_decimal(&found, " ", &param->file_value);
        buffer_addf(&found, " %s [%.*s] [%.*s] ", param->overridden ? "set" : "file", STR_FMT(param->unit),
                    STR_FMT(param->source));
    }
    add_decimal(&found, "", &plan->verdicts[LEVEL_PROJECT].bands[0].range.high.value);
    add_decimal(&found, " ", &plan->cases[0].when.conditions[0].range.high.value);
    expect_text("params", &found, "cut 85.50 80 set [%] [s] other 5 5 file [] [] 85.50 85.50");
    assert_ptr_equal(plan->verdicts[LEVEL_PROJECT].bands[0].range.high.param, plan_param(plan, STR("cut")));
    assert_null(plan_param(plan, STR("cutt")));
    assert_false(diag_has_errors(diag));
    plan_free(plan);
    diag_free(diag);
    arena_release(&arena);
}

/* What a plan of the rules of 2019 holds. */
static void test_plan(void **state) {
    (void)state;
    Arena arena = {0};
    Diag *diag = diag_new();
    Tree *rules =
        ruletext_rules(&arena, "special = { { when = { ['부서'] = 'a*' }, because = 'b', exclude = true } },"
                               "rounding = { digits = 1, mode = 'half_even' }, narrative = 'n.json'");
    Plan *plan = plan_compile(STR("r.lua"), rules, NULL, 0, diag);
    assert_non_null(plan);
    assert_true(str_is(plan->title, "t") && str_is(plan->data, "d.csv") && str_is(plan->narrative, "n.json"));
    assert_true(str_is(plan->published, "") && str_is(plan->report, "status") && str_is(plan->file, "r.lua"));
    assert_int_equal(plan->case_count, 2);
    assert_int_equal(plan->special_count, 1);
    assert_true(str_is(plan->cases[1].path, "rate[2]") && str_is(plan->specials[0].path, "special[1]"));
    assert_true(str_is(plan->specials[0].because, "b") && plan->specials[0].exclude);
    assert_true(str_is(plan->specials[0].when.conditions[0].column, "department"));
    assert_int_equal(plan->cases[0].when.count, 1);
    assert_int_equal(plan->cases[1].when.count, 0);
    assert_non_null(plan->cases[0].formula);
    assert_int_equal(plan->places, 1);
    assert_int_equal(plan->rounding, ROUNDING_HALF_EVEN);
    assert_int_equal(plan->rollups[LEVEL_PROJECT].aggregate, AGGREGATE_MEAN);
    assert_int_equal(plan->fields.count, 2);
    assert_false(plan->has_functions);
    assert_int_equal(plan->verdicts[LEVEL_PROJECT].count, 2);
    Buffer ranges = {0};
    range_write(&ranges, &plan->verdicts[LEVEL_PROJECT].bands[0].range);
    buffer_add_char(&ranges, ';');
    range_write(&ranges, &plan->verdicts[LEVEL_PROJECT].bands[1].range);
    expect_text("ranges", &ranges, "at_most 80;");
    plan_free(plan);
    diag_free(diag);
    arena_release(&arena);
}

static void test_functions(void **state) {
    (void)state;
    static const struct {
        const char *changes;
        bool functions;
    } rules[] = {{"rate = fn1", true},
                 {"rate = { { 1, when = fn1 }, { 2 } }", true},
                 {"special = { { when = { unit = 'x' }, because = 'b', rate = fn1 } }", true},
                 {"rate = 1", false}};
    for (size_t i = 0; i < COUNT(rules); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Plan *plan = plan_compile(STR("r.lua"), ruletext_rules(&arena, rules[i].changes), NULL, 0, diag);
        if (!plan || plan->has_functions != rules[i].functions) fail_msg("<%s>", rules[i].changes);
        plan_free(plan);
        diag_free(diag);
        arena_release(&arena);
    }
}

static const struct {
    const char *range, *text;
    const char *inside, *outside; /* one value each; NULL: none */
} ranges[] = {
    {"{ at_most = 77.6 }", "at_most 77.6", "388/5",
     "77600000000000000000000000001/1000000000000000000000000000"},
    {"{ below = 77.60 }", "below 77.6", "77", "388/5"},
    {"{ at_least = 80 }", "at_least 80", "80", "239/3"},
    {"{ above = 80 }", "above 80", "241/3", "80"},
    {"{ above = -1, at_most = 0.0 }", "above -1, at_most 0", "0", "-1"},
    {"{ at_least = 1, below = 2 }", "at_least 1, below 2", "1", "2"},
};

static void test_ranges(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(ranges); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Str changes = arena_format(&arena, "rate = { { 1, when = { target = %s } } }", ranges[i].range);
        Plan *plan = plan_compile(STR("r.lua"), ruletext_rules(&arena, changes.data), NULL, 0, diag);
        assert_non_null(plan);
        const Range *range = &plan->cases[0].when.conditions[0].range;
        Buffer text = {0};
        range_write(&text, range);
        expect_text(ranges[i].range, &text, ranges[i].text);
        mpq_t value;
        mpq_init(value);
        mpq_set_str(value, ranges[i].inside, 10);
        if (!range_holds(range, value)) fail_msg("%s refuses %s", ranges[i].range, ranges[i].inside);
        mpq_set_str(value, ranges[i].outside, 10);
        if (range_holds(range, value)) fail_msg("%s takes %s", ranges[i].range, ranges[i].outside);
        mpq_clear(value);
        plan_free(plan);
        diag_free(diag);
        arena_release(&arena);
    }
}

/* More entries than a rule set may have are a limit, not a crash. */
static void test_limits(void **state) {
    (void)state;
    Buffer rules = {0};
    buffer_add(&rules, STR("verdict = {"));
    for (int i = 0; i < PLAN_BANDS; i++) buffer_addf(&rules, "{ 'x', key = 'k%d', at_most = %d },", i, i);
    size_t size = rules.size;
    buffer_add(&rules, STR("{ 'x', key = 'k' } }"));
    check_plan(buffer_text(&rules), NULL, 0, "1 too-many-entries: verdict | 65 | 64\n", EXIT_LIMIT);
    rules.size = size;
    buffer_add_char(&rules, '}');
    check_plan(buffer_text(&rules), NULL, 0, "1 band-gap: 63 < rate\n", EXIT_RULES);
    buffer_release(&rules);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bands),  cmocka_unit_test(test_settings),  cmocka_unit_test(test_override),
        cmocka_unit_test(test_plan),   cmocka_unit_test(test_functions), cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
