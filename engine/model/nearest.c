#include "model/nearest.h"

#include "base/memory.h"
#include "model/evaluate.h"
#include "model/excerpt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The plan for the project alone: what is above it needs the other projects. */
static Plan only_projects(const Plan *plan) {
    Plan only = *plan;
    for (int level = LEVEL_BUREAU; level < LEVEL_PROJECT; level++) {
        only.rollups[level].set = false;
        only.verdicts[level].count = 0;
    }
    return only;
}

/* Whether the verdict of a project hangs on rows of others, or on what is said of all rows. */
static bool needs_all(const Plan *plan, const Dataset *dataset) {
    size_t column;
    return plan->verdicts[LEVEL_PROJECT].forced || dataset_find_column(dataset, STR("period"), &column);
}

static Dataset *changed_data(const Again *again, size_t project, bool all, const Change *change) {
    const Dataset *dataset = results_dataset(again->results);
    CellChange cell = {change->row, change->column, change->to};
    const CellChange *changed = change->kind == CHANGE_CELL ? &cell : NULL;
    size_t count;
    const uint32_t *rows = dataset_children(dataset, LEVEL_PROJECT, project, &count);
    return all ? excerpt_of(dataset, NULL, 0, changed) : excerpt_of(dataset, rows, count, changed);
}

static unsigned evaluate_again(const Again *again, const Plan *plan, size_t project, const Change *change,
                               Buffer *rate) {
    bool all = needs_all(plan, results_dataset(again->results));
    Plan asked = all ? *plan : only_projects(plan);
    Plan last;
    if (asked.last_year && !all) {
        last = only_projects(asked.last_year);
        asked.last_year = &last;
    }
    Dataset *dataset = changed_data(again, project, all, change);
    Diag *unheard = diag_new(); /* what was to be said of these rules and data was said by the run */
    Results *results = NULL;
    if (periods_apply(&asked.period, dataset, unheard)) {
        RowFunctions functions = {NULL, NULL, NULL};
        if (again->functions) functions = again->functions(again->context, &asked, dataset);
        results = evaluate(&asked, dataset, &functions, unheard);
    }
    size_t unit = all ? project : 0;
    unsigned verdict = results ? results_verdict(results, unit) : RESULTS_NO_BAND;
    if (results && rate) results_write_unit(results, LEVEL_PROJECT, unit, rate);
    results_free(results);
    diag_free(unheard);
    dataset_free(dataset);
    return verdict;
}

static unsigned try_bound(const Again *again, size_t project, const Change *change, Buffer *rate) {
    Plan plan = *results_plan(again->results);
    Verdicts *verdicts = &plan.verdicts[LEVEL_PROJECT];
    Band *bands = memory_new(verdicts->count, sizeof *bands);
    memcpy(bands, verdicts->bands, verdicts->count * sizeof *bands);
    verdicts->bands = bands;
    Range *range = &bands[change->band].range;
    (change->high ? &range->high : &range->low)->value = change->to;
    Diag *unheard = diag_new();
    bool sound = bands_check(STR("verdict"), bands, verdicts->count, unheard);
    unsigned verdict = sound ? evaluate_again(again, &plan, project, change, rate) : RESULTS_NO_BAND;
    diag_free(unheard);
    memory_free(bands);
    return verdict;
}

static unsigned try_param(const Again *again, size_t project, const Change *change, Buffer *rate) {
    Plan *plan = again->plan(again->context, change->param->name, &change->to);
    unsigned verdict = plan ? evaluate_again(again, plan, project, change, rate) : RESULTS_NO_BAND;
    plan_free(plan);
    return verdict;
}

unsigned nearest_try(const Again *again, size_t project, const Change *change, Buffer *rate) {
    if (change->kind == CHANGE_PARAM) return try_param(again, project, change, rate);
    if (change->kind == CHANGE_BOUND) return try_bound(again, project, change, rate);
    return evaluate_again(again, results_plan(again->results), project, change, rate);
}

/* ---- the search, in steps of one place more than is written */

