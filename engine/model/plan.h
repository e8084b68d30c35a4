/* plan - a rule set, compiled: parameters, cases, special cases, the rollup to projects, bands, rounding.
 *
 * Compiled from the tree that a rule file returned, before any data are read; bound to a dataset afterwards. A Plan knows
 * nothing of Lua: where a rule is a function, the plan holds its number, and evaluation asks RowFunctions.
 */
#ifndef PERFEVAL_MODEL_PLAN_H
#define PERFEVAL_MODEL_PLAN_H

#include "model/bands.h"
#include "model/formula.h"

typedef struct Param {
    Str name;
    Decimal value;      /* in force for this run */
    Decimal file_value; /* as the rule file has it */
    bool overridden;    /* by --set */
    Str unit, source;   /* may be empty */
    Bound min, max;
    Place place;
} Param;

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

/** All conditions hold; or, with `function`, the function answers true. No condition: every row. */
typedef struct Selector {
    Condition *conditions;
    size_t count;
    uint32_t function; /* 0: none */
} Selector;

/** A case: the rate of the rows its selector takes. Exactly one of formula, function, exclude is set. */
typedef struct Case {
    Selector when;
    const Formula *formula;
    uint32_t function; /* 0: none */
    bool exclude;
    Str because; /* special cases: the reason, never empty there */
    Str path;    /* "rate[2]", "special[1]" */
    Place place;
} Case;

typedef enum Aggregate { AGGREGATE_MEAN, AGGREGATE_MIN, AGGREGATE_MAX, AGGREGATE_MEDIAN, AGGREGATE_COUNT } Aggregate;

const char *aggregate_name(Aggregate aggregate);
bool aggregate_find(Str name, Aggregate *aggregate);

typedef struct Plan {
    Str title;
    Str file;                          /* the rule file, as named in messages */
    Str data, narrative, published;    /* as written in the rule file; narrative and published may be empty */
    Str report;                        /* "status" */
    Param *params;
    size_t param_count;
    Case *cases; /* `rate`, in order */
    size_t case_count;
    Case *specials; /* `special`, in order; they go before the cases */
    size_t special_count;
    Aggregate project_rate;
    Band *bands;
    size_t band_count;
    unsigned places; /* rounding of printed rates */
    Rounding rounding;
    FieldList fields;
    bool has_functions;
    Arena arena;
} Plan;

/** name=value of the command line, in order; a later one of the same name wins. */
typedef struct Setting {
    Str name, value;
} Setting;

/** Compiles a rule tree (places filled in). All faults are added, then NULL. The tree is borrowed: it must outlive the
 * plan, whose texts are views into it. */
Plan *plan_compile(Str file, const Tree *rules, const Setting *settings, size_t setting_count, Diag *diag);
void plan_free(Plan *plan);
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
    /** Calls function number `function` once for each of `rows`, in order. answers[k] belongs to rows[k]; texts live in
     * `arena`. False when the functions cannot be run at all (a limit was hit, the child died): errors were added. */
    bool (*call)(void *context, uint32_t function, const uint32_t *rows, size_t count, Answer *answers, Arena *arena,
                 Diag *diag);
} RowFunctions;

#endif
