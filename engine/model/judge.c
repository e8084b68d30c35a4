#include "model/judge.h"

#include "model/results_build.h"

/* 1 above, -1 below, 0: too near to the cut for doubles. */
static int side_of(const Bound *bound, double value, double error) {
    double cut_error, cut = decimal_to_double(&bound->value, &cut_error);
    double room = (error + cut_error) * (1 + 0x1p-30);
    if (value - cut > room) return 1;
    if (cut - value > room) return -1;
    return 0;
}

typedef enum Answered { NO, YES, UNSURE } Answered;

static Answered range_decides(const Range *range, double value, double error) {
    int low = range->low.set ? side_of(&range->low, value, error) : 1;
    int high = range->high.set ? side_of(&range->high, value, error) : -1;
    if (low < 0 || high > 0) return NO;
    return low > 0 && high < 0 ? YES : UNSURE;
}

/* What doubles leave open, exact numbers answer. */
static bool project_holds(Results *results, size_t project, const Range *range) {
    const Guess *rate = &results->units[LEVEL_PROJECT][project];
    Answered answer = range_decides(range, rate->value, rate->error);
    if (answer != UNSURE) return answer == YES;
    results->exact_checks++;
    mpq_t exact;
    mpq_init(exact);
    results_unit_exact(results, LEVEL_PROJECT, project, exact);
    bool holds = range_holds(range, exact);
    mpq_clear(exact);
    return holds;
}

static bool row_holds(Results *results, size_t row, const Range *range) {
    if (results->missing[row] != MISSING_NONE) return false;
    Answered answer = range_decides(range, results->rate[row], results->error[row]);
    if (answer != UNSURE) return answer == YES;
    results->exact_checks++;
    mpq_t exact;
    mpq_init(exact);
    bool holds = results_row_exact(results, row, exact) == MISSING_NONE && range_holds(range, exact);
    mpq_clear(exact);
    return holds;
}

/* Indicators without a rate do not count. */
static bool any_holds(Results *results, size_t project, const Range *range) {
    if (range_is_open(range)) return false;
    size_t count;
    const uint32_t *rows = dataset_children(results->dataset, LEVEL_PROJECT, project, &count);
    size_t i = 0;
    while (i < count && !row_holds(results, rows[i], range)) i++;
    return i < count;
}

/* The verdict that a special case gives. */
static unsigned given_verdict(const Results *results, size_t project) {
    size_t adjustments = results_adjustments(results, project);
    for (size_t i = 0; i < adjustments; i++) {
        const Case *special = results_adjustment(results, project, i);
        if (special->adjust == ADJUST_VERDICT) return special->verdict;
    }
    return RESULTS_NO_BAND;
}

static unsigned judge(Results *results, size_t project) {
    const Plan *plan = results->plan;
    if (results->units[LEVEL_PROJECT][project].missing != MISSING_NONE) return RESULTS_NO_BAND;
    for (unsigned number = 0; number < plan->verdicts[LEVEL_PROJECT].count; number++) {
        const Band *band = &plan->verdicts[LEVEL_PROJECT].bands[number];
        if (project_holds(results, project, &band->range) || any_holds(results, project, &band->any))
            return number;
    }
    return RESULTS_NO_BAND;
}

static void exact_unit(const void *context, size_t project, mpq_ptr out) {
    results_unit_exact(context, LEVEL_PROJECT, project, out);
}

/* Forced shares of all projects that have a rate. */
static void rank(Results *results, const Verdicts *verdicts) {
    size_t count = dataset_level_size(results->dataset, LEVEL_PROJECT);
    Decimal shares[PLAN_BANDS];
    for (size_t i = 0; i < verdicts->count; i++) shares[i] = verdicts->bands[i].share;
    for (size_t project = 0; project < count; project++) results->verdict[project] = RESULTS_NO_BAND;
    ranking_assign(results->units[LEVEL_PROJECT], count, shares, verdicts->count, verdicts->ties, exact_unit,
                   results, results->verdict);
}

static void count_verdict(Counts *counts, unsigned verdict) {
    counts->total++;
    if (verdict == RESULTS_NO_BAND)
        counts->none++;
    else
        counts->band[verdict]++;
}

void judge_projects(Results *results) {
    const Dataset *dataset = results->dataset;
    const Verdicts *verdicts = &results->plan->verdicts[LEVEL_PROJECT];
    if (verdicts->forced) rank(results, verdicts);
    for (size_t project = 0; project < dataset_level_size(dataset, LEVEL_PROJECT); project++) {
        unsigned verdict = given_verdict(results, project);
        if (verdict == RESULTS_NO_BAND)
            verdict = verdicts->forced ? results->verdict[project] : judge(results, project);
        results->verdict[project] = (uint8_t)verdict;
        uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
        count_verdict(&results->total, verdict);
        count_verdict(&results->departments[department], verdict);
        count_verdict(&results->bureaus[dataset_parent(dataset, LEVEL_DEPARTMENT, department)], verdict);
    }
}
