/* infer - which rules reproduce what was published: aggregation, threshold, side and rounding, from past
 * data.
 *
 * Candidates are rule sets, made here and evaluated as any other. What the data do not tell apart is said:
 * every candidate that reproduces all verdicts counts as much as any other.
 */
#ifndef PERFEVAL_MODEL_INFER_H
#define PERFEVAL_MODEL_INFER_H

#include "model/infer_rules.h"
#include "model/published.h"

/** A stretch of thresholds. An end that is not set has no bound. */
typedef struct Cut {
    bool low_set, high_set;
    mpq_t low, high; /* a rate of low is below the cut, one of high is above: [low, high) for at_most, (low,
                        high] for below */
} Cut;

/** A candidate, and how it does. */
typedef struct InferTrial {
    Shape shape;
    bool good;      /* it reproduces all, with a threshold in: */
    Cut cut;        /* else: with the threshold that does best */
    size_t matched; /* bureaus, or projects, that it reproduces, */
    bool refused;   /* the rules cannot be evaluated on these data: units that do not add up, weights that are
                       missing */
    size_t of;      /* out of */
} InferTrial;

typedef enum InferSource {
    INFER_NOTHING, /* no verdict is published */
    INFER_COLUMN,  /* a column of verdicts */
    INFER_COUNTS   /* counts by bureau */
} InferSource;

/** Something published that the best candidate does not reproduce: a bureau (INFER_COUNTS) or a project. */
typedef struct Unexplained {
    size_t unit;
    Str bureau;              /* INFER_COUNTS: as printed, empty: all */
    size_t published, found; /* INFER_COUNTS: projects with the verdict */
} Unexplained;

typedef struct Inferred {
    /* rates */
    size_t printed, reproduced;   /* rows with a published rate, and those that the best formula gives */
    Lower lower;                  /* the best formula of rows of polarity lower */
    bool has_lower;               /* there are such rows */
    bool lower_open[LOWER_COUNT]; /* these do as well */
    unsigned places;
    bool rounding[ROUNDING_COUNT]; /* those that reproduce most rows */
    size_t *rows;                  /* the rows that none of it explains */
    size_t row_count;
    /* verdicts */
    InferSource source;
    Str key;            /* the verdict below the threshold */
    bool several;       /* there are more than two verdicts: this is the lowest cut */
    InferTrial *trials; /* without cap and floor, one an aggregation */
    size_t trial_count;
    size_t best;          /* the first good one, else the one that reproduces most */
    InferTrial *variants; /* the best one with a cap, or with a floor */
    size_t variant_count;
    Unexplained *unexplained;
    size_t unexplained_count;
    Arena arena;
} Inferred;

/** Finds out. `published` may be NULL. False after errors. Released with infer_release. */
bool infer_find(const Dataset *dataset, const Published *published, Inferred *out, Diag *diag);
void infer_release(Inferred *inferred);

#endif
