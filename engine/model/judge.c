#include "model/judge.h"

#include "base/crew.h"
#include "base/memory.h"
#include "model/blockwise.h"

#include <stdatomic.h>

/* Units that a thread takes at a time. */
#ifndef JUDGE_STRETCH
#define JUDGE_STRETCH ((size_t)16 * 1024)
#endif

/* What is judged: a unit with its own rate, or with another one in its place. */
typedef struct Judged {
    const Results *results;
    Level level;
    size_t unit;
    mpq_srcptr other;      /* NULL: its own */
    atomic_size_t *checks; /* counts exact decisions; NULL: nobody asks */
} Judged;

static void count_checks(const Judged *judged, size_t more) {
    if (judged->checks) *judged->checks += more;
}

/* What doubles leave open, exact numbers answer: of the judged unit, or of one below it. Without a rate no
 * range holds. */
static bool holds(const Judged *judged, Level level, size_t unit, const Range *range) {
    const Results *results = judged->results;
    Guess rate = results_guess(results, level, unit);
    if (rate.missing != MISSING_NONE) return false;
    RangeAnswer answer = range_guess(range, rate.value, rate.error);
    if (answer != RANGE_UNSURE) return answer == RANGE_YES;
    count_checks(judged, 1);
    mpq_t exact;
    mpq_init(exact);
    bool inside =
        results_unit_exact(results, level, unit, exact) == MISSING_NONE && range_holds(range, exact);
    mpq_clear(exact);
    return inside;
}

/* Of projects; other levels have no such range. Indicators without a rate do not count. */
static bool any_holds(const Judged *judged, const Range *range) {
    if (range_is_open(range)) return false;
    size_t count;
    const uint32_t *rows = dataset_children(judged->results->dataset, LEVEL_PROJECT, judged->unit, &count);
    size_t i = 0;
    while (i < count && !holds(judged, LEVEL_INDICATOR, rows[i], range)) i++;
    return i < count;
}

/* The verdict that a special case gives a project, or an indicator. */
static unsigned given_verdict(const Results *results, Level level, size_t unit) {
    if (level == LEVEL_INDICATOR) {
        const Case *special = results_row_given(results, unit);
        return special ? special->verdict : RESULTS_NO_BAND;
    }
    if (level != LEVEL_PROJECT) return RESULTS_NO_BAND;
    size_t adjustments = results_adjustments(results, unit);
    for (size_t i = 0; i < adjustments; i++) {
        const Case *special = results_adjustment(results, unit, i);
        if (special->adjust == ADJUST_VERDICT) return special->verdict;
    }
    return RESULTS_NO_BAND;
}

static bool other_has_improved(const Judged *judged) {
    const Results *last = judged->results->last_year;
    mpq_t before;
    mpq_init(before);
    bool improved = last && results_unit_exact(last, judged->level, judged->unit, before) == MISSING_NONE &&
                    mpq_cmp(judged->other, before) > 0;
    mpq_clear(before);
    return improved;
}

static bool has_improved(const Judged *judged) {
    if (judged->other) return other_has_improved(judged);
    bool exact;
    Trend trend = results_find_trend(judged->results, judged->level, judged->unit, &exact);
    count_checks(judged, exact);
    return trend == TREND_UP;
}

static bool rate_holds(const Judged *judged, const Range *range) {
    return judged->other ? range_holds(range, judged->other)
                         : holds(judged, judged->level, judged->unit, range);
}

static bool band_holds(const Judged *judged, const Band *band) {
    bool asks = band->improved || !range_is_open(&band->if_improved);
    bool improved = asks && has_improved(judged);
    if (band->improved && !improved) return false;
    return rate_holds(judged, &band->range) || any_holds(judged, &band->any) ||
           (improved && !range_is_open(&band->if_improved) && rate_holds(judged, &band->if_improved));
}

