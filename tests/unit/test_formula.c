#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "formulas.h"

/* One row: target 2500, actual 2000, weight 0.1, published_rate blank, zero 0, na -, long 10^30 + 1, own 3.
 */
static const char data[] = HEADER ",weight,published_rate,zero,na,long,own\nb,d,p,i,u,2500,2000,0.10,,0,-,"
                                  "1000000000000000000000000000001,3\n";

/* Exact values are worked out by hand as fractions in lowest terms; reasons by reading from left to right. */
static const struct {
    const char *formula, *exact;
} values[] = {
    {"field.actual / field.target * 100", "80"},
    {"field.actual / (field.target * 100)", "1/125"},
    {"100 * field.actual / field.target", "80"},
    {"field.actual", "2000"},
    {"field.weight", "1/10"},
    {"80", "80"},
    {"param.cut", "80"},
    {"param.tenth + param.tenth + param.tenth", "3/10"},
    {"0.1 + 0.2 - 0.3", "0"},
    {"2 - 3 - 4", "-5"},
    {"2 - (3 - 4)", "3"},
    {"2 + 3 * 4", "14"},
    {"(2 + 3) * 4", "20"},
    {"8 / 4 / 2", "1"},
    {"8 / (4 / 2)", "4"},
    {"1 / 3 + 1 / 6", "1/2"},
    {"-field.own", "-3"},
    {"-(field.own - 5) * -2", "-4"},
    {"-(-field.own)", "3"},
    {"field.own - -3", "6"},
    {"(2 - field.actual / field.target) * 100", "120"},
    {"field.target / field.actual * 100", "125"},
    {"field.long - 1e30", "1"},
    {"(field.long - 1e30) / field.own", "1/3"},
    {"1e-399 * 1e399", "1"},
    {"1e399 * 1e399 / 1e399 / 1e399", "1"},
    {"1 / (1e-399 * 1e-399) / 1e399 / 1e399", "1"},
    {"field.zero * field.long", "0"},
    {"field.zero / field.own", "0"},
    {"field['실적'] / field['목표']", "4/5"},
    /* reasons */
    {"field.published_rate", "blank"},
    {"field.na", "not_applicable"},
    {"field.published_rate * 0", "blank"},
    {"field.note_of_nobody", "blank"},
    {"field.actual / field.zero", "division_by_zero"},
    {"0 / field.zero", "division_by_zero"},
    {"1 / param.nought", "division_by_zero"},
    {"1 / (field.own - 3)", "division_by_zero"},
    {"1 / (0.1 + 0.2 - 0.3)", "division_by_zero"},
    {"1 / (1 / 3 * 3 - 1)", "division_by_zero"},
    /* the first reason in order of reading counts */
    {"field.na + field.published_rate", "not_applicable"},
    {"field.published_rate + field.na", "blank"},
    {"field.na / field.zero", "not_applicable"},
    {"1 / field.zero + field.na", "division_by_zero"},
    {"field.na + 1 / field.zero", "not_applicable"},
    {"1 / (0.1 + 0.2 - 0.3) + field.na", "division_by_zero"},
    {"1 / (1e399 * 1e399 - 1e399 * 1e399) * field.published_rate", "division_by_zero"},
    {"1 / (1e399 * 1e399) + field.na", "not_applicable"},
};

/* Own columns that formulas use are read as numbers. */
static const Str own[] = {{"zero", 4}, {"na", 2}, {"long", 4}, {"own", 3}};
static const LoadOptions with_own = {.number_columns = own, .number_column_count = COUNT(own)};

static void test_values(void **state) {
    (void)state;
    Dataset *dataset = load_text(data, &with_own);
    for (size_t i = 0; i < COUNT(values); i++) {
        Arena arena = {0};
        Bench bench = bench_of(ruletext_read(&arena, values[i].formula), dataset);
        if (!bench.formula) fail_msg("<%s> was refused", values[i].formula);
        check_row(values[i].formula, &bench, values[i].exact);
        bench_end(&bench);
        arena_release(&arena);
    }
    dataset_free(dataset);
}

/* Whose zero it is: a target of zero has a reason of its own, by either of its names, and only where the
 * divisor is the target itself. */
