#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "formulas.h"

/* One row: target 4, actual -2.5, weight 0.125, base and published_rate blank, upper_bound -, lower_bound 0.
 */
static const char data[] = HEADER ",weight,base,upper_bound,lower_bound\nb,d,p,i,u,4,-2.5,0.125,,-,0\n";

#define YES  "when(1):equals(1)"
#define NO   "when(1):equals(2)"
#define OPEN "when(field.base):equals(1)"
#define NONE "when(field.upper_bound):equals(1)"

/* Exact values are worked out by hand as fractions in lowest terms. */
static const struct {
    const char *formula, *exact;
} values[] = {
    {"min(field.target, field.actual, 3)", "-5/2"},
    {"max(field.target, field.actual, 3)", "4"},
    {"min(field.actual)", "-5/2"},
    {"max(1 / 3, 0.3333333333333333333333333)", "1/3"},
    {"min(1 / 3, 0.3333333333333333333333334)", "1/3"},
    {"min(field.target, field.base, field.upper_bound)", "blank"},
    {"max(field.upper_bound, field.base)", "not_applicable"},
    {"abs(field.actual)", "5/2"},
    {"abs(field.target)", "4"},
    {"abs(field.actual / 3)", "5/6"},
    {"abs(field.base)", "blank"},
    {"clamp(field.actual, 0, 10)", "0"},
    {"clamp(field.target, 0, 10)", "4"},
    {"clamp(12, 0, 10)", "10"},
    {"clamp(5, 10, 0)", "0"}, /* the highest comes last */
    {"clamp(1, field.base, 10)", "blank"},
    /* powers */
    {"field.actual ^ 0", "1"},
    {"field.lower_bound ^ 0", "1"},
    {"field.base ^ 0", "blank"},
    {"field.actual ^ 1", "-5/2"},
    {"field.actual ^ 2", "25/4"},
    {"field.actual ^ 3", "-125/8"},
    {"(field.target / 6) ^ 3", "8/27"},
    {"field.weight ^ 64 * 2 ^ 64 * 4 ^ 64", "1"},
    {"2 ^ 64", "18446744073709551616"},
    {"(1 / 0.3 * 0.3) ^ 64", "1"},
    {"2 * 3 ^ 2", "18"},
    {"1e300 ^ 4 / 1e300 ^ 3 / 1e300", "1"}, /* beyond the doubles and back */
    {"1e-300 ^ 4 / 1e-300 ^ 3 / 1e-300", "1"},
    /* rounding: ties, thirds, wholes */
    {"round(field.actual, 0, 'half_up')", "-3"},
    {"round(field.actual, 0, 'half_even')", "-2"},
    {"round(field.actual, 0, 'half_down')", "-2"},
    {"round(field.actual, 0, 'up')", "-3"},
    {"round(field.actual, 0, 'down')", "-2"},
    {"round(field.actual, 0, 'ceiling')", "-2"},
    {"round(field.actual, 0, 'floor')", "-3"},
    {"round(field.weight, 2, 'half_up')", "13/100"},
    {"round(field.weight, 2, 'half_even')", "3/25"},
    {"round(field.weight, 3, 'up')", "1/8"},
    {"round(2 / 3, 2, 'half_up')", "67/100"},
    {"round(2 / 3, 12, 'down')", "333333333333/500000000000"}, /* 0.666666666666 */
    {"round(-2 / 3, 1, 'ceiling')", "-3/5"},
    {"round(-2 / 3, 1, 'floor')", "-7/10"},
    {"round(1 / 3 * 3, 0, 'ceiling')", "1"},
    {"round(1e-30, 0, 'ceiling')", "1"},
    {"round(-1e-30, 0, 'ceiling')", "0"},
    {"round(-1e-30, 0, 'floor')", "-1"},
    {"round(1e30 + 0.5, 0, 'half_up') - 1e30", "1"},
    {"round((1e300 + 0.5) ^ 64 * 1e-300 ^ 64 - 1, 12, 'half_up')",
     "0"}, /* more digits than a number of a file has */
    {"round(field.target / field.lower_bound, 1, 'up')", "division_by_zero"},
    /* values in place of missing ones */
    {"if_missing(field.base, 7)", "7"},
    {"if_missing(field.target, 7)", "4"},
    {"if_missing(field.lower_bound, 7)", "0"},
    {"if_missing(field.base, field.upper_bound)", "not_applicable"},
    {"if_missing(1 / field.lower_bound, field.base)", "blank"},
    {"if_missing(if_missing(field.base, field.upper_bound), 1 / 3)", "1/3"},
    {"if_missing(1 / (1 / 3 * 3 - 1), 2)", "2"},
    /* choices: only what is chosen counts */
    {"choose(" YES ", 1, 2)", "1"},
    {"choose(" NO ", 1, 2)", "2"},
    {"choose(" YES ", 1, field.base)", "1"},
    {"choose(" YES ", field.base, 1)", "blank"},
    {"choose(" NO ", 1 / field.lower_bound, 2)", "2"},
    {"choose(" OPEN ", 1, 1)", "blank"},
    {"choose(" NONE ", 1, 1)", "not_applicable"},
    {"choose(" YES ", choose(" NO ", 1, 2), 3)", "2"},
    /* comparisons, below, on and above */
    {"choose(when(field.target):at_most(3.9999999999999999999), 1, 0)", "0"},
    {"choose(when(field.target):at_most(4), 1, 0)", "1"},
    {"choose(when(field.target):at_most(4.0000000000000000001), 1, 0)", "1"},
    {"choose(when(field.target):below(4), 1, 0)", "0"},
    {"choose(when(field.target):below(4.0000000000000000001), 1, 0)", "1"},
    {"choose(when(field.target):at_least(4), 1, 0)", "1"},
    {"choose(when(field.target):at_least(4.0000000000000000001), 1, 0)", "0"},
    {"choose(when(field.target):above(4), 1, 0)", "0"},
    {"choose(when(field.target):above(3.9999999999999999999), 1, 0)", "1"},
    {"choose(when(field.target):equals(4.00), 1, 0)", "1"},
    {"choose(when(1 / 3 + 1 / 3 + 1 / 3):equals(1), 1, 0)", "1"},
    {"choose(when(0.1 + 0.2):equals(0.3), 1, 0)", "1"},
    {"choose(when(1e399 * 1e399):above(1e399), 1, 0)", "1"},
    {"choose(when(field.upper_bound):above(field.base), 1, 0)", "not_applicable"},
    {"choose(when(field.base):missing(), 1, 0)", "1"},
    {"choose(when(field.upper_bound):missing(), 1, 0)", "1"},
    {"choose(when(field.lower_bound):missing(), 1, 0)", "0"},
    {"choose(when(1 / field.lower_bound):missing(), 1, 0)", "1"},
    {"choose(when(1 / (1 / 3 * 3 - 1)):missing(), 1, 0)", "1"},
    /* all, any, no: what is known decides, else the first reason */
    {"choose(all(" YES ", " YES "), 1, 0)", "1"},
    {"choose(all(" YES ", " NO "), 1, 0)", "0"},
    {"choose(all(" OPEN ", " NO "), 1, 0)", "0"},
    {"choose(all(" YES ", " OPEN "), 1, 0)", "blank"},
    {"choose(all(" NONE ", " OPEN "), 1, 0)", "not_applicable"},
    {"choose(any(" NO ", " NO "), 1, 0)", "0"},
    {"choose(any(" OPEN ", " YES "), 1, 0)", "1"},
    {"choose(any(" NO ", " OPEN ", " NONE "), 1, 0)", "blank"},
    {"choose(no(" YES "), 1, 0)", "0"},
    {"choose(no(" NO "), 1, 0)", "1"},
    {"choose(no(" OPEN "), 1, 0)", "blank"},
    {"choose(all(no(" NO "), any(" NO ", no(" NO "))), 1, 0)", "1"},
    {"choose(all(when(1 / 3 * 3):equals(1), when(field.base):missing()), 1, 0)", "1"},
};

