#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "resultstext.h"
#include "ruletext.h"

/* Property: near a cut and near ties, what evaluation says is what exact arithmetic says. */

#define ROWS     8
#define PROJECTS 3

typedef struct RandomRow {
    size_t project;
    mpq_t target, actual;
} RandomRow;

typedef struct RandomRules {
    Rounding rounding;
    unsigned places;
    Aggregate aggregate;
    bool closed;
    unsigned cut; /* in hundredths */
    bool lower;   /* (2 - A/T) * 100 */
} RandomRules;

/* Rates lie on the cut, on a tie of printing, or off by up to a little at 10^-20. Two rows of a project often
 * differ from the cut by the same amount, so that their mean and median lie on it. */
static void set_random_row(RandomRow *row, const RandomRow *before, const RandomRules *rules,
                           uint64_t *random) {
    mpq_t step;
    mpq_init(step);
    row->project = random_below(random, PROJECTS);
    mpq_set_ui(row->target, 1 + random_below(random, 100000), random_below(random, 2) ? 1 : 100);
    mpq_canonicalize(row->target);
    unsigned hundredths =
        random_below(random, 4) ? rules->cut : 50 + 100 * (unsigned)random_below(random, 100);
    if (rules->lower) hundredths = hundredths > 20000 ? 0 : 20000 - hundredths;
    mpq_set_ui(row->actual, hundredths, 10000);
    mpq_canonicalize(row->actual);
    mpq_mul(row->actual, row->actual, row->target);
    if (before && random_below(random, 2)) { /* the other side of the row before */
        mpq_set(row->target, before->target);
        row->project = before->project;
        mpq_set_ui(step, hundredths, 5000);
        mpq_canonicalize(step);
        mpq_mul(step, step, row->target);
        mpq_sub(row->actual, step, before->actual);
    } else if (random_below(random, 3)) {
        mpz_ui_pow_ui(mpq_denref(step), 10, random_below(random, 20));
        mpz_set_si(mpq_numref(step), (long)random_below(random, 5) - 2);
        mpq_canonicalize(step);
        mpq_add(row->actual, row->actual, step);
    }
    mpq_clear(step);
}

/* All numbers have fewer than 30 places. */
static void add_csv(Buffer *out, const RandomRow *rows, const size_t *order, unsigned long factor) {
    mpq_t scale, value;
    mpq_inits(scale, value, NULL);
    mpq_set_ui(scale, factor, 1);
    buffer_add(out, STR(HEADER "\n"));
    for (size_t i = 0; i < ROWS; i++) {
        const RandomRow *row = &rows[order[i]];
        buffer_addf(out, "b,d,p%zu,i%zu,u,", row->project, order[i]);
        mpq_mul(value, row->target, scale);
        decimal_round(out, value, 30, ROUNDING_DOWN);
        buffer_add_char(out, ',');
        mpq_mul(value, row->actual, scale);
        decimal_round(out, value, 30, ROUNDING_DOWN);
        buffer_add_char(out, '\n');
    }
    mpq_clears(scale, value, NULL);
}

static void add_rules(Buffer *out, const RandomRules *rules) {
    buffer_addf(out, "rate = %s, project = { rate = %s }, rounding = { digits = %u, mode = '%s' },",
                rules->lower ? "(2 - field.actual / field.target) * 100"
                             : "field.actual / field.target * 100",
                aggregate_name(rules->aggregate), rules->places, rounding_name(rules->rounding));
    buffer_addf(out, "verdict = { { 's', key = 's', %s = %u.%02u }, { 'n', key = 'n' } }",
                rules->closed ? "at_most" : "below", rules->cut / 100, rules->cut % 100);
}

static int compare_rates(const void *a, const void *b) {
    return mpq_cmp(*(const mpq_srcptr *)a, *(const mpq_srcptr *)b);
}

/* The rollup of `count` rates, by hand. */
static void roll_up(Aggregate aggregate, mpq_srcptr *rates, size_t count, mpq_ptr out) {
    qsort(rates, count, sizeof(mpq_srcptr), compare_rates);
    mpq_t divisor;
    mpq_init(divisor);
    mpq_set_ui(out, 0, 1);
    switch (aggregate) {
    case AGGREGATE_MIN:
        mpq_set(out, rates[0]);
        break;
    case AGGREGATE_MAX:
        mpq_set(out, rates[count - 1]);
        break;
    case AGGREGATE_MEDIAN:
        mpq_add(out, rates[(count - 1) / 2], rates[count / 2]);
        mpq_div_2exp(out, out, 1);
        break;
    default:
        for (size_t i = 0; i < count; i++) mpq_add(out, out, rates[i]);
        mpq_set_ui(divisor, count, 1);
        mpq_div(out, out, divisor);
    }
    mpq_clear(divisor);
}

