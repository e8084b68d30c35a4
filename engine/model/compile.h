/* compile - what the readers of a rule set's parts share: the compilation under way, and small helpers over
 * trees.
 *
 * Readers go on after faults of a table, to report those inside of it too: they ask for values of the right
 * kind only, as a wrong one was reported with the keys.
 */
#ifndef PERFEVAL_MODEL_COMPILE_H
#define PERFEVAL_MODEL_COMPILE_H

#include "model/plan.h"
#include "model/schema.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
/** Where a number or a parameter may stand. */
#define NUMBER (ACCEPT_NUMBER | ACCEPT_FORMULA)

/** What a compilation carries along. `good` turns false at the first fault; compilation goes on, to report
 * all. */
typedef struct Build {
    Plan *plan;
    Arena *arena;
    FormulaScope scope;
    Diag *diag;
    bool good;
    Params params;
} Build;

/** schema_check for a compilation. */
bool compile_keys(Build *build, Str path, const Tree *table, const Place *place, const SchemaKey *keys,
                  size_t count);
/** The entry of that name (NULL: the first positional one) when it is of a kind that is accepted. */
const TreeItem *compile_item(const Tree *table, const char *name, unsigned accept);
/** The place of an entry's value, or of the entry when the value has none. */
const Place *compile_place(const TreeItem *item);
/** The text under that name; empty when there is none. */
Str compile_text(const Tree *table, const char *name);
/** "table.key" */
const char *compile_key_path(Build *build, const char *table, const char *key);
/** FormulaScope's look-up of a parameter; the context is the Build. */
bool compile_param(void *context, Str name, const Place *place, Decimal *value, Diag *diag);
/** A bound: a number or a parameter; a formula over fields is none. */
bool compile_bound(Build *build, Str path, const TreeItem *item, bool closed, Bound *bound);
/** The range that at_least, above, at_most and below of a table say. */
void compile_range(Build *build, Str path, const Tree *table, Range *range);
/** Adds an error: `value` is none of the choices. */
void compile_bad_choice(Build *build, const Place *place, const char *path, Str value, const char *choices);

#endif
