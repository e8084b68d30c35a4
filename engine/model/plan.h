/* plan - a rule set, compiled: parameters, cases, special cases, the rollup to projects, bands, rounding.
 *
 * Compiled from the tree that a rule file returned, before any data are read; bound to a dataset afterwards.
 * A Plan knows nothing of Lua: where a rule is a function, the plan holds its number, and evaluation asks
 * RowFunctions.
 */
#ifndef PERFEVAL_MODEL_PLAN_H
#define PERFEVAL_MODEL_PLAN_H

#include "model/bands.h"
#include "model/formula.h"
#include "model/params.h"
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
} Selector;

/** A case: the rate of the rows its selector takes. Exactly one of formula, function, exclude is set. */
typedef struct Case {
    Selector when;
    const Formula *formula;
    uint32_t function; /* 0: none */
    bool exclude;
    Str because; /* special cases: the reason, never empty there */
    Str name;    /* what an overlay calls it by; may be empty */
    Str path;    /* "rate[2]", "special[1]" */
    Place place;
} Case;

typedef struct Plan {
    Str title;
    Str file;                       /* the rule file, as named in messages */
    Str data, narrative, published; /* as written in the rule file; narrative and published may be empty */
    Str report;                     /* "status" */
    Str date;                       /* the day of the run, for dated parameters; may be empty */
    Param *params;
    size_t param_count;
    Case *cases; /* `rate`, in order */
    size_t case_count;
    Case *specials; /* `special`, in order; they go before the cases */
    size_t special_count;
    Rollup rollups[LEVEL_COUNT]; /* LEVEL_PROJECT is always set */
    Band *bands;
    size_t band_count;
    unsigned places; /* rounding of printed rates */
    Rounding rounding;
    FieldList fields;
    bool has_functions;
    Arena arena;
} Plan;

/** Compiles a rule tree (places filled in). All faults are added, then NULL. The tree is borrowed: it must
 * outlive the plan, whose texts are views into it. */
Plan *plan_compile(Str file, const Tree *rules, const Setting *settings, size_t setting_count, Diag *diag);
/** The same for the day `date` (YYYY-MM-DD) instead of the one that the rules declare; empty: that one. */
Plan *plan_compile_at(Str file, const Tree *rules, Str date, const Setting *settings, size_t setting_count,
                      Diag *diag);
void plan_free(Plan *plan);
/** Adds a note for each parameter that nothing refers to. Functions may: with them nothing can be said. */
void plan_note_unused(const Plan *plan, Diag *diag);
/** The tables of a rule file and their keys, for editors. */
const struct SchemaTable *plan_schema(size_t *count);
/** The parameter of that name, or NULL. */
const Param *plan_param(const Plan *plan, Str name);
/* Functions of the rule file, answered by whoever can run them (lua/rules). */

typedef enum AnswerKind {
    ANSWER_NUMBER,
    ANSWER_NONE, /* nil: there is no rate; as a condition: no */
    ANSWER_YES,
    ANSWER_NO,
    ANSWER_FAILED /* message says why */
} AnswerKind;

typedef struct Answer {
    AnswerKind kind;
    Decimal number;
    Str message; /* ANSWER_FAILED; with file and line where known */
    Place place;
} Answer;

typedef struct RowFunctions {
    void *context;
    /** Calls function number `function` once for each of `rows`, in order. answers[k] belongs to rows[k];
     * texts live in `arena`. False when the functions cannot be run at all (a limit was hit, the child died):
     * errors were added. */
    bool (*call)(void *context, uint32_t function, const uint32_t *rows, size_t count, Answer *answers,
                 Arena *arena, Diag *diag);
} RowFunctions;

#endif