static void test_values(void **state) {
    (void)state;
    Dataset *dataset = load_text(data, NULL);
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

static const struct {
    const char *formula, *faults;
} refused[] = {
    {"min()", "1 formula-operand: min\n"},
    {"abs(1, 2)", "1 formula-operand: abs\n"},
    {"clamp(1, 2)", "1 formula-operand: clamp\n"},
    {"field.a ^ 65", "1 formula-operand: ^\n"},
    {"field.a ^ -1", "1 formula-operand: ^\n"},
    {"field.a ^ 0.5", "1 formula-operand: ^\n"},
    {"field.a ^ field.b", "1 formula-operand: ^\n"},
    {"round(1, 13, 'up')", "1 formula-operand: round\n"},
    {"round(1, 1, 'upp')", "1 formula-operand: round\n"},
    {"round(1, 'up', 1)", "1 formula-operand: round\n"},
    {"round(1, 1)", "1 formula-operand: round\n"},
    {"choose(1, 2, 3)", "1 formula-operand: choose\n"},
    {"choose(" YES ", " NO ", 3)", "1 formula-operand: choose\n"},
    {"1 + " YES, "1 formula-operand: +\n"},
    {"min(" YES ")", "1 formula-operand: min\n"},
    {"choose(all(1), 2, 3)", "1 formula-operand: all\n"},
    {"choose(no(" YES ", " NO "), 2, 3)", "1 formula-operand: no\n"},
    {"choose(all(fn1), 2, 3)", "1 formula-operand: ?\n"},
    {YES, "1 formula-operand: equals\n"},
    {"sqrt(2)", "1 formula-operand: sqrt\n"},
    {"weighted_mean('weight')", "1 formula-operand: weighted_mean\n"},
    {"((field.a ^ 64) ^ 16)", ""},
    {"((field.a ^ 64) ^ 17)", "1 formula-too-large: 1024\n"},
    {"((field.a ^ 64) ^ 16) * field.a", "1 formula-too-large: 1024\n"},
    {"max((field.a ^ 64) ^ 16, field.a)", ""},
};

static void test_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        Arena arena = {0};
        Bench bench = bench_of(ruletext_read(&arena, refused[i].formula), NULL);
        if ((bench.formula != NULL) != (*refused[i].faults == '\0')) fail_msg("<%s>", refused[i].formula);
        Buffer faults = {0};
        faults_brief(&faults, bench.diag);
        expect_text(refused[i].formula, &faults, refused[i].faults);
        bench_end(&bench);
        arena_release(&arena);
    }
}

