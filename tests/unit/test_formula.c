#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/dataset_build.h"
#include "ruletext.h"

#include <math.h>

/* Parameters: cut is 80, tenth is 0.1, nought is 0. */
static const struct {
    const char *name;
    Decimal value;
} params[] = {{"cut", {80, 0, {NULL, 0}}}, {"tenth", {1, 1, {NULL, 0}}}, {"nought", {0, 2, {NULL, 0}}}};

static bool find_param(void *context, Str name, const Place *place, Decimal *value, Diag *diag) {
    (void)context;
    for (size_t i = 0; i < COUNT(params); i++) {
        if (!str_is(name, params[i].name)) continue;
        *value = params[i].value;
        return true;
    }
    diag_add(diag, MESSAGE_UNKNOWN_PARAM, place, name);
    return false;
}

typedef struct Bench {
    Arena arena;
    Diag *diag;
    FieldList fields;
    const Formula *formula;
    FormulaColumns columns;
} Bench;

static Bench bench_of(const Tree *tree, const Dataset *dataset) {
    Bench bench = {.diag = diag_new()};
    FormulaScope scope = {&bench.fields, find_param, NULL};
    bench.formula = formula_compile(&bench.arena, tree, &scope, bench.diag);
    bench.columns.columns = arena_new(&bench.arena, bench.fields.count, sizeof(const NumberColumn *));
    for (size_t i = 0; i < bench.fields.count && dataset; i++) {
        size_t column;
        if (dataset_find_column(dataset, bench.fields.names[i], &column))
            bench.columns.columns[i] = dataset_numbers(dataset, column);
    }
    return bench;
}

static void bench_end(Bench *bench) {
    diag_free(bench->diag);
    arena_release(&bench->arena);
}

static void add_exact(Buffer *out, const Bench *bench, size_t row) {
    mpq_t exact;
    mpq_init(exact);
    Missing reason = formula_exact(bench->formula, &bench->columns, row, exact);
    if (reason != MISSING_NONE) {
        buffer_add(out, str_of(missing_name(reason)));
    } else {
        char *text = mpq_get_str(NULL, 10, exact);
        buffer_add(out, str_of(text));
        void (*release)(void *, size_t);
        mp_get_memory_functions(NULL, NULL, &release);
        release(text, strlen(text) + 1);
    }
    mpq_clear(exact);
}

/* The block way agrees with the exact one: the same reason, or a value within its error. False when it cannot
 * say. */
static bool agrees(const Bench *bench, size_t row, double value, double error, uint8_t missing, bool *sure) {
    mpq_t exact, bound;
    mpq_inits(exact, bound, NULL);
    Missing reason = formula_exact(bench->formula, &bench->columns, row, exact);
    bool good = true;
    *sure = missing != MISSING_NONE || isfinite(error);
    if (missing != MISSING_NONE || (*sure && reason != MISSING_NONE)) {
        good = (Missing)missing == reason;
    } else if (*sure) {
        good = isfinite(value) && error >= 0;
        if (good) {
            mpq_set_d(bound, value);
            mpq_sub(exact, exact, bound);
            mpq_abs(exact, exact);
            mpq_set_d(bound, error);
            good = mpq_cmp(exact, bound) <= 0;
        }
    }
    mpq_clears(exact, bound, NULL);
    return good;
}

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

static Dataset *load_text(const char *csv) {
    static const Str own[] = {{"zero", 4}, {"na", 2}, {"long", 4}, {"own", 3}};
    LoadOptions options = {own, COUNT(own)};
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), str_of(csv));
    Dataset *dataset = dataset_load(table, &options, diag);
    table_close(table);
    diag_free(diag);
    assert_non_null(dataset);
    return dataset;
}

static void check_row(const char *input, const Bench *bench, const char *exact) {
    const uint32_t row = 0;
    double value, error;
    uint8_t missing;
    bool sure;
    formula_block(bench->formula, &bench->columns, &row, 1, &value, &error, &missing);
    if (!agrees(bench, 0, value, error, missing, &sure))
        fail_msg("<%s> block: %g error %g %s", input, value, error, missing_name((Missing)missing));
    Buffer found = {0};
    add_exact(&found, bench, 0);
    expect_text(input, &found, exact);
}

