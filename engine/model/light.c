#include "model/light.h"

#include "base/crew.h"
#include "base/memory.h"
#include "model/blockwise.h"
#include "model/judge.h"
#include "model/kernels.h"
#include "model/levels.h"
#include "model/walk.h"

#include <float.h>
#include <string.h>

/* ---- where it is simple */

/* Formulas alone give rates, and no case changes anything else. */
static bool has_plain_cases(const Plan *plan) {
    bool plain = !plan->has_functions && !plan->last_year && !plan->of_last_year &&
                 plan->period.mode != PERIOD_WEIGHTED && plan->verdicts[LEVEL_INDICATOR].count == 0;
    for (size_t i = 0; i < plan->special_count; i++) plain &= plan->specials[i].adjust == ADJUST_NOTHING;
    return plain;
}

bool light_can(const Plan *plan, const Dataset *dataset) {
    const Rollup *project = &plan->rollups[LEVEL_PROJECT];
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    bool can = has_plain_cases(plan) && dataset_runs(dataset, LEVEL_PROJECT) &&
               dataset_rated_rows(dataset) == dataset_rows(dataset) && project->aggregate == AGGREGATE_MEAN &&
               project->children == LEVEL_COUNT;
    for (Level level = 0; level < LEVEL_PROJECT; level++)
        can &= !plan->rollups[level].set || plan->rollups[level].children != LEVEL_COUNT;
    for (size_t i = 0; i < verdicts->count; i++) can &= range_is_open(&verdicts->bands[i].any);
    return can;
}

bool light_can_judge(const Plan *plan) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    bool can = !verdicts->forced;
    for (Level level = 0; level < LEVEL_PROJECT; level++) can &= !plan->rollups[level].set;
    for (size_t i = 0; i < verdicts->count; i++)
        can &= !verdicts->bands[i].improved && range_is_open(&verdicts->bands[i].if_improved);
    return can;
}

/* ---- rows */

static void note_beyond(void *context, uint32_t row, size_t number) {
    const Results **results = context;
    results_row_beyond(*results, row, number);
}

static const WalkHooks hooks = {NULL, NULL, note_beyond};

static Walk walk_of(const Results **context, const RowRates *rates) {
    const Results *results = *context;
    const Plan *plan = results->plan;
    return (Walk){.plan = plan,
                  .selectors = results->selectors,
                  .case_count = plan->special_count + plan->case_count,
                  .columns = &results->columns,
                  .hooks = &hooks,
                  .context = context,
                  .base = rates->first,
                  .rate = rates->value,
                  .error = rates->error,
                  .missing = rates->missing,
                  .decided = rates->decided};
}

/* A condition is too large to tell: that was noted, and ends all. */
static void give_up(const Walk *walk, const uint32_t *rows, size_t count) {
    for (size_t k = 0; k < count; k++) {
        size_t at = rows[k] - walk->base;
        walk->rate[at] = walk->error[at] = 0;
        walk->missing[at] = MISSING_TOO_LARGE;
        walk->decided[at] = RESULTS_NO_CASE;
    }
}

static void walk_rows(Walk *walk, uint32_t first, size_t count) {
    uint32_t rows[FORMULA_BLOCK];
    for (size_t part; count > 0; count -= part, first += (uint32_t)part) {
        part = count < FORMULA_BLOCK ? count : FORMULA_BLOCK;
        for (size_t k = 0; k < part; k++) rows[k] = first + (uint32_t)k;
        if (!walk_block(walk, rows, part)) give_up(walk, rows, part);
    }
}

static void fill(const Results *results, size_t count, RowRates *rates) {
    Walk walk = walk_of(&results, rates);
    walk_rows(&walk, rates->first, count);
}

static Guess raise_project(const Results *results, size_t project) {
    return levels_raise(results, LEVEL_PROJECT, project);
}

/* ---- projects */

/* One a thread: what it found, and the rows of whole projects that it is at. */
typedef struct Share {
    Results *results;
    const Results *same;
    const uint32_t *starts; /* of projects, in rows */
    size_t *special_rows;
    size_t missing_rows[MISSING_COUNT];
    RangeCuts cuts[PLAN_BANDS];
    RowRates rates;
    size_t capacity;
    double *present, *link, *mean, *bound, *divisor; /* by row */
    uint32_t *rows;                                  /* numbers of those of one project */
} Share;

static void make_room(Share *share, size_t rows) {
    rows += KERNEL_RUN;
    if (rows <= share->capacity) return;
    share->capacity = rows;
    share->rates.value = memory_resize(share->rates.value, rows, sizeof(double));
    share->rates.error = memory_resize(share->rates.error, rows, sizeof(double));
    share->rates.missing = memory_resize(share->rates.missing, rows, sizeof(uint8_t));
    share->rates.decided = memory_resize(share->rates.decided, rows, sizeof(uint16_t));
    share->present = memory_resize(share->present, rows, sizeof(double));
    share->link = memory_resize(share->link, rows, sizeof(double));
    share->mean = memory_resize(share->mean, rows, sizeof(double));
    share->bound = memory_resize(share->bound, rows, sizeof(double));
    share->divisor = memory_resize(share->divisor, rows, sizeof(double));
    share->rows = memory_resize(share->rows, rows, sizeof(uint32_t));
}

