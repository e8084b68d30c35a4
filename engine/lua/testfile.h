/* testfile - THE DOOR for test files in Lua, and for lists of jobs: a file to a tree.
 *
 * The file runs in a confined child as a rule file does (lua/rules), with `tests` or `jobs` beside what rule
 * files see; nothing of Lua crosses.
 */
#ifndef PERFEVAL_LUA_TESTFILE_H
#define PERFEVAL_LUA_TESTFILE_H

#include "base/tree.h"
#include "lua/folder.h"
#include "lua/limits.h"

typedef struct TestFile TestFile;

/** Reads and runs a test file. NULL after errors: unreadable, syntax, an error it raised, a limit, not a
 * table of tests, a key that stands twice. */
TestFile *testfile_load(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag);
/** The same for a list of jobs. */
TestFile *testfile_load_jobs(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag);
void testfile_free(TestFile *file);
/** The table that it returned, with places. */
const Tree *testfile_tree(const TestFile *file);

#endif
