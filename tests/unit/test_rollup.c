#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "formulas.h"

/* Rates of children, exactly and as evaluation has them. */
typedef struct Children {
    mpq_t exact[ROWS];
    Guess guess[ROWS];
} Children;

static Guess child_guess(const void *context, uint32_t child) {
    return ((const Children *)context)->guess[child];
}

static Missing child_exact(const void *context, uint32_t child, mpq_ptr out) {
    const Children *children = context;
    if (children->guess[child].missing == MISSING_NONE) mpq_set(out, children->exact[child]);
    return children->guess[child].missing;
}

static void children_init(Children *children) {
    for (size_t i = 0; i < ROWS; i++) mpq_init(children->exact[i]);
}

static void children_clear(Children *children) {
    for (size_t i = 0; i < ROWS; i++) mpq_clear(children->exact[i]);
}

/* Numbers of a text such as "10 . 1/3": children (. has no rate, x is excluded), or a column of weights (. is
 * blank). Their count. */
static size_t read_children(const char *text, Children *children) {
    size_t count = 0;
    for (const char *at = text; *at; count++) {
        size_t size = strcspn(at, " ");
        char word[32] = {0};
        memcpy(word, at, size);
        Missing missing = word[0] == '.' ? MISSING_BLANK : word[0] == 'x' ? MISSING_EXCLUDED : MISSING_NONE;
        mpq_set_str(children->exact[count], missing != MISSING_NONE ? "0" : word, 10);
        mpq_canonicalize(children->exact[count]);
        double value = mpq_get_d(children->exact[count]);
        children->guess[count] = (Guess){value, fabs(value) * 0x1p-51, missing};
        at += size + (at[size] == ' ');
    }
    return count;
}

static Dataset *column_of(const char *text) {
    Dataset *dataset = dataset_new(STR("column"));
    dataset_add_column(dataset, STR("numbers"), COLUMN_KNOWN, true);
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, " ");
        dataset_add_row(dataset, 1);
        Arena arena = {0};
        Decimal number;
        if (*at == '.')
            dataset_set_missing(dataset, 0, MISSING_BLANK);
        else if (decimal_parse_literal((Str){at, size}, &number, &arena))
            dataset_set_number(dataset, 0, number);
        arena_release(&arena);
        at += size + (at[size] == ' ');
    }
    return dataset;
}

/* The two ways agree: the same reason, or a value within its error. `sure`: doubles could say. */
static bool agrees_with(Guess guess, Missing reason, mpq_srcptr exact, bool *sure) {
    *sure = guess.missing != MISSING_NONE || isfinite(guess.error);
    if (!*sure) return true;
    if (guess.missing != MISSING_NONE || reason != MISSING_NONE) return guess.missing == reason;
    mpq_t value, error;
    mpq_inits(value, error, NULL);
    mpq_set_d(value, guess.value);
    mpq_set_d(error, guess.error);
    mpq_sub(value, value, exact);
    mpq_abs(value, value);
    bool good = mpq_cmp(value, error) <= 0;
    mpq_clears(value, error, NULL);
    return good;
}