#define MOST_PLACES 15
#define FAR         ((int64_t)1 << 40)

typedef struct Search {
    const Again *again;
    size_t project;
    unsigned now, wanted;
    Change change;
    int64_t base; /* `from` in steps */
    uint32_t scale;
    int64_t low, high; /* the change stays within, in steps */
} Search;

typedef enum Answered {
    ANSWERED_NO,
    ANSWERED_YES,
    ANSWERED_NOT /* the rules refuse the number, or the project then has no verdict */
} Answered;

static Answered ask_steps(Search *search, int64_t steps) {
    search->change.to = (Decimal){.digits = search->base + steps, .scale = search->scale};
    unsigned verdict = nearest_try(search->again, search->project, &search->change, NULL);
    if (verdict == RESULTS_NO_BAND) return ANSWERED_NOT;
    bool sought = search->wanted == REACH_ANY ? verdict != search->now : verdict == search->wanted;
    return sought ? ANSWERED_YES : ANSWERED_NO;
}

/* The fewest steps in one direction, at most `most`: doubled until the answer is another one, then halved
 * back. 0: none.
 */
static int64_t fewest_steps(Search *search, int sign, int64_t most) {
    int64_t room = sign > 0 ? search->high - search->base : search->base - search->low;
    if (room < most) most = room;
    int64_t before = 0, other = 0; /* no up to here; not so there */
    Answered answer = ANSWERED_NO;
    for (int64_t steps = 1; before < most && answer == ANSWERED_NO; steps *= 2) {
        if (steps > most) steps = most;
        answer = ask_steps(search, sign * steps);
        if (answer == ANSWERED_NO)
            before = steps;
        else
            other = steps;
    }
    while (answer != ANSWERED_NO && other - before > 1) {
        int64_t middle = before + (other - before) / 2;
        Answered between = ask_steps(search, sign * middle);
        if (between == ANSWERED_NO) {
            before = middle;
        } else {
            other = middle;
            answer = between;
        }
    }
    return answer == ANSWERED_YES ? other : 0;
}

static int64_t in_steps(const Decimal *number, uint32_t scale, int64_t otherwise) {
    mpq_t value, power;
    mpq_inits(value, power, NULL);
    decimal_to_rational(number, value);
    mpz_ui_pow_ui(mpq_numref(power), 10, scale);
    mpq_mul(value, value, power);
    bool whole = mpz_cmp_ui(mpq_denref(value), 1) == 0 && mpz_fits_slong_p(mpq_numref(value));
    int64_t steps = whole ? mpz_get_si(mpq_numref(value)) : otherwise;
    mpq_clears(value, power, NULL);
    return steps;
}

static void add_change(const Search *search, Changes *changes, Arena *arena) {
    Change *grown = arena_new(arena, changes->count + 1, sizeof *grown);
    if (changes->count) memcpy(grown, changes->items, changes->count * sizeof *grown);
    Change *added = &grown[changes->count++];
    *added = search->change;
    Buffer rate = {0};
    added->verdict = nearest_try(search->again, search->project, &search->change, &rate);
    added->rate = arena_copy(arena, buffer_view(&rate));
    buffer_release(&rate);
    changes->items = grown;
}

/* Numbers that are never negative stay so. */
static void search_change(Search *search, const Bound *least, const Bound *most, Changes *changes,
                          Arena *arena) {
    const Decimal *from = &search->change.from;
    if (from->text.size || from->scale > MOST_PLACES) return;
    search->scale = from->scale + 1;
    search->base = in_steps(from, search->scale, INT64_MAX);
    if (search->base > FAR || search->base < -FAR) return;
    search->low = search->base < 0 ? -1024 * FAR : 0;
    search->high = 1024 * FAR;
    if (least && least->set) search->low = in_steps(&least->value, search->scale, search->base);
    if (most && most->set) search->high = in_steps(&most->value, search->scale, search->base);
    int64_t far = 1024 * (llabs(search->base) + 1000);
    int64_t up = fewest_steps(search, 1, far);
    int64_t down = fewest_steps(search, -1, up ? up : far);
    int64_t steps = down && (!up || down < up) ? -down : up;
    if (steps == 0) return;
    search->change.to = (Decimal){.digits = search->base + steps, .scale = search->scale};
    search->change.weight = fabs((double)steps) / fmax(fabs((double)search->base), 1);
    add_change(search, changes, arena);
}

