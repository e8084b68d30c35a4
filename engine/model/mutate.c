#include "model/mutate.h"

#include "model/ruleset.h"

/* A case that cannot be run fails too. */
static bool fails(const TrialRules *rules, const SuiteCase *test) {
    Trial trial;
    Arena arena = {0};
    Diag *unheard = diag_new();
    size_t count = 1;
    if (trial_run(rules, test, &trial, unheard)) {
        trial_compare(&trial, test, &arena, &count);
        trial_release(&trial);
    }
    diag_free(unheard);
    arena_release(&arena);
    return count > 0;
}

static bool is_ruleset(const TrialRules *rules) {
    Diag *unheard = diag_new();
    Plan *plan = plan_compile(rules->file, rules->tree, NULL, 0, unheard);
    bool good = plan != NULL;
    if (plan) plan_free(plan);
    diag_free(unheard);
    return good;
}

MutantFate mutate_judge(const TrialRules *rules, const Mutant *mutant, const Suite *const *suites,
                        size_t count, Str *test) {
    TrialRules changed = *rules;
    changed.tree = mutant->tree;
    *test = (Str){"", 0};
    if (!is_ruleset(&changed)) return MUTANT_REFUSED;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < suites[i]->count; j++) {
            if (!fails(&changed, &suites[i]->cases[j])) continue;
            *test = suites[i]->cases[j].name;
            return MUTANT_NOTICED;
        }
    }
    return MUTANT_SURVIVED;
}
