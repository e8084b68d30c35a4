/* infer_rules - the rule set of a candidate, as a tree such as a rule file gives. */
#ifndef PERFEVAL_MODEL_INFER_RULES_H
#define PERFEVAL_MODEL_INFER_RULES_H

#include "model/results.h"

/** How the rate of an indicator whose polarity is "lower" is found. */
typedef enum Lower {
    LOWER_NONE,   /* as every other: actual / target */
    LOWER_MIRROR, /* 2 - actual / target */
    LOWER_RATIO,  /* target / actual */
    LOWER_COUNT
} Lower;

/** "actual/target", "2-actual/target", "target/actual" */
const char *infer_lower_name(Lower lower);

/** What a candidate makes of rates. */
typedef struct Shape {
    Lower lower;
    Aggregate aggregate;
    unsigned cap; /* 0: none */
    bool floored; /* rates below 0 count as 0 */
} Shape;

/** Compiles the rules of a shape. The tree lives in `arena`, which must outlive the plan. NULL after errors.
 */
Plan *infer_plan(Arena *arena, const Shape *shape, Diag *diag);

#endif
