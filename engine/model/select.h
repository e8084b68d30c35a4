/* select - selectors bound to a dataset: which rows `when` takes. A condition on a column of text is decided
 * once per distinct word, not once per row. */
#ifndef PERFEVAL_MODEL_SELECT_H
#define PERFEVAL_MODEL_SELECT_H

#include "model/plan.h"

/** A condition with its column found. */
typedef struct BoundCondition {
    const Condition *condition;
    const NumberColumn *numbers; /* a column of numbers, */
    const TextColumn *words;     /* or of text, */
    bool *word_holds;            /* with the answer for each word; */
    size_t answered;             /* words that it answers for, where they become more (model/pass) */
    bool unknown;                /* or none: the data lack the column, and every cell reads as blank; */
    bool blank_holds;            /* unknown: nobody knows it */
    const Dataset *dataset;
} BoundCondition;

typedef struct BoundSelector {
    const Selector *selector;
    BoundCondition *conditions;
    struct BoundSelector *parts;
} BoundSelector;

/** The names that a column can be called by: those of the data, and both of each one of the vocabulary. */
Str *select_column_names(const Dataset *dataset, Arena *arena, size_t *count);
/** Binds; lives in `arena`. A column that the data lack reads as blank. Errors: text asked of a column of
 * numbers. False after errors. */
bool select_bind(Arena *arena, const Selector *selector, const Dataset *dataset, BoundSelector *out,
                 Diag *diag);
/** Whether a condition holds for a text; `arena` keeps the digits of long numbers. */
bool select_text_holds(const Condition *condition, Str text, Arena *arena);
/** Adds a note for each column of a bound selector that neither the vocabulary nor the data know, and for
 * each value that no row has, with the nearest spelling. */
void select_note(const BoundSelector *selector, Diag *diag);
/** Gives the message added last the nearest spelling of the first such column or value that has one. False
 * when none has. */
bool select_suggest(const BoundSelector *selector, Diag *diag);

/** A condition on the polarity that holds for none of the words in the data, though some say more than that a
 * higher actual is better; NULL when there is none. */
const BoundCondition *select_missed_polarity(const BoundSelector *selector);
/** Adds MESSAGE_POLARITY_MISSED for such a condition. */
void select_remark_polarity(const BoundSelector *selector, Diag *diag);

/** Whether a selector takes a row. */
typedef enum Taken {
    TAKEN_NO,
    TAKEN_YES,
    TAKEN_FAILED /* its function failed, and that was recorded */
} Taken;

/** Asks function number `function` for `count` rows: taken[k] belongs to rows[k]. False when it cannot be run
 * at all. */
typedef bool (*AskFunction)(void *context, uint32_t function, const uint32_t *rows, size_t count,
                            Taken *taken);

typedef struct SelectContext {
    const FormulaColumns *columns;
    AskFunction ask;
    /** Told of a row for which a condition's exact value is too large (MISSING_TOO_LARGE). May be NULL. */
    void (*beyond)(void *context, uint32_t row);
    void *context; /* of both */
} SelectContext;

/** Answers for at most FORMULA_BLOCK rows which of them the selector takes. Parts behind the deciding one are
 * not asked. False when a function cannot be run at all,
 * or an exact value is too large. */
bool select_block(const BoundSelector *selector, const SelectContext *context, const uint32_t *rows,
                  size_t count, Taken *taken);

/** Rows in order: those taken, and those left. Both have room for all, and `left` may be where they come
 * from.
 */
typedef struct RowSplit {
    uint32_t *taken, *left;
    size_t taken_count, left_count;
} RowSplit;

/** Splits rows by a selector that asks for one word of a row, as most do. False for any other selector. */
bool select_split(const BoundSelector *selector, const uint32_t *rows, size_t count, RowSplit *split);

#endif