static void test_values(void **state) {
    (void)state;
    Dataset *dataset = load_text(data);
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
    Dataset *dataset = load_text(HEADER ",weight\nb,d,p,i,u,0.00,5,0\n");
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena arena = {0};
        Bench bench = bench_of(ruletext_read(&arena, cases[i].formula), dataset);
        check_row(cases[i].formula, &bench, cases[i].reason);
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

#define FIELDS 6
#define ROWS   40

static void add_random_number(Buffer *out, uint64_t *random) {
    static const char *const picked[] = {"0",   "0.00", "1", "-1", "0.1",
                                         "0.3", "100",  "2", "3",  "0.333333333333333333"};
    size_t kind = random_below(random, 10);
    if (random_below(random, 2) && kind > 2) buffer_add_char(out, '-');
    if (kind <= 2) {
        buffer_add(out, str_of(picked[random_below(random, COUNT(picked))]));
    } else if (kind <= 5) {
        buffer_addf(out, "%u.%02u", (unsigned)random_below(random, 5000),
                    (unsigned)random_below(random, 100));
    } else if (kind == 6) { /* huge: beyond the doubles at times */
        buffer_addf(out, "%u", 1 + (unsigned)random_below(random, 9));
        for (size_t digits = random_below(random, 380); digits > 0; digits--)
            buffer_add_char(out, (char)('0' + random_below(random, 10)));
    } else if (kind == 7) { /* tiny: below the doubles at times */
        buffer_add(out, STR("0."));
        buffer_add_repeat(out, '0', random_below(random, 370));
        buffer_addf(out, "%u", 1 + (unsigned)random_below(random, 99999));
    } else { /* these cancel: 80 and what differs from it far behind the point */
        buffer_add(out, STR("80."));
        buffer_add_repeat(out, '0', random_below(random, 40));
        buffer_addf(out, "%u", (unsigned)random_below(random, 2));
    }
}

static void set_random_cell(Dataset *dataset, size_t column, uint64_t *random) {
    size_t kind = random_below(random, 60);
    if (kind < 2) {
        dataset_set_missing(dataset, column, kind ? MISSING_BLANK : MISSING_NOT_APPLICABLE);
        return;
    }
    Buffer text = {0};
    Arena arena = {0};
    Decimal number;
    add_random_number(&text, random);
    if (decimal_parse(buffer_view(&text), &number, &arena, NULL) > DECIMAL_LENIENT)
        fail_msg("no number: %s", buffer_text(&text));
    dataset_set_number(dataset, column, number);
    buffer_release(&text);
    arena_release(&arena);
}

static Dataset *random_dataset(uint64_t *random) {
    Dataset *dataset = dataset_new(STR("random"));
    char name[] = "f0";
    for (size_t i = 0; i < FIELDS; i++, name[1]++)
        dataset_add_column(dataset, str_of(name), COLUMN_KNOWN, true);
    for (uint32_t row = 0; row < ROWS; row++) {
        dataset_add_row(dataset, row + 2);
        for (size_t i = 0; i < FIELDS; i++) set_random_cell(dataset, i, random);
    }
    return dataset;
}

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

static void check_rows(const char *formula, const Bench *bench, size_t *sure_count) {
    uint32_t rows[ROWS]; /* any order will do */
    for (uint32_t k = 0; k < ROWS; k++) rows[k] = (k * 7 + 3) % ROWS;
    double value[ROWS], error[ROWS];
    uint8_t missing[ROWS];
    formula_block(bench->formula, &bench->columns, rows, ROWS, value, error, missing);
    for (size_t k = 0; k < ROWS; k++) {
        bool sure;
        if (!agrees(bench, rows[k], value[k], error[k], missing[k], &sure)) {
            Buffer exact = {0};
            add_exact(&exact, bench, rows[k]);
            fail_msg("%s\nrow %u: %.17g error %g %s\nexact %s", formula, rows[k], value[k], error[k],
                     missing_name((Missing)missing[k]), buffer_text(&exact));
        }
        *sure_count += sure;
    }
}

static void test_random(void **state) {
    (void)state;
    enum { FORMULAS = 1500 };
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_zero_target), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_fields), cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
