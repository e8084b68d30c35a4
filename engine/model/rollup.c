#include "model/rollup.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static const char *const aggregates[AGGREGATE_COUNT] = {
    [AGGREGATE_MEAN] = "mean",       [AGGREGATE_MIN] = "min",
    [AGGREGATE_MAX] = "max",         [AGGREGATE_MEDIAN] = "median",
    [AGGREGATE_POOLED] = "pooled",   [AGGREGATE_WEIGHTED_MEAN] = "weighted_mean",
    [AGGREGATE_TRIMMED] = "trimmed", [AGGREGATE_COUNT_SHARE] = "count_share",
};
static const char *const policies[MISSING_CHILD_COUNT] = {"leave_out", "zero", "missing"};

const char *aggregate_name(Aggregate aggregate) { return aggregates[aggregate]; }
const char *missing_child_name(MissingChild policy) { return policies[policy]; }

static bool find(Str name, const char *const *names, int count, int *found) {
    for (*found = 0; *found < count; ++*found) {
        if (str_is(name, names[*found])) return true;
    }
    return false;
}

bool aggregate_find(Str name, Aggregate *aggregate) {
    int found;
    if (!find(name, aggregates, AGGREGATE_COUNT, &found)) return false;
    *aggregate = (Aggregate)found;
    return true;
}

bool missing_child_find(Str name, MissingChild *policy) {
    int found;
    if (!find(name, policies, MISSING_CHILD_COUNT, &found)) return false;
    *policy = (MissingChild)found;
    return true;
}

/* What a missing child is: nothing, a zero, or the end of it. A rate that is too large is always the end, and
 * what a case excludes is not evaluated, so it is always nothing. */
static Missing apply_policy(const Rollup *rollup, Missing reason, bool *used) {
    *used = false;
    if (reason == MISSING_TOO_LARGE) return reason;
    if (reason == MISSING_EXCLUDED) return MISSING_NONE;
    *used = reason == MISSING_NONE || rollup->missing == MISSING_CHILD_ZERO;
    return *used || rollup->missing == MISSING_CHILD_LEFT_OUT ? MISSING_NONE : MISSING_CHILD;
}

static Missing cell(const NumberColumn *column, uint32_t row, Decimal *out) {
    return column ? dataset_number(column, row, out) : MISSING_BLANK;
}

/* How many of `count` sorted values are cut at each end: the share, rounded down, never all of them. */
static size_t trimmed_count(const Rollup *rollup, size_t count) {
    mpq_t share;
    mpz_t cut;
    mpq_init(share);
    mpz_init(cut);
    decimal_to_rational(&rollup->trim, share);
    mpz_mul_ui(cut, mpq_numref(share), count);
    mpz_fdiv_q(cut, cut, mpq_denref(share));
    size_t result = mpz_get_ui(cut);
    mpz_clear(cut);
    mpq_clear(share);
    return 2 * result < count ? result : (count - 1) / 2;
}

/* Values first to last of the sorted ones are averaged. */
static void sorted_part(const Rollup *rollup, size_t count, size_t *first, size_t *last) {
    *first = 0;
    *last = count - 1;
    if (rollup->aggregate == AGGREGATE_MIN) *last = 0;
    if (rollup->aggregate == AGGREGATE_MAX) *first = count - 1;
    if (rollup->aggregate == AGGREGATE_MEDIAN) {
        *first = (count - 1) / 2;
        *last = count / 2;
    }
    if (rollup->aggregate == AGGREGATE_TRIMMED) {
        *first = trimmed_count(rollup, count);
        *last = count - 1 - *first;
    }
}

static int compare_guesses(const void *a, const void *b) {
    double x = ((const Guess *)a)->value, y = ((const Guess *)b)->value;
    return (x > y) - (x < y);
}

static int compare_exact(const void *a, const void *b) {
    return mpq_cmp(*(const mpq_t *)a, *(const mpq_t *)b);
}

static Guess whole(size_t count) { return (Guess){(double)count, 0, MISSING_NONE}; }

/* A sorted value is within the largest error of the value that is exactly in its place. */
static Guess sorted_guess(const Rollup *rollup, Guess *values, size_t count) {
    double error = 0;
    for (size_t i = 0; i < count; i++) error = fmax(error, values[i].error);
    qsort(values, count, sizeof *values, compare_guesses);
    for (size_t i = 0; i < count; i++) values[i].error = error;
    size_t first, last;
    sorted_part(rollup, count, &first, &last);
    Guess sum = values[first];
    for (size_t i = first + 1; i <= last; i++) sum = guess_add(sum, values[i]);
    return guess_divide(sum, whole(last - first + 1), MISSING_DIVISION);
}