static void test_zero_target(void **state) {
    (void)state;
    static const struct {
        const char *formula, *reason;
    } cases[] = {
        {"field.actual / field.target", "zero_target"},
        {"field.actual / field['목표']", "zero_target"},
        {"field.actual / (field.target * 2)", "division_by_zero"},
        {"field.actual / -field.target", "division_by_zero"},
        {"field.target / field.weight", "division_by_zero"},
        {"field.actual / field.target + 1 / field.weight", "zero_target"},
        {"1 / field.weight + field.actual / field.target", "division_by_zero"},
        {"(0.1 + 0.2 - 0.3) / field.target", "zero_target"},
        {"1 / (0.1 + 0.2 - 0.3) / field.target", "division_by_zero"},
    };
    Dataset *dataset = load_text(HEADER ",weight\nb,d,p,i,u,0.00,5,0\n", &with_own);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena arena = {0};
        Bench bench = bench_of(ruletext_read(&arena, cases[i].formula), dataset);
        check_row(cases[i].formula, &bench, cases[i].reason);
        uint32_t row = 0, odd;
        double value, error;
        uint8_t missing;
        size_t odd_count =
            formula_rates(bench.formula, &bench.columns, &row, 1, &value, &error, &missing, &odd);
        assert_int_equal(odd_count, 1);
        if (isfinite(error)) assert_string_equal(missing_name((Missing)missing), cases[i].reason);
        assert_true(isfinite(error) || strstr(cases[i].formula, "0.1")); /* which doubles cannot tell */
        bench_end(&bench);
        arena_release(&arena);
    }
    dataset_free(dataset);
}

static const struct {
    const char *formula, *faults;
} refused[] = {
    {"field.actual / param.cutt", "1 unknown-param: cutt\n"},
    {"field.actual /\n field.unit", "2 text-field: unit\n"},
    {"field['부서'] + 1", "1 text-field: 부서\n"},
    {"field.indicator * param.none", "1 text-field: indicator\n"},
};

static void test_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        Arena arena = {0};
        Bench bench = bench_of(ruletext_read(&arena, refused[i].formula), NULL);
        if (bench.formula) fail_msg("<%s> was compiled", refused[i].formula);
        Buffer faults = {0};
        faults_brief(&faults, bench.diag);
        expect_text(refused[i].formula, &faults, refused[i].faults);
        bench_end(&bench);
        arena_release(&arena);
    }
}

/* Fields are listed once, in order of first use, by their English names, with the place of the first use. */
static void test_fields(void **state) {
    (void)state;
    Arena arena = {0};
    Bench bench = bench_of(
        ruletext_read(&arena, "field.own + field['실적'] *\nfield.actual - field.target / field.own"), NULL);
    Buffer found = {0};
    for (size_t i = 0; i < bench.fields.count; i++)
        buffer_addf(&found, "%.*s:%u:%u ", STR_FMT(bench.fields.names[i]), bench.fields.places[i].line,
                    bench.fields.places[i].column);
    expect_text("fields", &found, "own:1:1 actual:1:13 target:2:16 ");
    bench_end(&bench);
    arena_release(&arena);
}

/* Property: random formulas over random decimals. */

static void add_random_formula(Buffer *out, uint64_t *random, int depth) {
    size_t kind = random_below(random, depth > 0 ? 14 : 4);
    if (kind < 3) {
        buffer_addf(out, "field.f%u", (unsigned)random_below(random, FIELDS));
    } else if (kind == 3) {
        static const char *const constants[] = {"0.1",       "100", "80",    "param.tenth",
                                                "param.cut", "3",   "1e300", "1e-300"};
        buffer_add(out, str_of(constants[random_below(random, COUNT(constants))]));
    } else if (kind == 4) {
        buffer_add(out, STR("-("));
        add_random_formula(out, random, depth - 1);
        buffer_add_char(out, ')');
    } else {
        buffer_add_char(out, '(');
        add_random_formula(out, random, depth - 1);
        buffer_addf(out, " %c ", "+-*/"[random_below(random, 4)]);
        add_random_formula(out, random, depth - 1);
        buffer_add_char(out, ')');
    }
}

static void test_random(void **state) {
    (void)state;
    enum { FORMULAS = RANDOM_ROUNDS(1500) };
    uint64_t random = 20190213;
    size_t sure = 0;
    Dataset *dataset = NULL;
    for (size_t i = 0; i < FORMULAS; i++) {
        if (i % 50 == 0) {
            dataset_free(dataset);
            dataset = random_dataset(&random);
        }
        Arena arena = {0};
        Buffer text = {0};
        add_random_formula(&text, &random, 1 + (int)random_below(&random, 5));
        Bench bench = bench_of(ruletext_read(&arena, buffer_text(&text)), dataset);
        check_rows(buffer_text(&text), &bench, &sure);
        bench_end(&bench);
        buffer_release(&text);
        arena_release(&arena);
    }
    dataset_free(dataset);
    assert_true(sure > (size_t)FORMULAS * ROWS / 2); /* or the test would say little */
}

