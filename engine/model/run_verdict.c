#include "model/run_verdict.h"

#include "model/kernels.h"
#include "model/results.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define SHORT_RUN PASS_SHORT_RUN

static Guess guess_row(const void *context, uint32_t row) {
    const Pass *pass = context;
    return (Guess){pass->rate[row], pass->error[row], (Missing)pass->missing[row]};
}

static Missing exact_row(const void *context, uint32_t row, mpq_ptr out) {
    return pass_exact(context, row, out);
}

static RollupInput run_input(const Pass *pass, const Run *run) {
    RollupInput input = pass->inputs;
    input.children = pass->rows + run->first;
    input.count = run[1].first - run->first;
    return input;
}

/* Few and short numbers, as most are, need no GMP for their mean. */
Missing run_exact(const Pass *pass, const Run *run, mpq_ptr out) {
    const Plan *plan = pass->bound->plan;
    const Rollup *rollup = &plan->rollups[LEVEL_PROJECT];
    Fraction mean;
    if (rollup->aggregate == AGGREGATE_MEAN && pass_mean(pass, run->first, run[1].first, &mean)) {
        mpq_set_si(out, mean.above, (unsigned long)mean.below);
        return MISSING_NONE;
    }
    RollupInput input = run_input(pass, run);
    Missing missing = rollup_exact(rollup, &input, exact_row, pass, out);
    return missing == MISSING_NONE && !decimal_fits(out, plan->exact_bits) ? MISSING_TOO_LARGE : missing;
}

/* The run's exact rate, worked out when it is first asked for. */
typedef struct ExactRate {
    Pass *pass;
    const Run *run;
    mpq_t value;
    bool known;
    Missing missing;
} ExactRate;

static bool exact_holds(ExactRate *rate, const Range *range) {
    if (!rate->known) {
        mpq_init(rate->value);
        rate->missing = run_exact(rate->pass, rate->run, rate->value);
        rate->known = true;
        rate->pass->exact_checks++;
        rate->pass->beyond |= rate->missing == MISSING_TOO_LARGE;
    }
    return rate->missing == MISSING_NONE && range_holds(range, rate->value);
}

static bool row_holds(Pass *pass, uint32_t row, const Range *range, const RangeCuts *guess) {
    if (pass->missing[row] != MISSING_NONE) return false;
    RangeAnswer answer = range_near(guess, pass->rate[row], pass->error[row]);
    if (answer != RANGE_UNSURE) return answer == RANGE_YES;
    mpq_t exact;
    mpq_init(exact);
    Missing missing = exact_row(pass, row, exact);
    bool holds = missing == MISSING_NONE && range_holds(range, exact);
    pass->beyond |= missing == MISSING_TOO_LARGE;
    pass->exact_checks++;
    mpq_clear(exact);
    return holds;
}

static bool any_holds(Pass *pass, const Run *run, const Range *range, const RangeCuts *guess) {
    if (range_is_open(range)) return false;
    uint32_t row = run->first;
    while (row < run[1].first && !row_holds(pass, row, range, guess)) row++;
    return row < run[1].first;
}

static bool band_holds(ExactRate *exact, const Guess *rate, size_t number) {
    Pass *pass = exact->pass;
    const Band *band = &pass->bound->plan->verdicts[LEVEL_PROJECT].bands[number];
    RangeAnswer answer = range_near(&pass->bound->ranges[number], rate->value, rate->error);
    bool holds = answer == RANGE_UNSURE ? exact_holds(exact, &band->range) : answer == RANGE_YES;
    return holds || any_holds(pass, exact->run, &band->any, &pass->bound->any[number]);
}

static inline Guess mean_of(double sum, double error, size_t count) {
    if (count == 0) return (Guess){0, 0, MISSING_NO_VALUES};
    double mean = sum / (double)count;
    error = (error / (double)count + KERNEL_ROUNDOFF * fabs(mean)) * (1 + 0x1p-30) + DBL_MIN;
    return (Guess){mean, isfinite(mean) ? error : (double)INFINITY, MISSING_NONE};
}