/* The first band that holds. */
static unsigned first_band(const Judged *judged, const Band *bands) {
    size_t count = judged->results->plan->verdicts[judged->level].count;
    unsigned number = 0;
    while (number < count && !band_holds(judged, &bands[number])) number++;
    return number < count ? number : RESULTS_NO_BAND;
}

static unsigned judge_one(const Judged *judged, const Band *bands) {
    bool missing = results_unit_missing(judged->results, judged->level, judged->unit) != MISSING_NONE;
    return missing ? RESULTS_NO_BAND : first_band(judged, bands);
}

unsigned judge_again(Results *results, size_t project, const Band *bands) {
    unsigned given = given_verdict(results, LEVEL_PROJECT, project);
    const Judged judged = {results, LEVEL_PROJECT, project, NULL, &results->exact_checks};
    return given == RESULTS_NO_BAND ? judge_one(&judged, bands) : given;
}

bool judge_holds(const Results *results, size_t project, const Band *band, mpq_srcptr rate) {
    return band_holds(&(Judged){results, LEVEL_PROJECT, project, rate, NULL}, band);
}

unsigned judge_rate(const Results *results, size_t project, mpq_srcptr rate) {
    const Judged judged = {results, LEVEL_PROJECT, project, rate, NULL};
    return first_band(&judged, results->plan->verdicts[LEVEL_PROJECT].bands);
}

/* The units of a level. */
typedef struct Units {
    Results *results;
    Level level;
} Units;

static void exact_unit(const void *context, size_t unit, mpq_ptr out) {
    const Units *units = context;
    units->results->exact_checks++;
    results_unit_exact(units->results, units->level, unit, out);
}

/* Forced shares of all units of the level that have a rate. */
static void rank(Results *results, Level level, uint8_t *out) {
    const Verdicts *verdicts = &results->plan->verdicts[level];
    const Units units = {results, level};
    size_t count = dataset_level_size(results->dataset, level);
    Decimal shares[PLAN_BANDS];
    for (size_t i = 0; i < verdicts->count; i++) shares[i] = verdicts->bands[i].share;
    for (size_t unit = 0; unit < count; unit++) out[unit] = RESULTS_NO_BAND;
    Guess *rates = memory_new(count, sizeof *rates);
    for (size_t unit = 0; unit < count; unit++) rates[unit] = results_guess(results, level, unit);
    ranking_assign(rates, count, shares, verdicts->count, verdicts->ties, exact_unit, &units, out);
    memory_free(rates);
}

/* Units that threads share out. */
typedef struct Session {
    Units units;
    const Band *bands;
    uint8_t *out;
    RangeCuts cuts[PLAN_BANDS]; /* of the bands' ranges, */
    bool plain;                 /* where nothing but those and the rate decides */
} Session;

static bool is_plain(const Session *session) {
    const Results *results = session->units.results;
    const Verdicts *verdicts = &results->plan->verdicts[session->units.level];
    bool plain = !verdicts->forced && results->adjustment_count == 0 && !results->given;
    for (size_t i = 0; i < verdicts->count; i++) {
        const Band *band = &session->bands[i];
        plain &= !band->improved && range_is_open(&band->if_improved) && range_is_open(&band->any);
    }
    return plain;
}

static void judge_unit(const Session *session, size_t unit) {
    Results *results = session->units.results;
    Level level = session->units.level;
    unsigned given = given_verdict(results, level, unit);
    if (given != RESULTS_NO_BAND)
        session->out[unit] = (uint8_t)given;
    else if (!results->plan->verdicts[level].forced)
        session->out[unit] =
            (uint8_t)judge_one(&(Judged){results, level, unit, NULL, &results->exact_checks}, session->bands);
}