/* What should be printed: "rate rate … / p0:rate:verdict …" in order of first occurrence. */
static void add_wanted(Buffer *out, const RandomRow *rows, const RandomRules *rules) {
    mpq_t rates[ROWS], rate, cut;
    mpq_inits(rate, cut, NULL);
    mpq_set_ui(cut, rules->cut, 100);
    mpq_canonicalize(cut);
    bool done[PROJECTS] = {false};
    for (size_t i = 0; i < ROWS; i++) {
        mpq_init(rates[i]);
        mpq_div(rates[i], rows[i].actual, rows[i].target);
        mpq_set_ui(rate, 2, 1);
        if (rules->lower) mpq_sub(rates[i], rate, rates[i]);
        mpq_set_ui(rate, 100, 1);
        mpq_mul(rates[i], rates[i], rate);
        decimal_round(out, rates[i], rules->places, rules->rounding);
        buffer_add_char(out, ' ');
    }
    buffer_add_char(out, '/');
    for (size_t i = 0; i < ROWS; i++) {
        size_t project = rows[i].project, count = 0;
        mpq_srcptr own[ROWS];
        if (done[project]) continue;
        done[project] = true;
        for (size_t k = i; k < ROWS; k++)
            if (rows[k].project == project) own[count++] = rates[k];
        roll_up(rules->aggregate, own, count, rate);
        buffer_addf(out, " p%zu:", project);
        decimal_round(out, rate, rules->places, rules->rounding);
        int order = mpq_cmp(rate, cut);
        buffer_addf(out, ":%s", order < 0 || (order == 0 && rules->closed) ? "s" : "n");
    }
    for (size_t i = 0; i < ROWS; i++) mpq_clear(rates[i]);
    mpq_clears(rate, cut, NULL);
}

static void check_random(const RandomRow *rows, const RandomRules *rules, uint64_t *random) {
    size_t order[ROWS];
    for (size_t i = 0; i < ROWS; i++) order[i] = i;
    Buffer changes = {0}, csv = {0}, scaled = {0}, shuffled = {0}, found = {0}, wanted = {0};
    add_rules(&changes, rules);
    add_wanted(&wanted, rows, rules);
    add_csv(&csv, rows, order, 1);
    Trial trial = trial_good(buffer_text(&changes), buffer_view(&csv), NULL);
    add_results(&found, trial.results);
    if (!str_is(buffer_view(&found), buffer_text(&wanted)))
        fail_msg("%s\n%s\nfound:    %s\nexpected: %s", buffer_text(&changes), buffer_text(&csv),
                 buffer_text(&found), buffer_text(&wanted));
    /* the same factor on target and actual changes nothing */
    add_csv(&scaled, rows, order, 1 + random_below(random, 997));
    Trial other = trial_good(buffer_text(&changes), buffer_view(&scaled), NULL);
    found.size = 0;
    add_results(&found, other.results);
    if (!str_is(buffer_view(&found), buffer_text(&wanted)))
        fail_msg("%s\n%s\nfound:    %s\nexpected: %s", buffer_text(&changes), buffer_text(&scaled),
                 buffer_text(&found), buffer_text(&wanted));
    trial_end(&other);
    /* nor does the order of rows change the counts */
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t with = random_below(random, i + 1), kept = order[i];
        order[i] = order[with];
        order[with] = kept;
    }
    add_csv(&shuffled, rows, order, 1);
    other = trial_good(buffer_text(&changes), buffer_view(&shuffled), NULL);
    if (memcmp(results_total(other.results), results_total(trial.results), sizeof(Counts)) != 0)
        fail_msg("%s\n%s\nother counts than\n%s", buffer_text(&changes), buffer_text(&shuffled),
                 buffer_text(&csv));
    trial_end(&other);
    trial_end(&trial);
    buffer_release(&changes);
    buffer_release(&csv);
    buffer_release(&scaled);
    buffer_release(&shuffled);
    buffer_release(&found);
    buffer_release(&wanted);
}

static void test_random(void **state) {
    (void)state;
    enum { DATASETS = RANDOM_ROUNDS(2000) };
    uint64_t random = 80;
    RandomRow rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) mpq_inits(rows[i].target, rows[i].actual, NULL);
    for (size_t set = 0; set < DATASETS; set++) {
        static const unsigned cuts[] = {8000, 7760, 3333, 10000, 50, 0};
        RandomRules rules = {
            .rounding = (Rounding)random_below(&random, ROUNDING_COUNT),
            .places = (unsigned)random_below(&random, 4),
            .aggregate = (Aggregate)random_below(&random, AGGREGATE_WORDS),
            .closed = random_below(&random, 2),
            .cut = cuts[random_below(&random, COUNT(cuts))],
            .lower = random_below(&random, 4) == 0,
        };
        for (size_t i = 0; i < ROWS; i++) set_random_row(&rows[i], i ? &rows[i - 1] : NULL, &rules, &random);
        check_random(rows, &rules, &random);
    }
    for (size_t i = 0; i < ROWS; i++) mpq_clears(rows[i].target, rows[i].actual, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
