#include "model/plan.h"

#include "base/memory.h"

const Param *plan_param(const Plan *plan, Str name) {
    for (size_t i = 0; i < plan->param_count; i++) {
        if (str_equal(plan->params[i].name, name)) return &plan->params[i];
    }
    return NULL;
}

void plan_set_threads(Plan *plan, unsigned threads) {
    plan->threads = threads;
    if (plan->last_year) plan->last_year->threads = threads;
}

void plan_note_unused(const Plan *plan, Diag *diag) {
    for (size_t i = 0; !plan->has_functions && i < plan->param_count; i++) {
        if (!plan->params[i].used)
            diag_add(diag, MESSAGE_UNUSED_PARAM, &plan->params[i].place, plan->params[i].name);
    }
}

void plan_free(Plan *plan) {
    if (!plan) return;
    Arena arena = plan->arena;
    memory_free(plan);
    arena_release(&arena);
}
