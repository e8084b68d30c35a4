/* coverage - which entries of the rules the tests reached: cases, special cases, bands, cuts of bands at
 * their exact number, lines of functions.
 *
 * Summed over trials of one rule file. Entries are known by their place in the plan: plans of the same file
 * with other parameters have the same entries.
 */
#ifndef PERFEVAL_MODEL_COVERAGE_H
#define PERFEVAL_MODEL_COVERAGE_H

#include "model/trial.h"

typedef enum CoverageKind {
    COVERAGE_CASES, /* those of last year too */
    COVERAGE_SPECIALS,
    COVERAGE_BANDS,
    COVERAGE_LINES, /* of functions */
    COVERAGE_CUTS,  /* not counted into the whole */
    COVERAGE_KINDS
} CoverageKind;

typedef struct CoverageItem {
    CoverageKind kind;
    Str path; /* "rate[2]", "verdict[1].at_most"; of a line empty */
    Place place;
    size_t hits;
} CoverageItem;

typedef struct Coverage {
    Str file; /* the rule file */
    CoverageItem *items;
    size_t count, room;
    Arena arena;
} Coverage;

/** The entries of a plan, none of them reached. */
Coverage *coverage_new(const Plan *plan);
void coverage_free(Coverage *coverage);
/** Adds what a trial reached. */
void coverage_add(Coverage *coverage, const Trial *trial);
/** Adds a line of a function, hit or not; a line that is known already is hit when it was once. */
void coverage_add_line(Coverage *coverage, const Place *place, bool hit);
/** Entries of a kind, and how many of them were reached. */
size_t coverage_count(const Coverage *coverage, CoverageKind kind, size_t *reached);
/** Percent of all entries but the cuts that were reached, rounded down: 100 means all. */
unsigned coverage_percent(const Coverage *coverage);

#endif
