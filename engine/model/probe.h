/* probe - rows of inputs, made up to show something: that two rule sets differ, or that a rate is just below,
 * on or above a cut. Whatever is found was evaluated; nothing is worked out from the rules' text.
 */
#ifndef PERFEVAL_MODEL_PROBE_H
#define PERFEVAL_MODEL_PROBE_H

#include "model/trial.h"

typedef struct Probe Probe;

/** Inputs for a rule set: its cuts, its parameters and the words of its selectors give them. Borrows both. */
Probe *probe_new(const TrialRules *rules, const Plan *plan);
void probe_free(Probe *probe);
/** A case, with what the rules make of it as expectations, that comes out otherwise by the rule tree `other`.
 * False when none of the inputs shows a difference. Lives in `arena`. */
bool probe_differs(const Probe *probe, const Tree *other, Arena *arena, SuiteCase *out);
/** Whose rate is wanted. */
typedef enum ProbeRate {
    PROBE_PROJECT,
    PROBE_INDICATOR,
    PROBE_BESIDE /* an indicator's, whose project has another one with a high rate: the project is judged */
} ProbeRate;
/** A case in which a rate is exactly `wanted`, with what the rules make of it as expectations. False when
 * none was found. */
bool probe_rate(const Probe *probe, ProbeRate what, mpq_srcptr wanted, Arena *arena, SuiteCase *out);
/** Adds a case as a Lua test file has it, on one line. */
void probe_write(Buffer *out, const SuiteCase *test);

#endif