static void release_room(Share *share) {
    memory_free(share->rates.value);
    memory_free(share->rates.error);
    memory_free(share->rates.missing);
    memory_free(share->rates.decided);
    memory_free(share->present);
    memory_free(share->link);
    memory_free(share->mean);
    memory_free(share->bound);
    memory_free(share->divisor);
    memory_free(share->rows);
}

static Guess guess_row(const void *context, uint32_t row) {
    const RowRates *rates = &((const Share *)context)->rates;
    size_t at = row - rates->first;
    return (Guess){rates->value[at], rates->error[at], (Missing)rates->missing[at]};
}

/* A project of which the kernel says nothing. */
static Guess guess_project(const Share *share, size_t project) {
    const Results *results = share->results;
    uint32_t first = share->starts[project];
    RollupInput input = results->inputs[LEVEL_PROJECT];
    input.count = share->starts[project + 1] - first;
    for (size_t k = 0; k < input.count; k++) share->rows[k] = first + (uint32_t)k;
    input.children = share->rows;
    input.bits = results->plan->exact_bits;
    Guess guess = rollup_guess(&results->plan->rollups[LEVEL_PROJECT], &input, guess_row, share);
    return levels_settle(results, LEVEL_PROJECT, project, guess);
}

/* Whether means are what the kernel takes them for: a row that is excluded is nothing, and one that is too
 * large the end of it, whatever becomes of others. */
static bool count_missing(Share *share, size_t count) {
    size_t found[MISSING_COUNT] = {0};
    Walk walk = walk_of(&share->same, &share->rates);
    walk_count_missing(&walk, share->rates.first, share->rates.first + count, found);
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        share->missing_rows[reason] += found[reason];
    bool left_out = share->results->plan->rollups[LEVEL_PROJECT].missing == MISSING_CHILD_LEFT_OUT;
    return (left_out || !found[MISSING_EXCLUDED]) && !found[MISSING_TOO_LARGE];
}

/* The means of the projects first to end - 1, each where its first row is. */
static void find_means(Share *share, size_t first, size_t end, size_t count) {
    RowRates *rates = &share->rates;
    MissingChild policy = share->results->plan->rollups[LEVEL_PROJECT].missing;
    const KernelRuns runs = {rates->value, rates->error, share->present, share->link};
    const KernelShare shared = {policy == MISSING_CHILD_ZERO, policy == MISSING_CHILD_SPREADS};
    static const double weights[] = {1, 0};
    for (size_t k = 0; k < count; k++) share->present[k] = weights[rates->missing[k] != MISSING_NONE];
    for (size_t k = 0; k < count; k++) share->link[k] = 1;
    for (size_t project = first; project < end; project++)
        share->link[share->starts[project] - rates->first] = 0;
    for (size_t k = count; k < count + KERNEL_RUN; k++)
        rates->value[k] = rates->error[k] = share->present[k] = share->link[k] = 0;
    kernels_here()->means(runs, shared, count, share->mean, share->bound, share->divisor);
}

/* Some projects that follow each other, and what the kernel says of them. */
typedef struct Means {
    size_t first, count;
    double mean[BLOCKWISE_UNITS], bound[BLOCKWISE_UNITS];
    double divisor[BLOCKWISE_UNITS]; /* 0 or less: no rate */
    bool plain;                      /* else it says nothing */
} Means;

static void gather_means(const Share *share, Means *means) {
    const uint32_t *starts = share->starts + means->first;
    for (size_t i = 0; i < means->count; i++) {
        size_t k = starts[i] - share->rates.first;
        means->mean[i] = share->mean[k];
        means->bound[i] = share->bound[k];
        means->divisor[i] = share->divisor[k];
    }
}

/* Whether doubles know the mean. */
static bool is_known(const Means *means, size_t i) {
    return means->plain && means->divisor[i] > 0 && means->bound[i] < DBL_MAX / 2;
}

/* The exact mean of a project of few and short numbers. */
static bool find_fraction(const Share *share, size_t project, mpq_ptr rate) {
    const Results *results = share->results;
    const Walk walk = walk_of(&results, &share->rates);
    Fraction mean;
    if (!walk_mean(&walk, share->starts[project], share->starts[project + 1],
                   results->plan->rollups[LEVEL_PROJECT].missing, &mean))
        return false;
    mpq_set_si(rate, mean.above, (unsigned long)mean.below);
    return true;
}

static uint8_t judge_exactly(const Share *share, size_t project) {
    Results *results = share->results;
    mpq_t rate;
    mpq_init(rate);
    bool known = find_fraction(share, project, rate) ||
                 results_unit_exact(results, LEVEL_PROJECT, project, rate) == MISSING_NONE;
    unsigned verdict = known ? judge_rate(results, project, rate) : RESULTS_NO_BAND;
    results->exact_checks++;
    mpq_clear(rate);
    return (uint8_t)verdict;
}

