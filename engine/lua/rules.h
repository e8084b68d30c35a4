/* rules - THE DOOR for rule files: a rule file to a rule tree, and its functions called for rows.
 *
 * The file is read by the program and run in a confined child (lua/worker), which answers with the table as a
 * tree; nothing of Lua crosses. Functions are called in a second child, forked when the dataset is in memory,
 * in which the same text is run again: function numbers are the same, because a rule file sees nothing that
 * could differ.
 */
#ifndef PERFEVAL_LUA_RULES_H
#define PERFEVAL_LUA_RULES_H

#include "lua/folder.h"
#include "model/plan.h"

typedef struct RuleFile RuleFile;

/** Reads and runs a rule file; `folders` is borrowed. NULL after errors: unreadable, syntax, an error it
 * raised, a limit, not a ruleset. */
RuleFile *rules_load(Str path, const Folders *folders, Diag *diag);
void rules_free(RuleFile *rules);
/** The table that the file returned, with places. */
const Tree *rules_tree(const RuleFile *rules);
/** Adds an error for each mistake in the text that the table does not show (lua/slips, names that stand
 * twice). False when there was one. */
bool rules_check(const RuleFile *rules, Diag *diag);
/** The functions of the file, for evaluate: `plan` gives the parameters, rows are those of `dataset`. All
 * borrowed. The child starts at the first call, in the thread that makes it, and ends with rules_free; calls
 * are not for several threads at once. After a call that answered false the next one starts a new child. */
RowFunctions rules_functions(RuleFile *rules, const Plan *plan, const Dataset *dataset);

#endif