/* Property: random trees of every operator over random decimals: the block way is within its error of the
 * exact way, with the same reasons. */

static void add_number(Buffer *out, uint64_t *random, int depth);

static void add_numbers(Buffer *out, uint64_t *random, int depth, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        add_number(out, random, depth);
    }
}

static void add_condition(Buffer *out, uint64_t *random, int depth) {
    static const char *const comparisons[] = {"at_most", "below", "at_least", "above", "equals"};
    size_t kind = random_below(random, depth > 0 ? 8 : 5);
    if (kind < 6) {
        buffer_add(out, STR("when("));
        add_number(out, random, depth - 1);
        if (kind == 4) {
            buffer_add(out, STR("):missing()"));
            return;
        }
        buffer_addf(out, "):%s(", comparisons[random_below(random, COUNT(comparisons))]);
        add_number(out, random, depth - 1);
    } else {
        size_t count = 1 + random_below(random, 3);
        bool no = count == 1 && random_below(random, 2);
        buffer_add(out, no ? STR("no(") : kind == 6 ? STR("all(") : STR("any("));
        for (size_t i = 0; i < count; i++) {
            if (i > 0) buffer_add_char(out, ',');
            add_condition(out, random, depth - 1);
        }
    }
    buffer_add_char(out, ')');
}

static void add_call(Buffer *out, uint64_t *random, int depth) {
    switch (random_below(random, 8)) {
    case 0:
        buffer_add(out, STR("choose("));
        add_condition(out, random, depth - 1);
        buffer_add_char(out, ',');
        add_numbers(out, random, depth - 1, 2);
        break;
    case 1:
        buffer_add(out, STR("if_missing("));
        add_numbers(out, random, depth - 1, 2);
        break;
    case 2:
        buffer_add(out, STR("clamp("));
        add_numbers(out, random, depth - 1, 3);
        break;
    case 3:
        buffer_add(out, STR("abs("));
        add_number(out, random, depth - 1);
        break;
    case 4:
        buffer_add(out, STR("((")); /* a power of a power of … would take long */
        add_number(out, random, 0);
        buffer_addf(out, ") ^ %u", (unsigned)random_below(random, random_below(random, 8) ? 4 : 65));
        break;
    case 5:
        buffer_add(out, STR("round("));
        add_number(out, random, depth - 1);
        buffer_addf(out, ",%u,'%s'", (unsigned)random_below(random, FORMULA_PLACES + 1),
                    rounding_name((Rounding)random_below(random, ROUNDING_FLOOR + 1)));
        break;
    default:
        buffer_add(out, random_below(random, 2) ? STR("min(") : STR("max("));
        add_numbers(out, random, depth - 1, 1 + random_below(random, 4));
    }
    buffer_add_char(out, ')');
}

static void add_number(Buffer *out, uint64_t *random, int depth) {
    static const char *const constants[] = {"0",     "1",   "80", "0.1",   "param.tenth", "2.5",
                                            "0.125", "100", "-3", "1e300", "1e-300"};
    size_t kind = random_below(random, depth > 0 ? 10 : 4);
    if (kind < 3) {
        buffer_addf(out, "field.f%u", (unsigned)random_below(random, FIELDS));
    } else if (kind == 3) {
        buffer_add(out, str_of(constants[random_below(random, COUNT(constants))]));
    } else if (kind < 6) {
        buffer_add_char(out, '(');
        add_number(out, random, depth - 1);
        buffer_addf(out, " %c ", "+-*/"[random_below(random, 4)]);
        add_number(out, random, depth - 1);
        buffer_add_char(out, ')');
    } else {
        add_call(out, random, depth);
    }
}

static void test_random(void **state) {
    (void)state;
    enum { FORMULAS = RANDOM_ROUNDS(3000) };
    uint64_t random = 20191231;
    size_t sure = 0;
    Dataset *dataset = NULL;
    for (size_t i = 0; i < FORMULAS; i++) {
        if (i % 50 == 0) {
            dataset_free(dataset);
            dataset = random_dataset(&random);
        }
        Arena arena = {0};
        Buffer text = {0};
        add_number(&text, &random, 1 + (int)random_below(&random, 4));
        Bench bench = bench_of(ruletext_read(&arena, buffer_text(&text)), dataset);
        if (!bench.formula) fail_msg("<%s> was refused", buffer_text(&text));
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
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
