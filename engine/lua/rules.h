/* rules - THE DOOR for rule files: a rule file to a rule tree, and its functions called for rows.
 *
 * The file is read by the program and run in a confined child (lua/worker), which answers with the table as a
 * tree; nothing of Lua crosses. A file that names a `base` is an overlay: its base is read and run too, and
 * so on, and the trees are merged (model/overlay). Functions are called in a second child, forked when the
 * dataset is in memory, in which the same texts are run again: function numbers are the same, because a rule
 * file sees nothing that could differ.
 */
#ifndef PERFEVAL_LUA_RULES_H
#define PERFEVAL_LUA_RULES_H

#include "lua/folder.h"
#include "lua/limits.h"
#include "model/asked.h"

typedef struct RuleFile RuleFile;

/** Reads and runs a rule file and its bases; `folders` is borrowed, `limits` copied. NULL after errors:
 * unreadable, syntax, an error it raised, a limit, not a ruleset, a base outside the project folder, too many
 * of them or one twice. Errors of merging leave a tree without what was wrong: rules_check then answers
 * false. */
RuleFile *rules_load(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag);
/** The two halves of rules_load: the first has the file sent to the child, which runs it while the caller
 * goes on; of `folders` it needs no more than the project's. rules_finish waits for it, and frees after
 * errors; NULL stays NULL. Nothing else than rules_foresee may be asked between them. */
RuleFile *rules_begin(Str path, const Folders *folders, const ScriptLimits *limits, Diag *diag);
RuleFile *rules_finish(RuleFile *rules, Diag *diag);
/** Between the two: what the text of the file, which has not run yet, gives as a text for a key of its table;
 * data NULL where it gives none. The file may yet return another. Lives in `arena` or as long as the rules.
 */
Str rules_foresee(const RuleFile *rules, const char *key, Arena *arena);
void rules_free(RuleFile *rules);
/** The table that the file returned, merged with those of its bases, with places: each entry those of its own
 * file. */
const Tree *rules_tree(const RuleFile *rules);
/** The files, as named in messages: 0 is the rule file itself, 1 its base, …; empty behind the last. */
Str rules_file(const RuleFile *rules, size_t number);
/** The text of such a file, as it was read; empty behind the last. */
Str rules_text(const RuleFile *rules, size_t number);
/** Adds an error for each mistake in the texts that the table does not show (lua/slips, names that stand
 * twice). False when there was one, or merging had errors. */
bool rules_check(const RuleFile *rules, Diag *diag);
/** Adds notes on the texts: comparisons that doubles can get wrong (lua/doubles). `plan` gives the
 * parameters. */
void rules_note(const RuleFile *rules, const Plan *plan, Diag *diag);
/** How many children may call functions at a time; 0, as at first: as many as there are processors. What they
 * answer does not depend on it: few calls are made by one, and so are those of a function that could keep
 * something from one call to the next; what goes wrong with several is asked again of one. */
void rules_set_threads(RuleFile *rules, unsigned threads);
/** From now on every call is Lua's own: no function becomes a program over blocks of rows (lua/translate).
 * Results do not depend on it. */
void rules_set_ordinary(RuleFile *rules);
/** How many functions of rows became programs for the last evaluation, and how many rows those answered. */
size_t rules_translated(const RuleFile *rules, size_t *rows);
/** The functions of the file, for evaluate: `plan` gives the parameters, rows are those of `dataset`. All
 * borrowed. Children start at the first call, in the thread that makes it, and end with rules_free; calls
 * are not for several threads at once. After a call that answered false the next one starts a new child. */
RowFunctions rules_functions(RuleFile *rules, const Plan *plan, const Dataset *dataset);

/** The functions of the file, for model/stream: children that answer for rows which come with the questions.
 * Borrowed. */
RowAskers rules_askers(RuleFile *rules);

/** A line of a function of the rules that holds code. */
typedef struct RuleLine {
    Place place;
    bool hit;
} RuleLine;

/** From now on it is noted which lines of functions run; that takes time, and is for tests. */
void rules_watch_lines(RuleFile *rules);
/** The lines of all functions, and whether they ran since rules_functions was called last: to be asked before
 * its plan and dataset are freed. Lives in `arena`, places are the file's; NULL and 0 after errors. */
RuleLine *rules_lines(RuleFile *rules, Arena *arena, size_t *count, Diag *diag);

#endif
