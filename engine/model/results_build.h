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

/** The rates of a level's units, of those that a level has. */
typedef struct UnitRates {
    double *value; /* NULL: they are not held */
    float *error;  /* no smaller than the bound that was found */
    uint8_t *missing;
} UnitRates;

/** The rate of a row, and the case that decided it. */
typedef struct RowRate {
    double value, error;
    uint8_t missing;
    uint16_t decided;
} RowRate;

/** Rates of rows that follow each other, and the cases that decided them. */
typedef struct RowRates {
    double *value, *error;
    uint8_t *missing;
    uint16_t *decided;
    uint32_t first;
} RowRates;

/** How rates are found that are not held (model/light). */
typedef struct RowSource {
    /** Those of `count` rows from rates->first on. */
    void (*fill)(const Results *results, size_t count, RowRates *rates);
    /** That of a project. */
    Guess (*project)(const Results *results, size_t project);
    /** Rows through all cases, and what is held of them: rates or verdicts of projects, counts. */
    void (*run)(Results *results);
} RowSource;

struct Results {
    const Plan *plan;
    const Dataset *dataset;
    FormulaColumns columns;
    const RowSource *source;         /* NULL: rates of rows are held */
    struct BoundSelector *selectors; /* one a case, special cases first */
    bool only_verdicts;              /* rates of projects are not held either */
    /* per rated row; of an indicator whose periods are weighed, their mean */
    double *rate;  /* NULL: none of the four is held, `source` finds them */
    double *error; /* |rate - exact rate|; infinite: unknown */
    uint8_t *missing;
    uint16_t *decided; /* special cases first, then cases; RESULTS_NO_CASE */
    uint16_t *given;   /* the special case that gave its verdict; RESULTS_NO_CASE; NULL: none did */
    Whole *wholes;     /* answers of functions that no double may hold; in order of rows once sorted */
    size_t whole_count;
    Guess *own;                   /* per rated row: its own rate, where periods are weighed; else NULL */
    const uint32_t **period_rows; /* per weighed period: as periods_rows gives them */
    /* per unit of a level; NULL where the rules roll nothing up to it */
    UnitRates units[LEVEL_COUNT];
    uint8_t *verdicts[LEVEL_ALL];      /* per unit; NULL where a level has none */
    Answer *unit_answers[LEVEL_COUNT]; /* rates that a function gave the units of a level; else NULL */
    Lineage children[LEVEL_COUNT];     /* of the units of a level that has rates */
    RollupInput inputs[LEVEL_COUNT];   /* the columns that its rollup reads */
    struct Summaries *summaries;       /* owned; NULL: the dataset has the projects */
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

/** Makes room for the rates of a level's units. */
void results_hold_units(Results *results, Level level);
static inline void results_set_guess(UnitRates *units, size_t unit, Guess guess) {
    float error = (float)guess.error;
    units->value[unit] = guess.value;
    units->error[unit] = (double)error < guess.error ? nextafterf(error, INFINITY) : error;
    units->missing[unit] = (uint8_t)guess.missing;
}
/** The rate of a row and its case, held or not. */
RowRate results_row(const Results *results, size_t row);
/** Rates for whoever goes through rows in their order. Born as {.count = 0}. */
typedef struct RowWindow {
    double value[FORMULA_BLOCK], error[FORMULA_BLOCK];
    uint8_t missing[FORMULA_BLOCK];
    uint16_t decided[FORMULA_BLOCK];
    RowRates rates;
    size_t count; /* rows from rates.first on */
} RowWindow;
/** Rates of `row` and perhaps of rows behind it, below `end`; NULL where the results hold them. */
const RowRates *results_window(const Results *results, RowWindow *window, size_t row, size_t end);
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
