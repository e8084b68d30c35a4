/* rollup - the rate of a unit from the rates of what is in it: a project from its indicators, a department
 * from its projects, a bureau from its departments, or what the rules say instead.
 */
#ifndef PERFEVAL_MODEL_ROLLUP_H
#define PERFEVAL_MODEL_ROLLUP_H

#include "model/bands.h"
#include "model/operators.h"

typedef enum Aggregate {
    AGGREGATE_MEAN,
    AGGREGATE_MIN,
    AGGREGATE_MAX,
    AGGREGATE_MEDIAN,
    AGGREGATE_WORDS,                           /* up to here a word alone names it */
    AGGREGATE_WEIGHTED_MEAN = AGGREGATE_WORDS, /* sum of weight x rate / sum of weights */
    AGGREGATE_POOLED,                          /* sum of actuals / sum of targets x 100 */
    AGGREGATE_TRIMMED,                         /* mean without a share of the lowest and of the highest */
    AGGREGATE_COUNT_SHARE,                     /* 100 x children that count / children */
    AGGREGATE_COUNT,
    AGGREGATE_FUNCTION = AGGREGATE_COUNT /* a function of the rule file: not worked out here, and nameless */
} Aggregate;

/** "mean", "weighted_mean", …; not of AGGREGATE_FUNCTION. */
const char *aggregate_name(Aggregate aggregate);
bool aggregate_find(Str name, Aggregate *aggregate);

/** What a child without a rate does to its parent. */
typedef enum MissingChild {
    MISSING_CHILD_LEFT_OUT, /* the others decide */
    MISSING_CHILD_ZERO,     /* it counts as a rate of 0 */
    MISSING_CHILD_SPREADS,  /* the parent has no rate either */
    MISSING_CHILD_COUNT
} MissingChild;

/** "leave_out", "zero", "missing" */
const char *missing_child_name(MissingChild policy);
bool missing_child_find(Str name, MissingChild *policy);

/** A weight of the table in the rules: it is that of every child of this name. */
typedef struct NamedWeight {
    Str name;
    Decimal weight;
} NamedWeight;

typedef struct Rollup {
    bool set;
    Level children; /* LEVEL_COUNT: indicators */
    Aggregate aggregate;
    bool declared; /* `missing` stands in the rules */
    MissingChild missing;
    Str weight;         /* AGGREGATE_WEIGHTED_MEAN: the column of weights; empty: */
    NamedWeight *named; /* a table of them, by name */
    size_t named_count;
    bool sum_set; /* weights must sum to `sum`; else any sum will do (they are normalised) */
    Decimal sum;
    Decimal trim;      /* AGGREGATE_TRIMMED: the share cut at each end, at least 0 and below 0.5 */
    Range range;       /* AGGREGATE_COUNT_SHARE: the rates that count */
    uint64_t bands;    /* AGGREGATE_COUNT_SHARE: the verdicts that count, a bit each; 0: the range says */
    uint32_t function; /* AGGREGATE_FUNCTION */
    Str path;          /* "project" */
    Place place;
} Rollup;

/** Children of one unit. Columns are indexed by child; targets and actuals are those of indicators. */
typedef struct RollupInput {
    const uint32_t *children;
    size_t count;
    const NumberColumn *weights, *targets, *actuals;
    const uint8_t *verdicts; /* bands of the children; PLAN_BANDS or more: none */
    size_t bits;             /* most bits of an exact value; 0: DECIMAL_BITS */
} RollupInput;

/** Rates of children: as doubles, and exactly. */
typedef Guess (*GuessChild)(const void *context, uint32_t child);
typedef Missing (*ExactChild)(const void *context, uint32_t child, mpq_ptr out);

/** The rate with its error bound, or why there is none. */
Guess rollup_guess(const Rollup *rollup, const RollupInput *input, GuessChild rate, const void *context);
/** The exact rate, in an initialised rational, or why there is none: the same reason as rollup_guess gives,
 * or MISSING_TOO_LARGE: a child's rate, a sum or the result would need more than input->bits. */
Missing rollup_exact(const Rollup *rollup, const RollupInput *input, ExactChild rate, const void *context,
                     mpq_ptr out);

#endif
