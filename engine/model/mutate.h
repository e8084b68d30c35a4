/* mutate - what tests make of a mutant: refused by the rules' own checks, noticed by a test, or not. */
#ifndef PERFEVAL_MODEL_MUTATE_H
#define PERFEVAL_MODEL_MUTATE_H

#include "model/mutants.h"
#include "model/trial.h"

typedef enum MutantFate {
    MUTANT_REFUSED,  /* it is no rule set: `check` would say so */
    MUTANT_NOTICED,  /* a test failed */
    MUTANT_SURVIVED, /* no test did */
    MUTANT_FATES
} MutantFate;

/** Runs the tests of the suites against a mutant of `rules`; *test is the name of the first that failed. */
MutantFate mutate_judge(const TrialRules *rules, const Mutant *mutant, const Suite *const *suites,
                        size_t count, Str *test);

#endif
