/* compare - two rule sets or two data files: whose verdict changes, and the smallest set of edits that alone
 * causes it.
 *
 * A set of edits causes a change when the first rules and data with those edits, and no others, give the
 * project the verdict of the second. That is found out by evaluating such mixtures: each edit that touches
 * the project by itself, then each pair, then all of them less those that are not needed, one after the
 * other.
 */
#ifndef PERFEVAL_MODEL_COMPARE_H
#define PERFEVAL_MODEL_COMPARE_H

#include "model/patch.h"
#include "model/whatif.h"

/** Most edits of a project of which pairs are tried, and of which needless ones are left out one by one. */
#define COMPARE_PAIRS 24
#define COMPARE_EDITS 128

typedef struct Cause {
    size_t edit; /* number in Comparison.edits */
    Str points;  /* by how much the rate changes with it, those before it done already; empty: no rate */
} Cause;

typedef struct Change {
    uint32_t from, to;                 /* the project in each; PATCH_NONE: it is not there */
    unsigned from_verdict, to_verdict; /* bands of each plan; RESULTS_NO_BAND: none */
    Str from_rate, to_rate;            /* at most 6 places; empty: none */
    Cause *causes;
    size_t cause_count;
    bool minimal; /* none of the causes can be left out; else they are all edits that touch it */
    Str rest;     /* by how much the other edits change the rate; points and rest add up to the whole */
} Change;

typedef struct BureauCounts {
    Str name;
    Counts from, to;
} BureauCounts;

typedef struct Comparison {
    const Held *from_held, *to_held;
    Outcome *from, *to;
    Patch *patch;    /* NULL: both have the same data */
    EditList edits;  /* of rules, then of data */
    RuleDiff *rules; /* lines up both rule sets */
    size_t rule_edits;
    Change *changes; /* in order of the first data, then those of the second alone */
    size_t change_count, change_room;
    size_t matrix[PLAN_BANDS + 2][PLAN_BANDS + 2]; /* projects by verdict: compare_count */
    BureauCounts *bureaus;                         /* in order of the data; names of the second alone last */
    size_t bureau_count;
    Arena arena;
} Comparison;

/** Compares; both are borrowed. Their `functions` and `context` must be the same, and serve trees with
 * entries of both. Changes have no causes yet (model/causes). Messages of both evaluations are added. NULL
 * after errors. */
Comparison *compare_new(const Held *from, const Held *to, Diag *diag);
void compare_free(Comparison *comparison);
/** Projects with that verdict before and that one behind: RESULTS_NO_BAND for none, PLAN_BANDS for projects
 * that are not there. */
size_t compare_count(const Comparison *comparison, unsigned from, unsigned to);

#endif
