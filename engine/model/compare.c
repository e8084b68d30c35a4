#include "model/compare.h"

#include "base/memory.h"

static Str verdict_key(const Outcome *outcome, unsigned verdict) {
    return verdict == RESULTS_NO_BAND ? (Str){"", 0}
                                      : outcome->plan->verdicts[LEVEL_PROJECT].bands[verdict].key;
}

static uint32_t other_project(const Comparison *comparison, uint32_t project, bool forward) {
    if (!comparison->patch) return project;
    return forward ? comparison->patch->project_to[project] : comparison->patch->project_from[project];
}

static Str rate_of(const Outcome *outcome, uint32_t project, Arena *arena) {
    Buffer text = {0};
    results_write_unit(outcome->results, LEVEL_PROJECT, project, &text);
    Str kept = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

static void add_change(Comparison *comparison, uint32_t from, uint32_t to) {
    Change change = {from, to, RESULTS_NO_BAND, RESULTS_NO_BAND, {"", 0}, {"", 0}, NULL, 0, false, {"", 0}};
    if (from != PATCH_NONE) change.from_verdict = comparison->from->verdicts[from];
    if (to != PATCH_NONE) change.to_verdict = comparison->to->verdicts[to];
    bool both = from != PATCH_NONE && to != PATCH_NONE;
    if (both && str_equal(verdict_key(comparison->from, change.from_verdict),
                          verdict_key(comparison->to, change.to_verdict)))
        return;
    if (from != PATCH_NONE) change.from_rate = rate_of(comparison->from, from, &comparison->arena);
    if (to != PATCH_NONE) change.to_rate = rate_of(comparison->to, to, &comparison->arena);
    if (comparison->change_count == comparison->change_room) {
        comparison->change_room = memory_growth(comparison->change_room, comparison->change_count + 1);
        comparison->changes =
            memory_resize(comparison->changes, comparison->change_room, sizeof *comparison->changes);
    }
    comparison->changes[comparison->change_count++] = change;
}

/* A verdict's line or column of the matrix. */
static size_t matrix_place(unsigned verdict) { return verdict == RESULTS_NO_BAND ? PLAN_BANDS + 1 : verdict; }

static void add_project(Comparison *comparison, uint32_t from, uint32_t to) {
    unsigned before = from == PATCH_NONE ? PLAN_BANDS : comparison->from->verdicts[from];
    unsigned after = to == PATCH_NONE ? PLAN_BANDS : comparison->to->verdicts[to];
    comparison->matrix[matrix_place(before)][matrix_place(after)]++;
    add_change(comparison, from, to);
}

static void find_changes(Comparison *comparison) {
    size_t from = dataset_level_size(comparison->from_held->dataset, LEVEL_PROJECT);
    size_t to = dataset_level_size(comparison->to_held->dataset, LEVEL_PROJECT);
    for (uint32_t i = 0; i < from; i++) add_project(comparison, i, other_project(comparison, i, true));
    for (uint32_t i = 0; comparison->patch && i < to; i++)
        if (other_project(comparison, i, false) == PATCH_NONE) add_project(comparison, PATCH_NONE, i);
}

/* ---- counts */

static BureauCounts *find_bureau(Comparison *comparison, Str name) {
    for (size_t i = 0; i < comparison->bureau_count; i++)
        if (str_equal(comparison->bureaus[i].name, name)) return &comparison->bureaus[i];
    BureauCounts *added = &comparison->bureaus[comparison->bureau_count++];
    *added = (BureauCounts){.name = name};
    return added;
}

static void count_bureaus(Comparison *comparison, const Outcome *outcome, const Dataset *dataset, bool to) {
    size_t bureaus = dataset_level_size(dataset, LEVEL_BUREAU);
    Arena scratch = {0};
    size_t *place = arena_new(&scratch, bureaus, sizeof *place);
    for (size_t i = 0; i < bureaus; i++)
        place[i] = (size_t)(find_bureau(comparison, dataset_level_name(dataset, LEVEL_BUREAU, i)) -
                            comparison->bureaus);
    for (size_t i = 0; i < dataset_level_size(dataset, LEVEL_PROJECT); i++) {
        uint32_t bureau =
            dataset_parent(dataset, LEVEL_DEPARTMENT, dataset_parent(dataset, LEVEL_PROJECT, i));
        BureauCounts *own = &comparison->bureaus[place[bureau]];
        Counts *counts = to ? &own->to : &own->from;
        counts->total++;
        if (outcome->verdicts[i] == RESULTS_NO_BAND)
            counts->none++;
        else
            counts->band[outcome->verdicts[i]]++;
    }
    arena_release(&scratch);
}

size_t compare_count(const Comparison *comparison, unsigned from, unsigned to) {
    return comparison->matrix[matrix_place(from)][matrix_place(to)];
}

/* ---- the whole */

static void compare(Comparison *comparison) {
    const Held *from = comparison->from_held, *to = comparison->to_held;
    RuleSide left = {from->rules, comparison->from->plan}, right = {to->rules, comparison->to->plan};
    comparison->rules = edits_of_rules(&left, &right, &comparison->edits);
    comparison->rule_edits = comparison->edits.count;
    if (from->dataset != to->dataset) {
        comparison->patch = patch_new(from->dataset, to->dataset);
        patch_edits(comparison->patch, &comparison->edits);
    }
    find_changes(comparison);
    size_t bureaus =
        dataset_level_size(from->dataset, LEVEL_BUREAU) + dataset_level_size(to->dataset, LEVEL_BUREAU);
    comparison->bureaus = arena_new(&comparison->arena, bureaus, sizeof *comparison->bureaus);
    count_bureaus(comparison, comparison->from, from->dataset, false);
    count_bureaus(comparison, comparison->to, to->dataset, true);
}

Comparison *compare_new(const Held *from, const Held *to, Diag *diag) {
    Comparison *comparison = memory_new(1, sizeof *comparison);
    comparison->from_held = from;
    comparison->to_held = to;
    comparison->from = whatif_ask_verdicts(from, NULL, 0, diag);
    if (comparison->from) comparison->to = whatif_ask_verdicts(to, NULL, 0, diag);
    if (comparison->from && comparison->to) {
        compare(comparison);
        return comparison;
    }
    compare_free(comparison);
    return NULL;
}

void compare_free(Comparison *comparison) {
    if (!comparison) return;
    whatif_free(comparison->from);
    whatif_free(comparison->to);
    edits_free(comparison->rules);
    patch_free(comparison->patch);
    arena_release(&comparison->edits.arena);
    arena_release(&comparison->arena);
    memory_free(comparison->changes);
    memory_free(comparison);
}
