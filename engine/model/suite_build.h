/* suite_build - what the readers of the two forms of test files share. */
#ifndef PERFEVAL_MODEL_SUITE_BUILD_H
#define PERFEVAL_MODEL_SUITE_BUILD_H

#include "model/suite.h"

typedef struct SuiteReader {
    Arena *arena;
    Suite *suite;
    Diag *diag;
    bool good;
} SuiteReader;

/** Adds an error with one argument. */
void suite_fault(SuiteReader *reader, MessageId message, const Place *place, Str argument);
/** The case of that name; NULL when there is none. */
SuiteCase *suite_case(const Suite *suite, Str name);
/** An error for a case that expects nothing: it would always pass. */
void suite_check_expects(SuiteReader *reader, const SuiteCase *test);
/** The English name of a column of the vocabulary; others as they are. */
Str suite_column(Str written);

#endif