static void search_cells(Search *search, Changes *changes, Arena *arena) {
    static const char *const names[] = {"actual", "target"};
    const Dataset *dataset = results_dataset(search->again->results);
    size_t count;
    const uint32_t *rows = dataset_children(dataset, LEVEL_PROJECT, search->project, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t name = 0; name < sizeof names / sizeof *names; name++) {
            Change change = {.kind = CHANGE_CELL, .row = rows[i]};
            if (!dataset_find_column(dataset, str_of(names[name]), &change.column)) continue;
            const NumberColumn *column = dataset_numbers(dataset, change.column);
            if (!column || dataset_number(column, rows[i], &change.from) != MISSING_NONE) continue;
            search->change = change;
            search_change(search, NULL, NULL, changes, arena);
        }
    }
}

static bool is_searched(const Changes *changes, const Param *param) {
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->items[i].kind == CHANGE_PARAM && changes->items[i].param == param) return true;
    }
    return false;
}

static void search_param(Search *search, const Bound *bound, Changes *changes, Arena *arena) {
    const Param *param = bound->param;
    if (!bound->set || !param || !search->again->plan || is_searched(changes, param)) return;
    search->change = (Change){.kind = CHANGE_PARAM, .param = param, .from = param->value};
    search_change(search, &param->min, &param->max, changes, arena);
}

static void search_number(Search *search, unsigned band, bool high, const Bound *bound, Changes *changes,
                          Arena *arena) {
    if (!bound->set || bound->param) return;
    search->change = (Change){.kind = CHANGE_BOUND, .band = band, .high = high, .from = bound->value};
    search_change(search, NULL, NULL, changes, arena);
}

static void search_range(Search *search, const Range *range, Changes *changes, Arena *arena) {
    search_param(search, &range->low, changes, arena);
    search_param(search, &range->high, changes, arena);
}

Changes nearest_changes(const Again *again, size_t project, unsigned wanted, Arena *arena) {
    Changes changes = {NULL, 0, false};
    const Plan *plan = results_plan(again->results);
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    const Dataset *dataset = results_dataset(again->results);
    Search search = {.again = again, .project = project, .wanted = wanted};
    search.now = results_verdict(again->results, project);
    if (results_unit_missing(again->results, LEVEL_PROJECT, project) != MISSING_NONE) return changes;
    if (reach_is_given(again->results, project) || search.now == wanted) return changes;
    if (plan->has_functions && !again->functions) return changes;
    if (needs_all(plan, dataset) && dataset_all_rows(dataset) > NEAREST_ALL_ROWS) return changes;
    changes.sought = true;
    search_cells(&search, &changes, arena);
    for (unsigned band = 0; band < verdicts->count; band++) {
        const Band *at = &verdicts->bands[band];
        search_range(&search, &at->range, &changes, arena);
        search_range(&search, &at->any, &changes, arena);
        search_range(&search, &at->if_improved, &changes, arena);
        search_number(&search, band, false, &at->range.low, &changes, arena);
        search_number(&search, band, true, &at->range.high, &changes, arena);
    }
    return changes;
}

Str nearest_column(const Results *results, const Change *change) {
    const Dataset *dataset = results_dataset(results);
    ColumnId id;
    Revision revision;
    Str name = dataset_column_name(dataset, change->column);
    if (column_find(name, &id)) name = str_of(column_info(id)->name);
    bool revised = str_is(name, "target") && revision_of(dataset, change->row, &revision) &&
                   revision_counts(&results_plan(results)->targets, &revision);
    return revised ? STR("revised_target") : name;
}