static Guess plain_guess(const Rollup *rollup, const RollupInput *input, GuessChild rate,
                         const void *context) {
    bool sorted = rollup->aggregate != AGGREGATE_MEAN;
    Guess *values = sorted ? memory_new(input->count, sizeof *values) : NULL;
    Guess sum = whole(0), result = {0, 0, MISSING_NO_VALUES};
    Missing reason = MISSING_NONE;
    size_t count = 0;
    for (size_t i = 0; i < input->count && reason == MISSING_NONE; i++) {
        Guess value = rate(context, input->children[i]);
        bool used;
        reason = apply_policy(rollup, value.missing, &used);
        if (!used) continue;
        if (value.missing != MISSING_NONE) value = whole(0);
        if (sorted) values[count] = value;
        sum = guess_add(sum, value);
        count++;
    }
    if (reason != MISSING_NONE)
        result.missing = reason;
    else if (count && !sorted)
        result = guess_divide(sum, whole(count), MISSING_DIVISION);
    else if (count)
        result = sorted_guess(rollup, values, count);
    memory_free(values);
    return result;
}

static Guess guess_of(Missing missing, const Decimal *number) {
    Guess guess = {0, 0, missing};
    if (missing == MISSING_NONE) guess.value = decimal_to_double(number, &guess.error);
    return guess;
}

static Guess weighted_guess(const Rollup *rollup, const RollupInput *input, GuessChild rate,
                            const void *context) {
    Guess sum = whole(0), weights = whole(0);
    size_t count = 0;
    for (size_t i = 0; i < input->count; i++) {
        Guess value = rate(context, input->children[i]);
        bool used;
        Missing reason = apply_policy(rollup, value.missing, &used);
        if (reason != MISSING_NONE) return (Guess){0, 0, reason};
        if (!used) continue;
        Decimal number;
        Guess weight = guess_of(cell(input->weights, input->children[i], &number), &number);
        if (weight.missing != MISSING_NONE) return (Guess){0, 0, MISSING_WEIGHT};
        if (value.missing == MISSING_NONE) sum = guess_add(sum, guess_multiply(value, weight));
        weights = guess_add(weights, weight);
        count++;
    }
    return count ? guess_divide(sum, weights, MISSING_WEIGHT) : (Guess){0, 0, MISSING_NO_VALUES};
}

static Guess pooled_guess(const Rollup *rollup, const RollupInput *input, GuessChild rate,
                          const void *context) {
    Guess targets = whole(0), actuals = whole(0);
    size_t count = 0;
    for (size_t i = 0; i < input->count; i++) {
        bool used;
        Missing reason = apply_policy(rollup, rate(context, input->children[i]).missing, &used);
        if (reason != MISSING_NONE) return (Guess){0, 0, reason};
        Decimal target, actual;
        Missing no_target = cell(input->targets, input->children[i], &target);
        Missing no_actual = cell(input->actuals, input->children[i], &actual);
        if (!used || no_target != MISSING_NONE) continue;
        targets = guess_add(targets, guess_of(MISSING_NONE, &target));
        if (no_actual == MISSING_NONE) actuals = guess_add(actuals, guess_of(MISSING_NONE, &actual));
        count++;
    }
    if (!count) return (Guess){0, 0, MISSING_NO_VALUES};
    return guess_divide(guess_multiply(actuals, whole(100)), targets, MISSING_ZERO_TARGET);
}

static bool has_verdict(const RollupInput *input, uint32_t child) {
    return input->verdicts && input->verdicts[child] < PLAN_BANDS;
}

/* Why a child without a verdict has none, by the reason why it has no rate. */
static Missing verdict_missing(Missing rate) {
    return rate == MISSING_EXCLUDED ? MISSING_EXCLUDED : MISSING_NO_VALUES;
}

static bool verdict_counts(const Rollup *rollup, const RollupInput *input, uint32_t child) {
    return rollup->bands >> input->verdicts[child] & 1;
}

/* One child of a count share. What doubles leave open makes the whole unknown. */
static Missing guess_counts(const Rollup *rollup, const RollupInput *input, uint32_t child, GuessChild rate,
                            const void *context, RangeAnswer *answer) {
    *answer = RANGE_NO;
    if (rollup->bands && has_verdict(input, child)) {
        if (verdict_counts(rollup, input, child)) *answer = RANGE_YES;
        return MISSING_NONE;
    }
    Guess value = rate(context, child);
    if (rollup->bands) return verdict_missing(value.missing);
    if (value.missing == MISSING_NONE) *answer = range_guess(&rollup->range, value.value, value.error);
    return value.missing;
}

