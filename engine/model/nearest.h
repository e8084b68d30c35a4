/* nearest - the smallest changes that would bring a project to another verdict.
 *
 * A change (another actual, another target, another threshold) is found by asking: the project is evaluated
 * again with the number changed, by evaluate() itself, and only what came out otherwise is claimed.
 */
#ifndef PERFEVAL_MODEL_NEAREST_H
#define PERFEVAL_MODEL_NEAREST_H

#include "model/reach.h"

/** How to ask again. All may be NULL: without `plan` no parameters are changed, without `functions` rules
 * that have functions are not asked. */
typedef struct Again {
    const Results *results;
    /** The plan with another value for a parameter; NULL when the rules refuse it. Freed by the caller. */
    Plan *(*plan)(void *context, Str param, const Decimal *value);
    /** The functions of the rules, for another plan and dataset; those given before are no longer used. */
    RowFunctions (*functions)(void *context, const Plan *plan, const Dataset *dataset);
    void *context;
} Again;

typedef enum ChangeKind {
    CHANGE_CELL,
    CHANGE_PARAM, /* a parameter that bands use */
    CHANGE_BOUND  /* a number that stands in a band itself */
} ChangeKind;

typedef struct Change {
    ChangeKind kind;
    uint32_t row;       /* CHANGE_CELL */
    size_t column;      /* CHANGE_CELL */
    const Param *param; /* CHANGE_PARAM */
    unsigned band;      /* CHANGE_BOUND: number of the band, and which of its bounds */
    bool high;
    Decimal from, to;
    unsigned verdict; /* what evaluation then gave */
    Str rate;         /* the project's rate then, to 6 places */
    double weight;    /* |to - from| / |from|: the smaller, the nearer */
} Change;

typedef struct Changes {
    Change *items;
    size_t count;
    bool
        sought; /* no: the verdict does not come from the rate, or asking again would take all of many rows */
} Changes;

/** Rows above which rules that look beyond a project (forced shares, periods) are not asked again: each
 * question evaluates all of them. */
#define NEAREST_ALL_ROWS 2000

/** The smallest changes of one number that give the project another verdict (`wanted`, or REACH_ANY): of
 * each target and actual of its indicators, each parameter and each number of its bands at most one, to one
 * place more than is written. None where the verdict does not come from the rate. Lives in `arena`. */
Changes nearest_changes(const Again *again, size_t project, unsigned wanted, Arena *arena);

/** The column that a change of a cell is made in, as the vocabulary calls it: the revised target where it
 * counts. */
Str nearest_column(const Results *results, const Change *change);
/** Evaluates once more with one change; the verdict of the project, RESULTS_NO_BAND when there is none.
 * `rate` may be NULL, else its rate is added. */
unsigned nearest_try(const Again *again, size_t project, const Change *change, Buffer *rate);

#endif
