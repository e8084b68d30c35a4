/* results_build - the inside of Results, for the rooms that fill and read it (model/evaluate, model/results).
 */
#ifndef PERFEVAL_MODEL_RESULTS_BUILD_H
#define PERFEVAL_MODEL_RESULTS_BUILD_H

#include "model/lineage.h"
#include "model/results.h"

#include <float.h>
#include <math.h>
#include <stdatomic.h>

/** What a row function said when it failed. */
typedef struct Failure {
    uint32_t row;
    Str message;
} Failure;

/** The rate that a row function gave a row, where a double may not hold it. */
typedef struct Whole {
    uint32_t row;
    int64_t value;
} Whole;

/** A special case that changes a project. */
typedef struct Adjustment {
    uint32_t project;
    uint16_t special;
} Adjustment;

struct Results {
    const Plan *plan;
    const Dataset *dataset;
    FormulaColumns columns;
    /* per rated row; of an indicator whose periods are weighed, their mean */
    double *rate;
    double *error; /* |rate - exact rate|; infinite: unknown */
    uint8_t *missing;
    uint16_t *decided; /* special cases first, then cases; RESULTS_NO_CASE */
    uint16_t *given;   /* the special case that gave its verdict; RESULTS_NO_CASE; NULL: none did */
    Whole *wholes;     /* answers of functions that no double may hold; in order of rows once sorted */
    size_t whole_count;
    Guess *own;                   /* per rated row: its own rate, where periods are weighed; else NULL */
    const uint32_t **period_rows; /* per weighed period: as periods_rows gives them */
    /* per unit of a level; NULL where the rules roll nothing up to it */
    Guess *units[LEVEL_COUNT];
    uint8_t *verdicts[LEVEL_ALL];      /* per unit; NULL where a level has none */
    Answer *unit_answers[LEVEL_COUNT]; /* rates that a function gave the units of a level; else NULL */
    Lineage children[LEVEL_COUNT];     /* of the units of a level that has rates */
    RollupInput inputs[LEVEL_COUNT];   /* the columns that its rollup reads */
    Counts total;
    Counts *bureaus;
    Counts *departments;
    size_t *asked,
        *silent; /* per case, special cases first: what its `when` functions were asked, and gave nil */
    size_t *special_rows;
    size_t *special_projects;
    Adjustment *adjustments; /* by project, then special case; once adjusted each that applies, once */
    size_t adjustment_count;
    size_t missing_rows[MISSING_COUNT];
    size_t row_count;  /* rows that were evaluated */
    Failure *failures; /* in order of rows once sorted */
    size_t failure_count;
    struct Results *last_year; /* or NULL */
    atomic_size_t exact_checks;
    size_t function_calls;
    _Atomic uint64_t *beyond; /* the first row or unit whose exact value is too large; UINT64_MAX: none */
    Arena arena;
};

/** Remembers that the exact value of a row, asked for by case `number`, is too large. */
void results_row_beyond(const Results *results, size_t row, size_t number);

/** Brings failures and wholes, which come in order of cases, into the order of rows. */
void results_sort(Results *results);
/** What a number that a function gave is worth as a double: it stands for the shortest decimal that reads
 * back as it, off by half its last place at most. */
static inline Guess results_answer(const Answer *answer) {
    const int64_t most = (int64_t)1 << 53;
    bool number = answer->kind == ANSWER_NUMBER, exact;
    double value = number ? answer->number : (double)answer->whole, size = fabs(value);
    if (number) /* added to 2^52, a number up to that is rounded to a whole one; beyond that all are */
        exact = size <= 0x1p52 ? size + 0x1p52 - 0x1p52 == size : size <= 0x1p53;
    else
        exact = answer->whole >= -most && answer->whole <= most;
    if (value == 0) value = 0; /* no -0 */
    double error = number ? size * 0x1p-53 + DBL_TRUE_MIN : size * 0x1p-52;
    return (Guess){value, exact ? 0 : error, MISSING_NONE};
}
/** The number itself, in an initialised rational. */
void results_answer_exact(const Answer *answer, mpq_ptr out);
/** The first of a project's adjustments, or where it would stand. */
size_t results_first_adjustment(const Results *results, size_t project);
/** The children that rates are made of: the units of a level, or for LEVEL_COUNT rows. */
typedef struct Below {
    const Results *results;
    Level level;
} Below;

/** The rate of a unit, of LEVEL_INDICATOR of a row, as doubles know it. */
Guess results_guess(const Results *results, Level level, size_t unit);
/** results_trend, saying whether only exact numbers could tell. */
Trend results_find_trend(const Results *results, Level level, size_t unit, bool *exact);
/** What a unit's rate is made of. */
RollupInput results_input(const Results *results, Level level, size_t unit);
/** The exact rate of a unit from those below it, before special cases give the project points; or why there
 * is none. */
Missing results_raised_exact(const Results *results, Level level, size_t unit, mpq_ptr out);
/** The case that `decided` number stands for. */
const Case *results_case(const Plan *plan, size_t number);

#endif