static Guess share_guess(const Rollup *rollup, const RollupInput *input, GuessChild rate,
                         const void *context) {
    size_t count = 0, counted = 0;
    for (size_t i = 0; i < input->count; i++) {
        RangeAnswer answer;
        bool used;
        Missing missing = guess_counts(rollup, input, input->children[i], rate, context, &answer);
        Missing reason = apply_policy(rollup, missing, &used);
        if (reason != MISSING_NONE) return (Guess){0, 0, reason};
        if (answer == RANGE_UNSURE) return (Guess){0, INFINITY, MISSING_NONE};
        count += used;
        counted += answer == RANGE_YES;
    }
    if (!count) return (Guess){0, 0, MISSING_NO_VALUES};
    return guess_divide(whole(100 * counted), whole(count), MISSING_DIVISION);
}

static Guess guess_rate(const Rollup *rollup, const RollupInput *input, GuessChild rate,
                        const void *context) {
    if (rollup->aggregate == AGGREGATE_WEIGHTED_MEAN) return weighted_guess(rollup, input, rate, context);
    if (rollup->aggregate == AGGREGATE_POOLED) return pooled_guess(rollup, input, rate, context);
    if (rollup->aggregate == AGGREGATE_COUNT_SHARE) return share_guess(rollup, input, rate, context);
    return plain_guess(rollup, input, rate, context);
}

/* A unit of which nothing is left because everything below it is excluded is excluded itself. */
Guess rollup_guess(const Rollup *rollup, const RollupInput *input, GuessChild rate, const void *context) {
    Guess guess = guess_rate(rollup, input, rate, context);
    if (guess.missing != MISSING_NO_VALUES) return guess;
    size_t i = 0;
    while (i < input->count && rate(context, input->children[i]).missing == MISSING_EXCLUDED) i++;
    if (i > 0 && i == input->count) guess.missing = MISSING_EXCLUDED;
    return guess;
}

static Missing fitting(mpq_srcptr value, size_t bits) {
    return decimal_fits(value, bits) ? MISSING_NONE : MISSING_TOO_LARGE;
}

static Missing sorted_exact(const Rollup *rollup, mpq_t *values, size_t count, size_t bits, mpq_ptr out) {
    if (rollup->aggregate != AGGREGATE_MEAN) qsort(values, count, sizeof *values, compare_exact);
    size_t first, last;
    sorted_part(rollup, count, &first, &last);
    mpq_t divisor;
    mpq_init(divisor);
    mpq_set(out, values[first]);
    Missing reason = MISSING_NONE;
    for (size_t i = first + 1; i <= last && reason == MISSING_NONE; i++) {
        mpq_add(out, out, values[i]);
        reason = fitting(out, bits);
    }
    mpq_set_ui(divisor, last - first + 1, 1);
    mpq_div(out, out, divisor);
    mpq_clear(divisor);
    return reason == MISSING_NONE ? fitting(out, bits) : reason;
}

static Missing plain_exact(const Rollup *rollup, const RollupInput *input, ExactChild rate,
                           const void *context, mpq_ptr out) {
    mpq_t *values = memory_new(input->count, sizeof *values);
    size_t count = 0, made = 0;
    Missing reason = MISSING_NONE;
    for (size_t i = 0; i < input->count && reason == MISSING_NONE; i++) {
        if (made == count) mpq_init(values[made++]);
        Missing missing = rate(context, input->children[i], values[count]);
        if (missing != MISSING_NONE) mpq_set_ui(values[count], 0, 1);
        bool used;
        reason = apply_policy(rollup, missing, &used);
        count += used;
    }
    bool empty = reason == MISSING_NONE && !count;
    if (reason == MISSING_NONE && count) reason = sorted_exact(rollup, values, count, input->bits, out);
    for (size_t i = 0; i < made; i++) mpq_clear(values[i]);
    memory_free(values);
    return empty ? MISSING_NO_VALUES : reason;
}

/* Sums of a quotient: parts over wholes. */
typedef struct Quotient {
    mpq_t part, whole, term, rate;
    size_t count;
} Quotient;

static Missing weigh(const Rollup *rollup, const RollupInput *input, uint32_t child, ExactChild rate,
                     const void *context, Quotient *sums) {
    Decimal number;
    bool used;
    Missing missing = rate(context, child, sums->rate);
    Missing reason = apply_policy(rollup, missing, &used);
    if (reason != MISSING_NONE || !used) return reason;
    if (cell(input->weights, child, &number) != MISSING_NONE) return MISSING_WEIGHT;
    decimal_to_rational(&number, sums->term);
    mpq_add(sums->whole, sums->whole, sums->term);
    sums->count++;
    if (missing != MISSING_NONE) return MISSING_NONE;
    mpq_mul(sums->term, sums->term, sums->rate);
    mpq_add(sums->part, sums->part, sums->term);
    return MISSING_NONE;
}