/* `value` where `mask` is all ones, 0 where it is 0. */
static inline double masked(double value, uint64_t mask) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits &= mask;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Up to SHORT_RUN rows, without a branch that depends on their number: nobody can foresee it. */
static inline Guess short_mean(const Pass *pass, uint32_t first, size_t rows, MissingChild policy) {
    double sum = 0, error = 0;
    size_t missing = 0;
    for (size_t i = 0; i < SHORT_RUN; i++) {
        uint64_t mask = 0 - (uint64_t)(i < rows);
        sum += masked(pass->rate[first + i], mask); /* a missing row has rate and error 0 */
        error += masked(pass->error[first + i], mask) + KERNEL_ROUNDOFF * fabs(sum);
        missing += (pass->missing[first + i] != MISSING_NONE) & (size_t)mask;
    }
    if (missing > 0 && policy == MISSING_CHILD_SPREADS) return (Guess){0, 0, MISSING_CHILD};
    return mean_of(sum, error, policy == MISSING_CHILD_ZERO ? rows : rows - missing);
}

/* The mean, as rollup_guess finds it, without a call a row. */
static inline Guess mean_guess(const Pass *pass, const Run *run, MissingChild policy) {
    if (run[1].first - run->first <= SHORT_RUN)
        return short_mean(pass, run->first, run[1].first - run->first, policy);
    double sum = 0, error = 0;
    size_t count = 0;
    for (uint32_t row = run->first; row < run[1].first; row++) {
        if (pass->missing[row] != MISSING_NONE && policy != MISSING_CHILD_ZERO) {
            if (policy == MISSING_CHILD_SPREADS) return (Guess){0, 0, MISSING_CHILD};
            continue;
        }
        count++; /* a missing row has rate and error 0 */
        sum += pass->rate[row];
        error += pass->error[row] + KERNEL_ROUNDOFF * fabs(sum);
    }
    return mean_of(sum, error, count);
}

Guess run_rate(const Pass *pass, const Run *run) {
    const Rollup *rollup = &pass->bound->plan->rollups[LEVEL_PROJECT];
    if (rollup->aggregate == AGGREGATE_MEAN) return mean_guess(pass, run, rollup->missing);
    RollupInput input = run_input(pass, run);
    Guess rate = rollup_guess(rollup, &input, guess_row, pass);
    rate.error += rate.error > 0 ? DBL_MIN : 0;
    return rate;
}

Missing run_missing(const Pass *pass, const Run *run) {
    RollupInput input = run_input(pass, run);
    return rollup_guess(&pass->bound->plan->rollups[LEVEL_PROJECT], &input, guess_row, pass).missing;
}

/* The first band that holds; *sure is false where doubles leave one open. */
static inline unsigned near_band(const PassPlan *bound, const Guess *rate, bool *sure) {
    const size_t count = bound->plan->verdicts[LEVEL_PROJECT].count;
    for (unsigned number = 0; number < count; number++) {
        RangeAnswer answer = range_near(&bound->ranges[number], rate->value, rate->error);
        *sure = answer != RANGE_UNSURE;
        if (answer != RANGE_NO) return number;
    }
    return RESULTS_NO_BAND;
}

/* Band by band, with indicators and exact rates where they are needed. */
static unsigned full_verdict(Pass *pass, const Run *run, const Guess *rate) {
    const Verdicts *verdicts = &pass->bound->plan->verdicts[LEVEL_PROJECT];
    ExactRate exact = {.pass = pass, .run = run};
    unsigned number = 0;
    while (number < verdicts->count && !band_holds(&exact, rate, number)) number++;
    bool none = number == verdicts->count || (exact.known && exact.missing != MISSING_NONE);
    if (exact.known) mpq_clear(exact.value);
    return none ? RESULTS_NO_BAND : number;
}

unsigned run_verdict(Pass *pass, const Run *run) {
    Guess rate = run_rate(pass, run);
    pass->project_count++;
    if (rate.missing != MISSING_NONE) return RESULTS_NO_BAND;
    bool sure = pass->bound->by_rate;
    unsigned number = sure ? near_band(pass->bound, &rate, &sure) : RESULTS_NO_BAND;
    return sure ? number : full_verdict(pass, run, &rate);
}
