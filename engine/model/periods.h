/* periods - which rows of data count, where the same indicators stand once for each of several periods.
 *
 * Rows of one indicator have the same id; those without one the same bureau, department, project and
 * indicator and, where such names repeat within a period, the same place among them. The rules name the
 * period whose rows are the indicators, or weigh several: then an indicator is its row of the last period
 * that it has one in, and its rate the weighted mean of its rates in all. Rows of other periods are set
 * aside: they are held, but no rate, count, rank or special case knows of them.
 */
#ifndef PERFEVAL_MODEL_PERIODS_H
#define PERFEVAL_MODEL_PERIODS_H

#include "base/diag.h"
#include "model/dataset.h"
#include "model/rollup.h"

typedef enum PeriodMode {
    PERIOD_UNDECLARED, /* every row is an indicator, with a warning where there are several periods */
    PERIOD_EVERY,      /* every row is an indicator: the rules say so */
    PERIOD_ONE,        /* the rows of one period are */
    PERIOD_WEIGHTED    /* rates of several periods make one */
} PeriodMode;

typedef struct PeriodShare {
    Str name;
    Decimal weight; /* PERIOD_WEIGHTED; above 0 */
    Place place;
} PeriodShare;

/** `period` of a rule file. */
typedef struct PeriodRule {
    PeriodMode mode;
    PeriodShare *shares; /* PERIOD_ONE: one; PERIOD_WEIGHTED: in order, at least two */
    size_t count;
    MissingChild missing; /* PERIOD_WEIGHTED: what a period without a rate does */
    Place place;
    bool overridden; /* the command line named the period */
    Str declared;    /* overridden: what the rule file says, as text; empty: nothing */
} PeriodRule;

/** Most periods that can be weighed. */
#define PERIOD_LIMIT 16

/** Finds ids that stand twice in one period (or at all, where the data have no periods); dataset_load calls
 * it. False after errors. */
bool periods_check(const Dataset *dataset, Diag *diag);
/** Arranges the rows of a dataset by the rule. Once a dataset, before anybody reads it. Errors: a period that
 * no row has, a row without period. A warning where the rule says nothing and
 * the data have several periods, one for indicators of other periods that the chosen one lacks. */
bool periods_apply(const PeriodRule *rule, Dataset *dataset, Diag *diag);
/** Whether both arrange the rows of any dataset in the same way, and say the same of it. */
bool periods_same(const PeriodRule *a, const PeriodRule *b);
/** Adds a note that says how many rows count and how many are set aside, where some are. */
void periods_note(const PeriodRule *rule, const Dataset *dataset, Diag *diag);
/** By rated row: the row of the same indicator in the period, or UINT32_MAX. Lives in `arena`. NULL after an
 * error: no row has that period. `place` is where it is named. */
const uint32_t *periods_rows(const Dataset *dataset, Str period, const Place *place, Arena *arena,
                             Diag *diag);

/** The rate of an indicator from `own` rates of its rows in the periods of the rule: rows[k] as periods_rows
 * gives them, for share k. */
Guess periods_guess(const PeriodRule *rule, const uint32_t *const *rows, uint32_t indicator, GuessChild own,
                    const void *context);
/** The same exactly, in an initialised rational; or why there is none. */
Missing periods_exact(const PeriodRule *rule, const uint32_t *const *rows, uint32_t indicator, ExactChild own,
                      const void *context, mpq_ptr out);

#endif