static Missing pool(const Rollup *rollup, const RollupInput *input, uint32_t child, ExactChild rate,
                    const void *context, Quotient *sums) {
    Decimal number;
    bool used;
    Missing reason = apply_policy(rollup, rate(context, child, sums->rate), &used);
    if (reason != MISSING_NONE || !used || cell(input->targets, child, &number) != MISSING_NONE)
        return reason;
    decimal_to_rational(&number, sums->term);
    mpq_add(sums->whole, sums->whole, sums->term);
    sums->count++;
    if (cell(input->actuals, child, &number) != MISSING_NONE) return MISSING_NONE;
    decimal_to_rational(&number, sums->term);
    mpq_set_ui(sums->rate, 100, 1);
    mpq_mul(sums->term, sums->term, sums->rate);
    mpq_add(sums->part, sums->part, sums->term);
    return MISSING_NONE;
}

static Missing add_child(const Rollup *rollup, const RollupInput *input, uint32_t child, ExactChild rate,
                         const void *context, Quotient *sums) {
    bool weighted = rollup->aggregate == AGGREGATE_WEIGHTED_MEAN;
    Missing reason = (weighted ? weigh : pool)(rollup, input, child, rate, context, sums);
    if (reason == MISSING_NONE) reason = fitting(sums->part, input->bits);
    return reason == MISSING_NONE ? fitting(sums->whole, input->bits) : reason;
}

static Missing quotient_exact(const Rollup *rollup, const RollupInput *input, ExactChild rate,
                              const void *context, mpq_ptr out) {
    bool weighted = rollup->aggregate == AGGREGATE_WEIGHTED_MEAN;
    Quotient sums = {.count = 0};
    mpq_inits(sums.part, sums.whole, sums.term, sums.rate, NULL);
    Missing reason = MISSING_NONE;
    for (size_t i = 0; i < input->count && reason == MISSING_NONE; i++)
        reason = add_child(rollup, input, input->children[i], rate, context, &sums);
    if (reason == MISSING_NONE && !sums.count) reason = MISSING_NO_VALUES;
    if (reason == MISSING_NONE && mpq_sgn(sums.whole) == 0)
        reason = weighted ? MISSING_WEIGHT : MISSING_ZERO_TARGET;
    if (reason == MISSING_NONE) {
        mpq_div(out, sums.part, sums.whole);
        reason = fitting(out, input->bits);
    }
    mpq_clears(sums.part, sums.whole, sums.term, sums.rate, NULL);
    return reason;
}

static Missing exact_counts(const Rollup *rollup, const RollupInput *input, uint32_t child, ExactChild rate,
                            const void *context, mpq_ptr value, bool *counts) {
    if (rollup->bands && has_verdict(input, child)) {
        *counts = verdict_counts(rollup, input, child);
        return MISSING_NONE;
    }
    Missing missing = rate(context, child, value);
    *counts = false;
    if (rollup->bands) return verdict_missing(missing);
    *counts = missing == MISSING_NONE && range_holds(&rollup->range, value);
    return missing;
}

static Missing share_exact(const Rollup *rollup, const RollupInput *input, ExactChild rate,
                           const void *context, mpq_ptr out) {
    size_t count = 0, counted = 0;
    Missing reason = MISSING_NONE;
    mpq_t value;
    mpq_init(value);
    for (size_t i = 0; i < input->count && reason == MISSING_NONE; i++) {
        bool counts, used;
        Missing missing = exact_counts(rollup, input, input->children[i], rate, context, value, &counts);
        reason = apply_policy(rollup, missing, &used);
        count += used;
        counted += counts;
    }
    mpq_clear(value);
    if (reason != MISSING_NONE) return reason;
    if (!count) return MISSING_NO_VALUES;
    mpq_set_ui(out, 100 * counted, count);
    mpq_canonicalize(out);
    return MISSING_NONE;
}

static Missing exact_rate(const Rollup *rollup, const RollupInput *input, ExactChild rate,
                          const void *context, mpq_ptr out) {
    if (rollup->aggregate == AGGREGATE_COUNT_SHARE) return share_exact(rollup, input, rate, context, out);
    bool quotient = rollup->aggregate == AGGREGATE_WEIGHTED_MEAN || rollup->aggregate == AGGREGATE_POOLED;
    return quotient ? quotient_exact(rollup, input, rate, context, out)
                    : plain_exact(rollup, input, rate, context, out);
}

Missing rollup_exact(const Rollup *rollup, const RollupInput *input, ExactChild rate, const void *context,
                     mpq_ptr out) {
    Missing missing = exact_rate(rollup, input, rate, context, out);
    if (missing != MISSING_NO_VALUES) return missing;
    size_t i = 0;
    while (i < input->count && rate(context, input->children[i], out) == MISSING_EXCLUDED) i++;
    return i > 0 && i == input->count ? MISSING_EXCLUDED : missing;
}
