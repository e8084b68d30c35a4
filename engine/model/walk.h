/* walk - blocks of rows through the cases of a plan: which case decides each row, and the rates that formulas
 * give.
 *
 * For model/evaluate, whose rows are those of a dataset, and model/pass, whose rows are those of a stretch.
 */
#ifndef PERFEVAL_MODEL_WALK_H
#define PERFEVAL_MODEL_WALK_H

#include "model/fraction.h"
#include "model/select.h"

/** Who walks: what the cases of a plan need besides columns. */
typedef struct WalkHooks {
    /** Answers for `when` functions of case walk->at_work; NULL: the plan has none. */
    AskFunction ask;
    /** Rows whose rate a function of the case gives. */
    void (*wait)(void *context, size_t number, const uint32_t *rows, size_t count);
    /** An exact value of the case, or of its condition, is too large for the row. */
    void (*beyond)(void *context, uint32_t row, size_t number);
} WalkHooks;

typedef struct Walk {
    const Plan *plan;
    const BoundSelector *selectors; /* one a case, special cases first */
    size_t case_count;              /* special cases and cases */
    const FormulaColumns *columns;
    const WalkHooks *hooks;
    void *context; /* of hooks and of `answer` */
    /** For walk_mean: what a function said of a row, which has its rate. NULL: that is not to be had. */
    Answer (*answer)(const void *context, size_t row);
    /* by row, from row `base` on */
    uint32_t base;
    double *rate, *error;
    uint8_t *missing;
    uint16_t *decided; /* the case, or RESULTS_NO_CASE */
    /* counts */
    size_t *special_rows; /* one a special case; NULL: nobody counts */
    size_t exact_checks;  /* rows of which doubles could not even tell whether they have a rate */
    size_t at_work;       /* the case whose rows are being chosen */
} Walk;

/** Which of `count` (at most FORMULA_BLOCK) rows case `number` takes, whatever cases before it take. False as
 * select_block. */
bool walk_select(Walk *walk, size_t number, const uint32_t *rows, size_t count, Taken *taken);
/** Each case takes its rows of at most FORMULA_BLOCK in ascending order, the next one sees what is left;
 * cases that change projects are passed over. Rows get `decided`, and rate, error and missing unless a
 * function has yet to be asked. False as select_block. */
bool walk_block(Walk *walk, const uint32_t *rows, size_t count);
/** Adds how many of rows first to end - 1 lack a rate, by reason. */
void walk_count_missing(const Walk *walk, size_t first, size_t end, size_t counts[MISSING_COUNT]);

/** The exact mean of rows first to end - 1, which have their rates: false where there is none, or where it
 * takes more than machine integers. */
bool walk_mean(const Walk *walk, size_t first, size_t end, MissingChild policy, Fraction *out);

#endif
