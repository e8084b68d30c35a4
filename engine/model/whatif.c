#include "model/whatif.h"

#include "base/memory.h"
#include "model/compile_periods.h"
#include "model/evaluate.h"
#include "model/judge.h"
#include "model/ruleset.h"

#include <string.h>

static Plan *compile(const Held *held, const Setting *more, size_t count, Arena *arena, Diag *diag) {
    size_t total = held->setting_count + count;
    Setting *settings = arena_new(arena, total, sizeof *settings);
    if (held->setting_count) memcpy(settings, held->settings, held->setting_count * sizeof *settings);
    if (count) memcpy(settings + held->setting_count, more, count * sizeof *settings);
    Plan *plan = plan_compile_at(held->file, held->rules, held->date, settings, total, diag);
    if (plan && held->period.size) compile_period_override(plan, held->period);
    return plan;
}

static Outcome *outcome_new(const Held *held, const Setting *more, size_t count, Diag *diag) {
    Outcome *outcome = memory_new(1, sizeof *outcome);
    outcome->plan = compile(held, more, count, &outcome->arena, diag);
    if (outcome->plan) return outcome;
    whatif_free(outcome);
    return NULL;
}

void whatif_free(Outcome *outcome) {
    if (!outcome) return;
    if (outcome->own) results_free(outcome->results);
    plan_free(outcome->plan);
    arena_release(&outcome->arena);
    memory_free(outcome);
}

static void count_verdicts(Outcome *outcome, size_t projects) {
    size_t tally[UINT8_MAX + 1] = {0};
    for (size_t project = 0; project < projects; project++) tally[outcome->verdicts[project]]++;
    outcome->counts.total = projects;
    outcome->counts.none = tally[RESULTS_NO_BAND];
    for (size_t band = 0; band < PLAN_BANDS; band++) outcome->counts.band[band] = tally[band];
}

static Outcome *ask(const Held *held, EvaluateKeep keep, const Setting *more, size_t count, Diag *diag) {
    Outcome *outcome = outcome_new(held, more, count, diag);
    if (!outcome) return NULL;
    RowFunctions functions = {0};
    if (held->functions) functions = held->functions(held->context, outcome->plan, held->dataset);
    outcome->results =
        evaluate_keeping(keep, outcome->plan, held->dataset, held->functions ? &functions : NULL, diag);
    outcome->own = true;
    if (!outcome->results) {
        whatif_free(outcome);
        return NULL;
    }
    outcome->verdicts = results_verdicts(outcome->results);
    outcome->counts = *results_total(outcome->results);
    return outcome;
}

Outcome *whatif_ask(const Held *held, const Setting *more, size_t count, Diag *diag) {
    return ask(held, EVALUATE_KEEP_PROJECTS, more, count, diag);
}

Outcome *whatif_ask_verdicts(const Held *held, const Setting *more, size_t count, Diag *diag) {
    return ask(held, EVALUATE_KEEP_VERDICTS, more, count, diag);
}

Outcome *whatif_judge(const Held *held, const Outcome *from, const Setting *more, size_t count, Diag *diag) {
    Outcome *outcome = outcome_new(held, more, count, diag);
    if (!outcome) return NULL;
    outcome->results = from->results;
    size_t projects = dataset_level_size(held->dataset, LEVEL_PROJECT);
    uint8_t *verdicts = arena_new(&outcome->arena, projects, sizeof *verdicts);
    judge_projects(outcome->results, outcome->plan->verdicts[LEVEL_PROJECT].bands, verdicts);
    outcome->verdicts = verdicts;
    count_verdicts(outcome, projects);
    return outcome;
}

/* Whether a tree refers to the parameter. */
static bool names_param(const Tree *tree, Str param) {
    if (tree->kind == TREE_EXPR && str_is(tree->text, "param"))
        return str_equal(tree->items[0].value->text, param);
    for (size_t i = 0; i < tree->count; i++) {
        if (names_param(tree->items[i].value, param)) return true;
    }
    return false;
}

bool whatif_in_verdict_alone(const Held *held, Str param) {
    for (size_t i = 0; i < held->rules->count; i++) {
        const TreeItem *item = &held->rules->items[i];
        if (!str_is(item->name, "verdict") && names_param(item->value, param)) return false;
    }
    return true;
}

bool whatif_only_bands(const Held *held, const Plan *plan, Str param) {
    return !plan->has_functions && !plan->verdicts[LEVEL_PROJECT].forced &&
           whatif_in_verdict_alone(held, param);
}

void whatif_add_errors(Diag *diag, const Diag *from) {
    for (size_t i = 0; i < diag_count(from); i++) {
        const DiagItem *item = diag_item(from, i);
        if (message_get(item->message).severity != SEVERITY_ERROR) continue;
        diag_add_list(diag, item->message, &item->place, item->arguments, item->argument_count);
        diag_hint_copy(diag, item->hint);
    }
}
