/* plancheck - what compiling a rule set says, for the tests of model/plan and model/compile. */
#ifndef PERFEVAL_TESTS_PLANCHECK_H
#define PERFEVAL_TESTS_PLANCHECK_H

#include "ruletext.h"

/** The hint at a band that an earlier one leaves nothing. */
#define TAKEN(number)                                                                                        \
    " <the first band that holds decides: verdict[" number "] stands before it and takes these rates>"

/** Fails unless compiling the rules of 2019 with `changes` says `wanted`, and gives a plan when that is
 * nothing. */
static inline void check_plan(const char *changes, const Setting *settings, size_t setting_count,
                              const char *wanted, ExitCode exit_code) {
    Arena arena = {0};
    Diag *diag = diag_new();
    Plan *plan = plan_compile(STR("r.lua"), ruletext_rules(&arena, changes), settings, setting_count, diag);
    if (!plan != (wanted[0] != '\0')) fail_msg("<%s> %s", changes, plan ? "was accepted" : "was refused");
    Buffer faults = {0};
    faults_brief(&faults, diag);
    expect_text(changes, &faults, wanted);
    if (diag_exit_code(diag) != exit_code) fail_msg("<%s> exit code %d", changes, (int)diag_exit_code(diag));
    plan_free(plan);
    diag_free(diag);
    arena_release(&arena);
}

#endif
