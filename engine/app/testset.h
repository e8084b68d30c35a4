/* testset - what test and mutate have in common: test files found and loaded, with the rules that they test.
 */
#ifndef PERFEVAL_APP_TESTSET_H
#define PERFEVAL_APP_TESTSET_H

#include "app/pipeline.h"
#include "lua/testfile.h"
#include "model/trial.h"

/** One test file and its rules. */
typedef struct TestSet {
    Pipeline pipeline; /* rules and plan */
    Absence absence;
    TrialRules trial;
    Suite suite;
    TestFile *lua; /* NULL: the file is CSV */
    Arena arena;
} TestSet;

/** The test files that `path` stands for: itself, those of a rule file, all below a folder; without a path
 * all below the folder rules/ of the project. In order of their names; lives in `arena`. An error when there
 * is none. */
Str *testset_find(Arena *arena, Str path, size_t *count, Diag *diag);
/** Loads a test file and its rules, checked against each other. False after errors; released either way. */
bool testset_load(TestSet *set, Str path, const Options *options, Diag *diag);
void testset_release(TestSet *set);

#endif
