/* plan - a rule set, compiled: parameters, cases, special cases, the rollup to projects, bands, rounding.
 *
 * Compiled from the tree that a rule file returned (model/ruleset), before any data are read; bound to a
 * dataset afterwards.
 * A Plan knows nothing of Lua: where a rule is a function, the plan holds its number, and evaluation asks
 * RowFunctions.
 */
#ifndef PERFEVAL_MODEL_PLAN_H
#define PERFEVAL_MODEL_PLAN_H

#include "model/bands.h"
#include "model/formula.h"
#include "model/params.h"
#include "model/periods.h"
#include "model/ranking.h"
#include "model/revisions.h"
#include "model/rollup.h"

/** One condition of a selector: a column and what its cell must be. */
typedef struct Condition {
    Str column;
    Place place;
    enum { CONDITION_WORDS, CONDITION_NUMBERS, CONDITION_RANGE } kind;
    Str *patterns; /* CONDITION_WORDS: any of; '*' and '?' are wildcards */
    Place *pattern_places;
    Decimal *numbers; /* CONDITION_NUMBERS: any of */
    size_t count;
    Range range;
} Condition;

/** Which rows `when` takes. */
typedef enum SelectorKind {
    SELECT_COLUMNS,  /* all conditions hold; none: every row */
    SELECT_FUNCTION, /* the function answers true */
    SELECT_FORMULA,  /* a condition of formulas holds; a missing operand: it does not */
    SELECT_ALL,      /* all parts take the row */
    SELECT_ANY,      /* one of them does */
    SELECT_NO        /* the one part does not */
} SelectorKind;

typedef struct Selector {
    SelectorKind kind;
    Condition *conditions;
    size_t count;
    uint32_t function;
    const Formula *formula;
    struct Selector *parts;
    size_t part_count;
    const Tree *tree; /* what it was compiled from; NULL: there is no `when` */
} Selector;

/** What a special case changes of the projects that have a row it takes, or of those rows. */
typedef enum Adjust {
    ADJUST_NOTHING,
    ADJUST_POINTS,
    ADJUST_VERDICT,
    ADJUST_INDICATOR /* the verdict of the rows; their rates stay */
} Adjust;

/** A case: the rate of the rows its selector takes. Exactly one of formula, function, exclude, adjust is set.
 */
typedef struct Case {
    Selector when;
    const Formula *formula;
    const Tree *value; /* what formula or function was compiled from; NULL: none */
    uint32_t function; /* 0: none */
    bool exclude;
    Adjust adjust;    /* special cases only; such a case leaves the rates of rows alone */
    Decimal points;   /* ADJUST_POINTS */
    unsigned verdict; /* ADJUST_VERDICT, ADJUST_INDICATOR: a band of that level */
    Str because;      /* special cases: the reason, never empty there */
    Str name;         /* what an overlay calls it by; may be empty */
    Str path;         /* "rate[2]", "special[1]" */
    Place place;
} Case;

/** The bands of a level, in order. */
typedef struct Verdicts {
    Band *bands;
    size_t count;
    bool forced; /* each band takes its share of the units, best first; else the first that holds decides */
    Ties ties;   /* forced */
} Verdicts;

typedef struct Plan {
    Str title;
    Str file;                       /* the rule file, as named in messages */
    Str data, narrative, published; /* as written in the rule file; narrative and published may be empty */
    Str report;                     /* "status" */
    Str date;                       /* the day of the run, for dated parameters; may be empty */
    PeriodRule period;              /* which rows are the indicators */
    TargetRule targets;             /* which target counts */
    Param *params;
    size_t param_count;
    Case *cases; /* `rate`, in order */
    size_t case_count;
    Case *specials; /* `special`, in order; they go before the cases */
    size_t special_count;
    Rollup rollups[LEVEL_COUNT];  /* LEVEL_PROJECT is always set */
    Verdicts verdicts[LEVEL_ALL]; /* LEVEL_PROJECT is always there; no bands: the level has none */
    unsigned places;              /* rounding of printed rates */
    Rounding rounding;
    FieldList fields;
    bool has_functions;
    /** The same plan with the cases of last year's rates, without special cases and verdicts; NULL: the rules
     * say nothing of last year. Lives in `arena`, its own is empty. */
    struct Plan *last_year;
    bool of_last_year; /* it is that plan: pooled rates are of previous_actual and previous_target */
    size_t exact_bits; /* most bits of an exact value; 0: DECIMAL_BITS */
    unsigned threads;  /* that evaluate it; 0: as many as there are processors */
    bool formulas;     /* --csv-formulas keep: names in CSV stand as in the data */
    Arena arena;
} Plan;

void plan_free(Plan *plan);
/** How many threads evaluate it, last year's too; results do not depend on that. */
void plan_set_threads(Plan *plan, unsigned threads);
/** Adds a note for each parameter that nothing refers to. Functions may: with them nothing can be said. */
void plan_note_unused(const Plan *plan, Diag *diag);
/** The parameter of that name, or NULL. */
const Param *plan_param(const Plan *plan, Str name);

/* Functions of the rule file, answered by whoever can run them (lua/rules). */

struct Results; /* model/results */

typedef enum AnswerKind {
    ANSWER_NUMBER,
    ANSWER_WHOLE, /* a whole number that no double may hold */
    ANSWER_NONE,  /* nil: there is no rate; as a condition: no */
    ANSWER_YES,
    ANSWER_NO,
    ANSWER_FAILED
} AnswerKind;

/** Why a function gave no answer. */
typedef struct Complaint {
    Str message;
    Place place; /* with file and line where known */
} Complaint;

typedef struct Answer {
    AnswerKind kind;
    union {
        double number; /* ANSWER_NUMBER: finite; it stands for the shortest decimal that reads back as it */
        int64_t whole; /* ANSWER_WHOLE */
        const Complaint *complaint; /* ANSWER_FAILED */
    };
} Answer;

typedef struct RowFunctions {
    void *context;
    /** Calls function number `function` once for each of `rows`, in order. answers[k] belongs to rows[k];
     * complaints live in `arena`. False when the functions cannot be run at all (a limit was hit, the child
     * died): errors were added. */
    bool (*call)(void *context, uint32_t function, const uint32_t *rows, size_t count, Answer *answers,
                 Arena *arena, Diag *diag);
    /** Calls function number `function` once for each unit of `level`, in order, with the list of those that
     * its rate is made of, as `results` has them by now. answers[k] belongs to unit k; else as `call`. */
    bool (*call_units)(void *context, uint32_t function, const struct Results *results, Level level,
                       Answer *answers, Arena *arena, Diag *diag);
} RowFunctions;

#endif
