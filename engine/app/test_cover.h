/* test_cover - `perfeval test --coverage`: what the tests of each rule file reached; and `--boundaries`. */
#ifndef PERFEVAL_APP_TEST_COVER_H
#define PERFEVAL_APP_TEST_COVER_H

#include "app/testset.h"
#include "model/coverage.h"

/** One coverage for each rule file; begins as {0}. */
typedef struct Covers {
    Coverage **items;
    size_t count, room;
    Arena arena;
} Covers;

/** The coverage of a test set's rule file. */
Coverage *test_cover_of(Covers *covers, const TestSet *set);
/** Adds what a trial of the set reached, lines of functions too. */
void test_cover_add(Coverage *coverage, TestSet *set, const Trial *trial);
/** Adds the report of all files. The answer is the lowest percentage. */
unsigned test_cover_report(const Covers *covers, Buffer *out, Language language);
void test_cover_release(Covers *covers);

/** Adds a test file with cases just below, on and above each cut of a rule file. False after errors. */
bool test_cover_boundaries(Str rules, const Options *options, Buffer *out, Diag *diag);

#endif