static void judge_means(Share *share, const Means *means) {
    Results *results = share->results;
    const Verdicts *verdicts = &results->plan->verdicts[LEVEL_PROJECT];
    uint8_t *out = results->verdicts[LEVEL_PROJECT] + means->first;
    blockwise_verdicts(share->cuts, verdicts->count, means->mean, means->bound, means->count, out);
    bool spreads = results->plan->rollups[LEVEL_PROJECT].missing == MISSING_CHILD_SPREADS;
    for (size_t i = 0; i < means->count; i++) {
        /* without a rate, or a known mean, doubles are unsure, but for a divisor below 0 */
        if (out[i] != BLOCKWISE_UNSURE && means->plain && !spreads) continue;
        if (means->plain && means->divisor[i] <= 0) {
            out[i] = RESULTS_NO_BAND;
        } else if (!is_known(means, i)) {
            Guess guess = guess_project(share, means->first + i);
            blockwise_verdicts(share->cuts, verdicts->count, &guess.value, &guess.error, 1, &out[i]);
            if (guess.missing != MISSING_NONE) out[i] = RESULTS_NO_BAND;
        }
        if (out[i] == BLOCKWISE_UNSURE) out[i] = judge_exactly(share, means->first + i);
    }
}

static void keep_means(Share *share, const Means *means) {
    for (size_t i = 0; i < means->count; i++) {
        Guess guess = is_known(means, i) ? (Guess){means->mean[i], means->bound[i], MISSING_NONE}
                                         : guess_project(share, means->first + i);
        results_set_guess(&share->results->units[LEVEL_PROJECT], means->first + i, guess);
    }
}

/* Projects first to end - 1, whose rows are `count`. */
static void take_projects(Share *share, size_t first, size_t end, size_t count) {
    Walk walk = walk_of(&share->same, &share->rates);
    walk.special_rows = share->special_rows;
    walk_rows(&walk, share->rates.first, count);
    Means means;
    means.plain = count_missing(share, count);
    find_means(share, first, end, count);
    for (; first < end; first += means.count) {
        means.first = first;
        means.count = end - first < BLOCKWISE_UNITS ? end - first : BLOCKWISE_UNITS;
        gather_means(share, &means);
        if (share->results->only_verdicts)
            judge_means(share, &means);
        else
            keep_means(share, &means);
    }
}

/* As many projects at a time as have rows that stay in the cache together. */
static void run_stretch(void *worker, size_t number) {
    Share *share = worker;
    const Dataset *dataset = share->results->dataset;
    size_t projects = dataset_level_size(dataset, LEVEL_PROJECT), first = number * LIGHT_STRETCH;
    size_t last = projects - first < LIGHT_STRETCH ? projects : first + LIGHT_STRETCH;
    while (first < last) {
        uint32_t row = share->starts[first];
        size_t end = first + 1;
        while (end < last && share->starts[end + 1] - row <= FORMULA_BLOCK) end++;
        size_t count = share->starts[end] - row;
        share->rates.first = row;
        make_room(share, count);
        take_projects(share, first, end, count);
        first = end;
    }
}

static void begin_share(Results *results, Share *share) {
    const Verdicts *verdicts = &results->plan->verdicts[LEVEL_PROJECT];
    share->results = results;
    share->same = results;
    share->starts = dataset_runs(results->dataset, LEVEL_PROJECT);
    share->special_rows = memory_new(results->plan->special_count, sizeof *share->special_rows);
    for (size_t i = 0; i < verdicts->count; i++) share->cuts[i] = range_cuts(&verdicts->bands[i].range);
}

static void join_share(Results *results, Share *share) {
    for (size_t i = 0; i < results->plan->special_count; i++)
        results->special_rows[i] += share->special_rows[i];
    for (Missing reason = 0; reason < MISSING_COUNT; reason++)
        results->missing_rows[reason] += share->missing_rows[reason];
    memory_free(share->special_rows);
    release_room(share);
}

static void run(Results *results) {
    size_t projects = dataset_level_size(results->dataset, LEVEL_PROJECT);
    size_t stretches = projects / LIGHT_STRETCH + (projects % LIGHT_STRETCH != 0);
    if (results->only_verdicts)
        results->verdicts[LEVEL_PROJECT] = arena_new(&results->arena, projects, sizeof(uint8_t));
    else
        results_hold_units(results, LEVEL_PROJECT);
    Crew crew;
    crew_begin(&crew, crew_size(results->plan->threads, stretches), sizeof(Share));
    for (size_t i = 0; i < crew.threads; i++) begin_share(results, crew_worker(&crew, i));
    crew_run(&crew, stretches, run_stretch);
    for (size_t i = 0; i < crew.threads; i++) join_share(results, crew_worker(&crew, i));
    crew_end(&crew);
}

static const RowSource source = {fill, raise_project, run};

void light_begin(Results *results, bool only_verdicts) {
    results->source = &source;
    results->only_verdicts = only_verdicts;
}