/* formula_rates over rows first, first + step, …: as the exact way, and what is not plain is listed. */
static void check_rates(const char *formula, const Bench *bench, uint32_t first, uint32_t step) {
    uint32_t rows[ROWS], odd[ROWS];
    double value[ROWS], error[ROWS];
    uint8_t missing[ROWS];
    size_t count = 0, listed = 0;
    for (uint32_t row = first; row < ROWS; row += step) rows[count++] = row;
    size_t odd_count =
        formula_rates(bench->formula, &bench->columns, rows, count, value, error, missing, odd);
    for (size_t k = 0; k < count; k++) {
        bool sure, plain = missing[k] == MISSING_NONE && isfinite(error[k]);
        if (!agrees(bench, rows[k], value[k], error[k], missing[k], &sure))
            fail_msg("%s, row %u: %.17g error %g %s", formula, rows[k], value[k], error[k],
                     missing_name((Missing)missing[k]));
        if (plain) continue;
        assert_true(listed < odd_count);
        assert_int_equal(odd[listed++], k);
    }
    assert_int_equal(listed, odd_count);
}

static void test_rates(void **state) {
    (void)state;
    static const char *const formulas[] = {
        "field.f0 / field.f1 * 100",       "(2 - field.f0 / field.f1) * 100",
        "(field.f1 / field.f0 + 1) * 0.5", "field.f0 / field.f1",
        "(3 - field.f0 / field.f0) * 0",   "(0.1 - field.f0 / field.f1) * 100",
        "field.f0 * 100 / field.f1",       "(field.f0 / field.f1 - 2) * 100",
        "field.f0 / field.nowhere * 100",  "100 - field.f0 / field.f1 * field.f2",
    };
    uint64_t random = 11;
    for (size_t round = 0; round < 40; round++) {
        Dataset *dataset = random_dataset(&random);
        for (size_t i = 0; i < COUNT(formulas); i++) {
            Arena arena = {0};
            Bench bench = bench_of(ruletext_read(&arena, formulas[i]), dataset);
            assert_non_null(bench.formula);
            for (uint32_t step = 1; step < 4; step++) check_rates(formulas[i], &bench, step - 1, step);
            bench_end(&bench);
            arena_release(&arena);
        }
        dataset_free(dataset);
    }
}

/* Rates by hand: of whole numbers, of decimals, of a mirror; on the cut the bound holds the exact 80. */
static void test_rates_by_hand(void **state) {
    (void)state;
    Dataset *dataset = load_text("bureau,department,project,indicator,unit,target,actual\n"
                                 "a,a,a,a,%,2500,2000\na,a,a,b,%,8800.8,7040.64\na,a,a,c,%,8,5\n"
                                 "a,a,a,d,%,0,5\na,a,a,e,%,5,\na,a,a,f,%,5,0\n",
                                 NULL);
    static const double up[] = {80, 80, 62.5, 0, 0, 0}, mirror[] = {120, 120, 137.5, 0, 0, 200};
    static const Missing reasons[] = {0, 0, 0, MISSING_ZERO_TARGET, MISSING_BLANK, 0};
    for (int way = 0; way < 2; way++) {
        Arena arena = {0};
        Bench bench = bench_of(ruletext_read(&arena, way ? "(2 - field.actual / field.target) * 100"
                                                         : "field.actual / field.target * 100"),
                               dataset);
        const uint32_t rows[] = {0, 1, 2, 3, 4, 5};
        uint32_t odd[6];
        double value[6], error[6];
        uint8_t missing[6];
        assert_int_equal(formula_rates(bench.formula, &bench.columns, rows, 6, value, error, missing, odd),
                         2);
        assert_int_equal(odd[0], 3);
        assert_int_equal(odd[1], 4);
        for (size_t k = 0; k < 6; k++) {
            assert_int_equal(missing[k], reasons[k]);
            if (!missing[k]) assert_true(fabs(value[k] - (way ? mirror : up)[k]) <= error[k]);
            if (!missing[k]) assert_true(error[k] < 1e-12);
        }
        bench_end(&bench);
        arena_release(&arena);
    }
    dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),        cmocka_unit_test(test_zero_target),
        cmocka_unit_test(test_refused),       cmocka_unit_test(test_fields),
        cmocka_unit_test(test_random),        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_rates_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