/* Rates, weights (of weighted_mean) or "targets/actuals" behind each other; results by hand as fractions. */
static const struct {
    const char *rollup, *rates, *columns, *result;
} cases[] = {
    {"mean", "70 80 90", "", "80"},
    {"mean", "200/3 280/3", "", "80"},
    {"mean", "70 .", "", "70"},
    {"mean", ". .", "", "no_values"},
    {"mean zero", "70 . 80", "", "50"},
    {"mean zero", ". .", "", "0"},
    {"mean missing", "70 .", "", "missing_below"},
    {"mean missing", "70 71", "", "141/2"},
    {"min", "70 -3 5", "", "-3"},
    {"min zero", "70 . 5", "", "0"},
    {"max zero", "-70 . -5", "", "0"},
    {"max", "70 1/3 . 71", "", "71"},
    {"median", "9 1 5", "", "5"},
    {"median", "9 1 5 6", "", "11/2"},
    {"median zero", "9 . 5", "", "5"},
    {"trimmed 0.1", "100 1 2 3 4 5 6 7 8 -100", "", "9/2"},    /* (1 + … + 8)/8 */
    {"trimmed 0.3", "0 10 20 30 40 50 60 70 80 90", "", "45"}, /* 3 at each end: (30 + 40 + 50 + 60)/4 */
    {"trimmed 0.29", "0 10 20 30 40 50 60 70 80 99", "", "45"},
    {"trimmed 0.499", "1 2 6", "", "2"},
    {"trimmed 0.4", "1 2", "", "3/2"},
    {"trimmed 0.4", "7", "", "7"},
    {"trimmed 0.2 zero", "10 20 30 40 .", "", "20"}, /* 0 and 40 go: (10 + 20 + 30)/3 */
    {"weighted_mean", "70 90", "3 1", "75"},
    {"weighted_mean", "70 90", "0.1 0.2", "250/3"},
    {"weighted_mean", "70 90", "0 5", "90"},
    {"weighted_mean", "70 90", "0 0", "no_weight"},
    {"weighted_mean", "70 90", "1 -1", "no_weight"},
    {"weighted_mean", "70 90", "1 .", "no_weight"},
    {"weighted_mean", "70 .", "1 .", "70"},
    {"weighted_mean zero", "70 .", "1 3", "35/2"},
    {"weighted_mean missing", "70 .", "1 3", "missing_below"},
    {"weighted_mean", ". .", "1 3", "no_values"},
    {"pooled", "90 10", "900 100/810 10", "82"},
    {"pooled", "90 .", "900 100/810 10", "90"},
    {"pooled zero", "90 .", "900 100/810 .", "81"},
    {"pooled zero", "90 .", "900 ./810 10", "90"}, /* without a target there is nothing to pool */
    {"pooled missing", "90 .", "900 100/810 10", "missing_below"},
    {"pooled", "1 1", "5 -5/1 1", "zero_target"},
    {"pooled", ". .", "5 5/1 1", "no_values"},
    {"mean zero", "70 x 80", "", "75"}, /* what is excluded is no zero, whatever the policy */
    {"mean missing", "70 x", "", "70"},
    {"mean missing", "70 x .", "", "missing_below"},
    {"mean zero", "x .", "", "0"},
    {"mean", "x .", "", "no_values"},
    {"mean", "x x", "", "excluded"},
    {"mean zero", "x x", "", "excluded"},
    {"min zero", "70 x", "", "70"},
    {"trimmed 0.2 zero", "10 20 30 40 x", "", "25"}, /* none goes: 4/5 of one */
    {"weighted_mean zero", "70 x 80", "1 3 .", "no_weight"},
    {"weighted_mean zero", "70 x 80", "1 . 3", "155/2"},
    {"pooled zero", "90 x", "900 100/810 10", "90"},
    {"pooled missing", "x x", "900 100/810 10", "excluded"},
};

static Rollup read_rollup(const char *text) {
    Rollup rollup = {.set = true};
    char word[16] = {0};
    while (*text) {
        size_t size = strcspn(text, " ");
        memset(word, 0, sizeof word);
        memcpy(word, text, size);
        Arena arena = {0};
        if (!aggregate_find(str_of(word), &rollup.aggregate) &&
            !missing_child_find(str_of(word), &rollup.missing))
            assert_true(decimal_parse_literal(str_of(word), &rollup.trim, &arena));
        arena_release(&arena);
        text += size + (text[size] == ' ');
    }
    return rollup;
}

static void test_cases(void **state) {
    (void)state;
    uint32_t order[ROWS];
    for (uint32_t i = 0; i < ROWS; i++) order[i] = i;
    Children children;
    children_init(&children);
    mpq_t exact;
    mpq_init(exact);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Rollup rollup = read_rollup(cases[i].rollup);
        const char *second = strchr(cases[i].columns, '/');
        char first[64] = {0};
        memcpy(first, cases[i].columns,
               second ? (size_t)(second - cases[i].columns) : strlen(cases[i].columns));
        Dataset *one = column_of(first), *two = column_of(second ? second + 1 : "");
        RollupInput input = {order,
                             read_children(cases[i].rates, &children),
                             dataset_numbers(one, 0),
                             dataset_numbers(one, 0),
                             dataset_numbers(two, 0),
                             NULL,
                             0};
        Guess guess = rollup_guess(&rollup, &input, child_guess, &children);
        Missing reason = rollup_exact(&rollup, &input, child_exact, &children, exact);
        bool sure;
        if (!agrees_with(guess, reason, exact, &sure)) fail_msg("%s of %s", cases[i].rollup, cases[i].rates);
        Buffer found = {0};
        char *text = mpq_get_str(NULL, 10, exact);
        buffer_add(&found, str_of(reason == MISSING_NONE ? text : missing_name(reason)));
        free(text);
        expect_text(cases[i].rates, &found, cases[i].result);
        dataset_free(one);
        dataset_free(two);
    }
    mpq_clear(exact);
    children_clear(&children);
}