/* What doubles alone are sure of, and one by one what they are not. */
static void judge_block(const Session *session, size_t first, size_t count) {
    if (count == 0) return;
    const Results *results = session->units.results;
    Level level = session->units.level;
    double mean[BLOCKWISE_UNITS], bound[BLOCKWISE_UNITS];
    Missing missing[BLOCKWISE_UNITS];
    for (size_t k = 0; k < count; k++) {
        Guess rate = results_guess(results, level, first + k);
        mean[k] = rate.value;
        bound[k] = rate.error;
        missing[k] = rate.missing;
    }
    uint8_t *out = session->out + first;
    blockwise_verdicts(session->cuts, results->plan->verdicts[level].count, mean, bound, count, out);
    for (size_t k = 0; k < count; k++) {
        if (missing[k] != MISSING_NONE)
            out[k] = RESULTS_NO_BAND;
        else if (out[k] == BLOCKWISE_UNSURE)
            judge_unit(session, first + k);
    }
}

static void judge_units(void *context, size_t first, size_t end) {
    const Session *session = context;
    for (size_t unit = first; unit < end && !session->plain; unit++) judge_unit(session, unit);
    for (size_t count; first < end && session->plain; first += count) {
        count = end - first < BLOCKWISE_UNITS ? end - first : BLOCKWISE_UNITS;
        judge_block(session, first, count);
    }
}

static void judge_by(Results *results, Level level, const Band *bands, uint8_t *out) {
    const Plan *plan = results->plan;
    Session session = {.units = {results, level}, .bands = bands, .out = out};
    session.plain = is_plain(&session);
    for (size_t i = 0; i < plan->verdicts[level].count; i++) session.cuts[i] = range_cuts(&bands[i].range);
    crew_each(plan->threads, dataset_level_size(results->dataset, level), JUDGE_STRETCH, judge_units,
              &session);
}

void judge_level(Results *results, Level level) {
    const Verdicts *verdicts = &results->plan->verdicts[level];
    if (verdicts->count == 0) return;
    size_t count = dataset_level_size(results->dataset, level);
    uint8_t *out = results->verdicts[level] = arena_new(&results->arena, count, sizeof *out);
    if (verdicts->forced) rank(results, level, out);
    judge_by(results, level, verdicts->bands, out);
}

void judge_projects(Results *results, const Band *bands, uint8_t *out) {
    judge_by(results, LEVEL_PROJECT, bands, out);
}

static void add_counts(Counts *to, const Counts *counts, size_t bands) {
    to->total += counts->total;
    to->none += counts->none;
    for (size_t band = 0; band < bands; band++) to->band[band] += counts->band[band];
}

/* How many projects have each byte for a verdict. */
static void tally_department(const Results *results, size_t department, uint32_t tally[UINT8_MAX + 1]) {
    const uint8_t *verdicts = results->verdicts[LEVEL_PROJECT];
    const uint32_t *runs = dataset_runs(results->dataset, LEVEL_DEPARTMENT);
    if (runs) {
        for (uint32_t i = runs[department]; i < runs[department + 1]; i++) tally[verdicts[i]]++;
        return;
    }
    size_t count;
    const uint32_t *projects = dataset_children(results->dataset, LEVEL_DEPARTMENT, department, &count);
    for (size_t i = 0; i < count; i++) tally[verdicts[projects[i]]]++;
}

static Counts count_department(const Results *results, size_t department) {
    Counts counts = {0};
    uint32_t tally[UINT8_MAX + 1] = {0};
    tally_department(results, department, tally);
    counts.total = counts.none = dataset_child_count(results->dataset, LEVEL_DEPARTMENT, department);
    for (size_t band = 0; band < results->plan->verdicts[LEVEL_PROJECT].count; band++) {
        counts.band[band] = tally[band];
        counts.none -= tally[band];
    }
    return counts;
}

void judge_count(Results *results) {
    const Dataset *dataset = results->dataset;
    size_t bands = results->plan->verdicts[LEVEL_PROJECT].count;
    for (size_t department = 0; department < dataset_level_size(dataset, LEVEL_DEPARTMENT); department++) {
        Counts counts = count_department(results, department);
        add_counts(&results->total, &counts, bands);
        add_counts(&results->departments[department], &counts, bands);
        add_counts(&results->bureaus[dataset_parent(dataset, LEVEL_DEPARTMENT, department)], &counts, bands);
    }
}
