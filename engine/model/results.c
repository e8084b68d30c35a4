#include "model/results.h"

#include "base/memory.h"
#include "model/results_build.h"

#include <math.h>
#include <stdlib.h>

/* Places of rates in data exchange, and their rounding. */
#define EXCHANGE_PLACES 6

void results_free(Results *results) {
    if (!results) return;
    arena_release(&results->arena);
    memory_free(results);
}

const Plan *results_plan(const Results *results) { return results->plan; }
const Dataset *results_dataset(const Results *results) { return results->dataset; }

Missing results_row_missing(const Results *results, size_t row) { return (Missing)results->missing[row]; }
Missing results_project_missing(const Results *results, size_t project) {
    return (Missing)results->project_missing[project];
}
double results_row_rate(const Results *results, size_t row) { return results->rate[row]; }
double results_project_rate(const Results *results, size_t project) { return results->project_rate[project]; }

Missing results_row_exact(const Results *results, size_t row, mpq_ptr out) {
    if (results->missing[row] != MISSING_NONE) return (Missing)results->missing[row];
    const Case *decided = results_row_case(results, row);
    if (decided->formula) return formula_exact(decided->formula, &results->columns, row, out);
    decimal_to_rational(&results->answers[row], out);
    return MISSING_NONE;
}

static int compare_rationals(const void *a, const void *b) { return mpq_cmp(*(const mpq_t *)a, *(const mpq_t *)b); }

static void aggregate_exactly(Aggregate aggregate, mpq_t *values, size_t count, mpq_ptr out) {
    if (aggregate != AGGREGATE_MEAN) qsort(values, count, sizeof *values, compare_rationals);
    mpq_set_ui(out, 0, 1);
    size_t first = 0, last = count - 1; /* the mean of values first to last */
    if (aggregate == AGGREGATE_MIN) last = 0;
    if (aggregate == AGGREGATE_MAX) first = count - 1;
    if (aggregate == AGGREGATE_MEDIAN) {
        first = (count - 1) / 2;
        last = count / 2;
    }
    for (size_t i = first; i <= last; i++) mpq_add(out, out, values[i]);
    mpq_t divisor;
    mpq_init(divisor);
    mpq_set_ui(divisor, last - first + 1, 1);
    mpq_div(out, out, divisor);
    mpq_clear(divisor);
}

Missing results_project_exact(const Results *results, size_t project, mpq_ptr out) {
    size_t count, used = 0;
    const uint32_t *rows = dataset_children(results->dataset, LEVEL_PROJECT, project, &count);
    mpq_t *values = memory_new(count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        mpq_init(values[used]);
        if (results_row_exact(results, rows[i], values[used]) == MISSING_NONE)
            used++;
        else
            mpq_clear(values[used]);
    }
    if (used) aggregate_exactly(results->plan->project_rate, values, used, out);
    for (size_t i = 0; i < used; i++) mpq_clear(values[i]);
    memory_free(values);
    return used ? MISSING_NONE : MISSING_NO_VALUES;
}

typedef Missing (*ExactRate)(const Results *results, size_t index, mpq_ptr out);

/* Doubles where they are sure of every digit, else the exact value. */
static void print_rate(const Results *results, size_t index, double value, double error, ExactRate exact,
                       unsigned places, Rounding mode, Buffer *out) {
    if (isfinite(error) && decimal_round_double(out, value, error, places, mode)) return;
    mpq_t rate;
    mpq_init(rate);
    if (exact(results, index, rate) == MISSING_NONE) decimal_round(out, rate, places, mode);
    mpq_clear(rate);
}

void results_print_row(const Results *results, size_t row, Buffer *out) {
    if (results->missing[row] != MISSING_NONE) return;
    print_rate(results, row, results->rate[row], results->error[row], results_row_exact, results->plan->places,
               results->plan->rounding, out);
}

void results_print_project(const Results *results, size_t project, Buffer *out) {
    if (results->project_missing[project] != MISSING_NONE) return;
    print_rate(results, project, results->project_rate[project], results->project_error[project],
               results_project_exact, results->plan->places, results->plan->rounding, out);
}

void results_write_row(const Results *results, size_t row, Buffer *out) {
    if (results->missing[row] != MISSING_NONE) return;
    size_t from = out->size;
    print_rate(results, row, results->rate[row], results->error[row], results_row_exact, EXCHANGE_PLACES,
               ROUNDING_HALF_UP, out);
    decimal_trim(out, from);
}

void results_write_project(const Results *results, size_t project, Buffer *out) {
    if (results->project_missing[project] != MISSING_NONE) return;
    size_t from = out->size;
    print_rate(results, project, results->project_rate[project], results->project_error[project],
               results_project_exact, EXCHANGE_PLACES, ROUNDING_HALF_UP, out);
    decimal_trim(out, from);
}

void results_print_shortfall(const Results *results, size_t project, Buffer *out) {
    unsigned verdict = results->verdict[project];
    if (verdict == RESULTS_NO_BAND || !results->plan->bands[verdict].range.high.set) return;
    mpq_t rate, cut;
    mpq_inits(rate, cut, NULL);
    results_project_exact(results, project, rate);
    decimal_to_rational(&results->plan->bands[verdict].range.high.value, cut);
    mpq_sub(cut, cut, rate);
    decimal_round(out, cut, results->plan->places + 1, results->plan->rounding);
    mpq_clears(rate, cut, NULL);
}

unsigned results_verdict(const Results *results, size_t project) { return results->verdict[project]; }

const Case *results_row_case(const Results *results, size_t row) {
    if (results->decided[row] == RESULTS_NO_CASE) return NULL;
    return results_case(results->plan, results->decided[row]);
}

bool results_row_special(const Results *results, size_t row) {
    return results->decided[row] < results->plan->special_count;
}

static int compare_failures(const void *a, const void *b) {
    uint32_t x = ((const Failure *)a)->row, y = ((const Failure *)b)->row;
    return (x > y) - (x < y);
}

void results_sort_failures(Results *results) {
    if (results->failure_count)
        qsort(results->failures, results->failure_count, sizeof *results->failures, compare_failures);
}

Str results_row_failure(const Results *results, size_t row) {
    Failure wanted = {.row = (uint32_t)row};
    const Failure *found = results->failure_count ? bsearch(&wanted, results->failures, results->failure_count,
                                                            sizeof wanted, compare_failures)
                                                  : NULL;
    return found ? found->message : (Str){"", 0};
}

const Counts *results_total(const Results *results) { return &results->total; }
const Counts *results_bureau(const Results *results, size_t bureau) { return &results->bureaus[bureau]; }
const Counts *results_department(const Results *results, size_t department) {
    return &results->departments[department];
}

void results_print_percent(const Results *results, size_t part, size_t whole, Buffer *out) {
    if (whole == 0) return;
    mpq_t percent;
    mpq_init(percent);
    mpq_set_ui(percent, 100 * part, whole);
    mpq_canonicalize(percent);
    decimal_round(out, percent, results->plan->places, results->plan->rounding);
    mpq_clear(percent);
}

size_t results_special_rows(const Results *results, size_t index) { return results->special_rows[index]; }
size_t results_missing_rows(const Results *results, Missing reason) { return results->missing_rows[reason]; }
size_t results_failed_rows(const Results *results) { return results->failure_count; }
size_t results_exact_checks(const Results *results) { return results->exact_checks; }
