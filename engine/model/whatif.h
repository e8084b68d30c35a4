/* whatif - rules and data that stay in memory, asked again with other parameters.
 *
 * Nothing is loaded again and no script is read again: the plan is compiled anew from the rule tree, and
 * evaluated over the same columns. Where a parameter stands in the bands of projects alone, rates cannot
 * change, and only the verdicts are decided again, by the code that decides them in a run.
 */
#ifndef PERFEVAL_MODEL_WHATIF_H
#define PERFEVAL_MODEL_WHATIF_H

#include "model/results.h"

/** Rules and data; all borrowed. */
typedef struct Held {
    Str file;                /* the rule file, as named in messages */
    const Tree *rules;       /* its tree */
    Str date;                /* the day of the run; empty: what the rules declare */
    Str period;              /* the period to evaluate; empty: what the rules declare */
    const Setting *settings; /* those of every question */
    size_t setting_count;
    const Dataset *dataset;
    /** The functions of the rule file, with the parameters of `plan`. May be NULL when it has none. */
    RowFunctions (*functions)(void *context, const Plan *plan, const Dataset *dataset);
    void *context;
} Held;

/** An answer: verdicts of all projects. */
typedef struct Outcome {
    Plan *plan;       /* of the answer: its parameters and bands */
    Results *results; /* rates of rows and projects; verdicts and counts only where `own` */
    bool own;         /* false: the results are those of another outcome, which must outlive this one */
    const uint8_t *verdicts; /* bands of the plan, a project each; RESULTS_NO_BAND: none */
    Counts counts;           /* of those */
    Arena arena;
} Outcome;

/** Compiles and evaluates with `more` settings behind those of `held`. NULL after errors. */
Outcome *whatif_ask(const Held *held, const Setting *more, size_t count, Diag *diag);
/** The same where few rates will be asked for: they are worked out again then. */
Outcome *whatif_ask_verdicts(const Held *held, const Setting *more, size_t count, Diag *diag);
/** The same for parameters that stand in bands alone (whatif_only_bands), from an outcome of the same `held`
 * that differs in them only: rates are taken over. */
Outcome *whatif_judge(const Held *held, const Outcome *from, const Setting *more, size_t count, Diag *diag);
void whatif_free(Outcome *outcome);

/** True when a parameter can change nothing but bounds of the bands of projects: no formula, selector or
 * other level names it, there are no functions that could, and the bands have no shares. */
bool whatif_only_bands(const Held *held, const Plan *plan, Str param);
/** Adds the messages of `from` that are errors. */
void whatif_add_errors(Diag *diag, const Diag *from);

#endif