/* Property: the two ways agree over random rates, weights, targets and actuals, with every policy. */

static void set_random_child(Children *children, size_t at, const NumberColumn *column, uint64_t *random) {
    Decimal number;
    Guess *guess = &children->guess[at];
    guess->missing = dataset_number(column, at, &number);
    guess->value = guess->error = 0;
    if (guess->missing != MISSING_NONE) return;
    decimal_to_rational(&number, children->exact[at]);
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(part, 1, 3);
    if (random_below(random, 2)) mpq_mul(children->exact[at], children->exact[at], part);
    mpq_clear(part);
    guess->value = mpq_get_d(children->exact[at]);
    bool held = isfinite(guess->value);
    guess->error = held ? fabs(guess->value) * 0x1p-50 + 0x1p-1022 : INFINITY;
    if (!held) guess->value = 0;
}

static void test_random(void **state) {
    (void)state;
    enum { TRIALS = RANDOM_ROUNDS(4000) };
    uint64_t random = 154;
    size_t sure_count = 0;
    Children children;
    children_init(&children);
    mpq_t exact;
    mpq_init(exact);
    Dataset *dataset = NULL;
    for (size_t i = 0; i < TRIALS; i++) {
        if (i % 20 == 0) {
            dataset_free(dataset);
            dataset = random_dataset(&random);
            for (size_t row = 0; row < ROWS; row++)
                set_random_child(&children, row, dataset_numbers(dataset, 0), &random);
        }
        uint32_t rows[ROWS];
        size_t count = 1 + random_below(&random, random_below(&random, 2) ? 5 : ROWS);
        for (size_t k = 0; k < count; k++) rows[k] = (uint32_t)random_below(&random, ROWS);
        Rollup rollup = {.set = true,
                         .aggregate = (Aggregate)random_below(&random, AGGREGATE_COUNT),
                         .missing = (MissingChild)random_below(&random, MISSING_CHILD_COUNT),
                         .trim = {.digits = (int64_t)random_below(&random, 50), .scale = 2}};
        size_t columns[3];
        for (size_t k = 0; k < 3; k++) columns[k] = 1 + random_below(&random, FIELDS - 1);
        RollupInput input = {rows,
                             count,
                             dataset_numbers(dataset, columns[0]),
                             dataset_numbers(dataset, columns[1]),
                             dataset_numbers(dataset, columns[2]),
                             NULL,
                             0};
        Guess guess = rollup_guess(&rollup, &input, child_guess, &children);
        Missing reason = rollup_exact(&rollup, &input, child_exact, &children, exact);
        bool sure;
        if (!agrees_with(guess, reason, exact, &sure))
            fail_msg("trial %zu: %s %s of %zu: %.17g error %g %s, exactly %s %.17g", i,
                     aggregate_name(rollup.aggregate), missing_child_name(rollup.missing), count, guess.value,
                     guess.error, missing_name(guess.missing), missing_name(reason), mpq_get_d(exact));
        sure_count += sure;
    }
    dataset_free(dataset);
    mpq_clear(exact);
    children_clear(&children);
    assert_true(sure_count > TRIALS / 2);
}

static void test_names(void **state) {
    (void)state;
    for (Aggregate aggregate = 0; aggregate < AGGREGATE_COUNT; aggregate++) {
        Aggregate found;
        assert_true(aggregate_find(str_of(aggregate_name(aggregate)), &found) && found == aggregate);
    }
    for (MissingChild policy = 0; policy < MISSING_CHILD_COUNT; policy++) {
        MissingChild found;
        assert_true(missing_child_find(str_of(missing_child_name(policy)), &found) && found == policy);
    }
    Aggregate aggregate;
    MissingChild policy;
    assert_false(aggregate_find(STR("average"), &aggregate) || missing_child_find(STR("none"), &policy));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_random),
                                       cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
