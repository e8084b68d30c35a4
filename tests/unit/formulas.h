/* formulas - formulas compiled for tests, the two ways of evaluating them compared, and columns of random
 * decimals.
 */
#ifndef PERFEVAL_TESTS_FORMULAS_H
#define PERFEVAL_TESTS_FORMULAS_H

#include "model/dataset_build.h"
#include "ruletext.h"

#include <math.h>

#define FIELDS 6
#define ROWS   40

/* Parameters: cut is 80, tenth is 0.1, nought is 0. */
static const struct {
    const char *name;
    Decimal value;
} params[] = {{"cut", {80, 0, {NULL, 0}}}, {"tenth", {1, 1, {NULL, 0}}}, {"nought", {0, 2, {NULL, 0}}}};

static inline bool find_param(void *context, Str name, const Place *place, Decimal *value, Diag *diag) {
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

/** The dataset of a CSV text; `options` may be NULL. */
static inline Dataset *load_text(const char *csv, const LoadOptions *options) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), str_of(csv));
    Dataset *dataset = dataset_load(table, options, diag);
    table_close(table);
    diag_free(diag);
    assert_non_null(dataset);
    return dataset;
}

static inline Bench bench_of(const Tree *tree, const Dataset *dataset) {
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

static inline void bench_end(Bench *bench) {
    diag_free(bench->diag);
    arena_release(&bench->arena);
}

static inline void add_exact(Buffer *out, const Bench *bench, size_t row) {
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
static inline bool agrees(const Bench *bench, size_t row, double value, double error, uint8_t missing,
                          bool *sure) {
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

static inline void check_row(const char *input, const Bench *bench, const char *exact) {
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

static inline void add_random_number(Buffer *out, uint64_t *random) {
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

static inline void set_random_cell(Dataset *dataset, size_t column, uint64_t *random) {
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

static inline Dataset *random_dataset(uint64_t *random) {
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

static inline void check_rows(const char *formula, const Bench *bench, size_t *sure_count) {
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

#endif
