/* trial - one test case run: the plan, dataset and results that `run` would have, and what differs from what
 * was expected.
 */
#ifndef PERFEVAL_MODEL_TRIAL_H
#define PERFEVAL_MODEL_TRIAL_H

#include "model/absence.h"
#include "model/results.h"
#include "model/suite.h"

/** The rules under test. */
typedef struct TrialRules {
    Str file;
    const Tree *tree;
    const Absence *absence;
    /** Answers the functions of the rules for a plan and a dataset. */
    RowFunctions (*functions)(void *context, const Plan *plan, const Dataset *dataset);
    void *context;
} TrialRules;

typedef struct Trial {
    Plan *plan;
    Dataset *dataset;
    Results *results;
} Trial;

/** Runs a case. False after errors: the rules with these parameters, the rows as data, or a limit. Findings
 * of evaluation are no errors here: a test need not match every special case. */
bool trial_run(const TrialRules *rules, const SuiteCase *test, Trial *out, Diag *diag);
void trial_release(Trial *trial);

/** What differs: of the project, or of the indicator of a row. */
typedef struct TrialDifference {
    Level level; /* LEVEL_PROJECT, LEVEL_INDICATOR */
    size_t unit; /* of the dataset; of the indicator the row */
    ExpectKind kind;
    const Expected *expected;
    Str actual; /* as a test file would have it */
    Str note;   /* the actual name of the verdict, the decimal of a fraction; may be empty */
} TrialDifference;

/** The differences of a case that was run; lives in `arena`. */
TrialDifference *trial_compare(const Trial *trial, const SuiteCase *test, Arena *arena, size_t *count);
/** The value of that kind as a test file would have it: "80", "200/3", "78", "sluggish", "zero_target". Of
 * several reasons the first. */
Str trial_actual(const Trial *trial, Level level, size_t unit, ExpectKind kind, Arena *arena);
/** The project that a case is about. */
size_t trial_project(const Trial *trial);

/** A line of the rules that decided: a case of the rates, a special case, a band. */
typedef struct TrialLine {
    Str path; /* "rate[2]", "verdict[1]" */
    Place place;
} TrialLine;
/** The lines that decided a difference, each once; lives in `arena`. */
TrialLine *trial_lines(const Trial *trial, const TrialDifference *difference, Arena *arena, size_t *count);

/** Adds an exact number as a test file would have it: a decimal where it is one of at most 12 places, else a
 * fraction. */
void trial_write_number(Buffer *out, mpq_srcptr value);

#endif
