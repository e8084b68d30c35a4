/* select - selectors bound to a dataset: which rows `when` takes. A condition on a column of text is decided once per
 * distinct word, not once per row. */
#ifndef PERFEVAL_MODEL_SELECT_H
#define PERFEVAL_MODEL_SELECT_H

#include "model/plan.h"

/** A condition with its column found. */
typedef struct BoundCondition {
    const Condition *condition;
    const NumberColumn *numbers; /* a column of numbers, */
    const TextColumn *words;     /* or of text, */
    bool *word_holds;            /* with the answer for each word; */
    size_t rows;                 /* of the dataset */
    bool blank_holds;            /* or none: the data lack the column, and every cell reads as blank */
} BoundCondition;

typedef struct BoundSelector {
    BoundCondition *conditions;
    size_t count;
} BoundSelector;

/** Binds; lives in `arena`. Errors: a column that neither the vocabulary nor the data know, text asked of a column of
 * numbers. False after errors. */
bool select_bind(Arena *arena, const Selector *selector, const Dataset *dataset, BoundSelector *out, Diag *diag);
/** Adds a note for each value of a bound selector that no row has, with the nearest spelling. */
void select_note(const BoundSelector *selector, Diag *diag);
/** True when all conditions hold for a row (a selector's function is not asked). */
bool select_holds(const BoundSelector *selector, size_t row);

#endif
