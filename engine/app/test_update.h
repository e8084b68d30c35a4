/* test_update - expectations of a test file, rewritten to what came out. */
#ifndef PERFEVAL_APP_TEST_UPDATE_H
#define PERFEVAL_APP_TEST_UPDATE_H

#include "app/test_report.h"

/** What a test file shall say in one place. */
typedef struct TestEdit {
    Place place;
    Str text;
    bool number; /* in Lua without quotes */
} TestEdit;

typedef struct TestEdits {
    TestEdit *items;
    size_t count;
    size_t room;
    Arena arena;
} TestEdits;

/** Adds what differs in a case. */
void test_update_add(TestEdits *edits, const TestResult *result);
/** Rewrites the values in the file; whatever is no plain number or text in quotes (Lua) stays. The number
 * that was rewritten goes to *done. False after errors. */
bool test_update_write(const TestEdits *edits, Str path, size_t *done, Diag *diag);
void test_update_release(TestEdits *edits);

#endif
