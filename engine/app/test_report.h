/* test_report - what `perfeval test` prints of a case, and the same in JUnit's XML. */
#ifndef PERFEVAL_APP_TEST_REPORT_H
#define PERFEVAL_APP_TEST_REPORT_H

#include "app/cli.h"
#include "model/trial.h"

/** A case that was run. */
typedef struct TestResult {
    const SuiteCase *test;
    bool ran; /* else messages say why not */
    TrialDifference *differences;
    size_t count;
    const Trial *trial;  /* while it is reported */
    double milliseconds; /* below 0: not asked for */
} TestResult;

/** Adds the lines of a case: one, and for a failure what differs and the lines of the rules that decided. */
void test_report_case(Buffer *out, const TestResult *result, Language language);
/** Adds a line of a rule file, its blanks drawn together, as much as fits. */
void test_report_source(Buffer *out, Str source);
/** Adds a text of the table with numbers put in. */
void test_report_counts(Buffer *out, MessageId text, const size_t *numbers, size_t count, Language language);

/** JUnit: the cases of a file, between those that open and close the whole. */
void test_report_junit_case(Buffer *out, Str file, const TestResult *result, Language language);
void test_report_junit_suite(Buffer *out, Str file, size_t tests, size_t failures, Str cases);
void test_report_junit(Buffer *out, size_t tests, size_t failures, Str suites);

#endif
