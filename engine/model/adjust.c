#include "model/adjust.h"

#include "model/results_build.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The first special case counts. */
static void give_verdict(Results *results, size_t special, uint32_t row) {
    if (!results->given) {
        size_t rows = dataset_rows(results->dataset);
        results->given = arena_new(&results->arena, rows, sizeof *results->given);
        for (size_t i = 0; i < rows; i++) results->given[i] = RESULTS_NO_CASE;
    }
    uint32_t indicator = dataset_indicator(results->dataset, row);
    if (results->given[indicator] == RESULTS_NO_CASE) results->given[indicator] = (uint16_t)special;
}

void adjust_add(Results *results, size_t special, uint32_t row) {
    Adjustment added = {dataset_project(results->dataset, row), (uint16_t)special};
    size_t count = results->adjustment_count;
    const Adjustment *list = results->adjustments;
    results->special_rows[special]++;
    if (results->plan->specials[special].adjust == ADJUST_INDICATOR) {
        give_verdict(results, special, row);
        return;
    }
    if (count && list[count - 1].project == added.project && list[count - 1].special == added.special) return;
    if ((count & (count - 1)) == 0) { /* room is 1, 2, 4, … */
        Adjustment *grown = arena_new(&results->arena, count ? 2 * count : 1, sizeof *grown);
        if (count) memcpy(grown, results->adjustments, count * sizeof *grown);
        results->adjustments = grown;
    }
    results->adjustments[results->adjustment_count++] = added;
}

static int compare_adjustments(const void *a, const void *b) {
    const Adjustment *x = a, *y = b;
    if (x->project != y->project) return x->project < y->project ? -1 : 1;
    return (x->special > y->special) - (x->special < y->special);
}

/* The rate with points, as doubles. */
static void add_points(Guess *rate, const Decimal *points) {
    double error, value = rate->value + decimal_to_double(points, &error);
    rate->error += error + fabs(value) * 0x1p-52 + DBL_MIN;
    rate->value = isfinite(value) ? value : 0;
    if (!isfinite(value)) rate->error = INFINITY;
}

/* Whether the adjustment applies, seen those that stand before it. */
static bool applies(const Results *results, const Adjustment *adjustment, const Adjustment *last,
                    bool judged) {
    const Case *special = &results->plan->specials[adjustment->special];
    if (last && compare_adjustments(adjustment, last) == 0) return false;
    if (special->adjust == ADJUST_VERDICT) return !judged;
    return results_unit_missing(results, LEVEL_PROJECT, adjustment->project) == MISSING_NONE;
}

void adjust_projects(Results *results) {
    Adjustment *list = results->adjustments;
    size_t count = results->adjustment_count, kept = 0;
    if (count) qsort(list, count, sizeof *list, compare_adjustments);
    bool judged = false; /* an earlier case gave the project its verdict */
    for (size_t i = 0; i < count; i++) {
        const Adjustment next = list[i];
        const Case *special = &results->plan->specials[next.special];
        if (kept == 0 || list[kept - 1].project != next.project) judged = false;
        if (!applies(results, &next, kept ? &list[kept - 1] : NULL, judged)) continue;
        judged |= special->adjust == ADJUST_VERDICT;
        if (special->adjust == ADJUST_POINTS) {
            Guess rate = results_guess(results, LEVEL_PROJECT, next.project);
            add_points(&rate, &special->points);
            results_set_guess(&results->units[LEVEL_PROJECT], next.project, rate);
        }
        results->special_projects[next.special]++;
        list[kept++] = next;
    }
    results->adjustment_count = kept;
}
