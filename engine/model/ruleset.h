/* ruleset - the tree of a rule file, compiled to a Plan.
 *
 * The readers of the parts are compile_cases (which rows, and their rates), compile_levels (rollups) and
 * compile_bands (verdicts); what they share is compile.
 */
#ifndef PERFEVAL_MODEL_RULESET_H
#define PERFEVAL_MODEL_RULESET_H

#include "model/plan.h"
#include "model/schema.h"

/** Compiles a rule tree (places filled in). All faults are added, then NULL. The tree is borrowed: it must
 * outlive the plan, whose texts are views into it. */
Plan *plan_compile(Str file, const Tree *rules, const Setting *settings, size_t setting_count, Diag *diag);
/** The same for the day `date` (YYYY-MM-DD) instead of the one that the rules declare; empty: that one. */
Plan *plan_compile_at(Str file, const Tree *rules, Str date, const Setting *settings, size_t setting_count,
                      Diag *diag);
/** Table number `index` of those that a rule file is made of, with its keys, for editors; NULL behind the
 * last. */
const SchemaTable *ruleset_schema(size_t index);

#endif
