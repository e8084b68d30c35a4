#include "model/sums.h"

#include "model/summaries.h"

typedef const Counts *(*UnitCounts)(const Results *results, size_t unit);

static void add(Counts *sum, const Counts *counts, size_t bands) {
    sum->total += counts->total;
    sum->none += counts->none;
    for (size_t band = 0; band < bands; band++) sum->band[band] += counts->band[band];
}

/* Every project under a verdict, or under none. */
static bool is_whole(const Counts *counts, size_t bands) {
    size_t found = counts->none;
    for (size_t band = 0; band < bands; band++) found += counts->band[band];
    return found == counts->total;
}

static bool is_same(const Counts *a, const Counts *b, size_t bands) {
    bool same = a->total == b->total && a->none == b->none;
    for (size_t band = 0; band < bands; band++) same &= a->band[band] == b->band[band];
    return same;
}

static bool units_add_up(const Results *results, Level level, UnitCounts counts_of, size_t bands) {
    Counts sum = {0};
    for (size_t unit = 0; unit < dataset_level_size(results_dataset(results), level); unit++)
        add(&sum, counts_of(results, unit), bands);
    return is_same(&sum, results_total(results), bands);
}

static bool rows_add_up(const Results *results) {
    size_t without = 0;
    for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        without += results_missing_rows(results, (Missing)reason);
    return without <= results_rows(results);
}

/* A table of projects whose rows are not held has no counts of units: it lists all that were counted. */
static bool levels_add_up(const Results *results, size_t bands) {
    const Summaries *summaries = results_summaries(results);
    if (summaries) return summaries_count(summaries) == results_total(results)->total;
    return units_add_up(results, LEVEL_BUREAU, results_bureau, bands) &&
           units_add_up(results, LEVEL_DEPARTMENT, results_department, bands);
}

bool sums_check(const Results *results, Diag *diag) {
    size_t bands = results_plan(results)->verdicts[LEVEL_PROJECT].count;
    if (is_whole(results_total(results), bands) && levels_add_up(results, bands) && rows_add_up(results))
        return true;
    diag_add_plain(diag, MESSAGE_COUNTS_DIFFER, NULL);
    return false;
}
