#include "model/results_build.h"

RowRate results_row(const Results *results, size_t row) {
    if (results->rate)
        return (RowRate){results->rate[row], results->error[row], results->missing[row],
                         results->decided[row]};
    RowRate one;
    RowRates rates = {&one.value, &one.error, &one.missing, &one.decided, (uint32_t)row};
    results->source->fill(results, 1, &rates);
    return one;
}

const RowRates *results_window(const Results *results, RowWindow *window, size_t row, size_t end) {
    if (results->rate) return NULL;
    if (window->count && row >= window->rates.first && row - window->rates.first < window->count)
        return &window->rates;
    window->count = end - row < FORMULA_BLOCK ? end - row : FORMULA_BLOCK;
    window->rates = (RowRates){window->value, window->error, window->missing, window->decided, (uint32_t)row};
    results->source->fill(results, window->count, &window->rates);
    return &window->rates;
}

static unsigned decided_by(const Results *results, size_t row) {
    return results->rate ? results->decided[row] : results_row(results, row).decided;
}

Missing results_row_missing(const Results *results, size_t row) {
    return (Missing)(results->rate ? results->missing[row] : results_row(results, row).missing);
}

double results_row_rate(const Results *results, size_t row) {
    return results->rate ? results->rate[row] : results_row(results, row).value;
}

const Case *results_row_given(const Results *results, size_t row) {
    if (!results->given || results->given[row] == RESULTS_NO_CASE) return NULL;
    return &results->plan->specials[results->given[row]];
}

const Case *results_row_case(const Results *results, size_t row) {
    unsigned decided = decided_by(results, row);
    return decided == RESULTS_NO_CASE ? NULL : results_case(results->plan, decided);
}

bool results_row_special(const Results *results, size_t row) {
    return decided_by(results, row) < results->plan->special_count;
}

void results_hold_units(Results *results, Level level) {
    size_t count = dataset_level_size(results->dataset, level);
    UnitRates *units = &results->units[level];
    units->value = arena_new(&results->arena, count, sizeof *units->value);
    units->error = arena_new(&results->arena, count, sizeof *units->error);
    units->missing = arena_new(&results->arena, count, sizeof *units->missing);
}
