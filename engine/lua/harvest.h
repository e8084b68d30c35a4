/* harvest - the table that a rule file returned, copied to a tree.
 *
 * The table is read raw: no code of the script runs. Positions 1 … n come first, names after them by bytes;
 * functions are numbered in that order, behind those of the tables harvested before, and kept in the state,
 * so that the same texts in the same order give the same numbers in another child.
 */
#ifndef PERFEVAL_LUA_HARVEST_H
#define PERFEVAL_LUA_HARVEST_H

#include "base/tree.h"
#include "lua/expr.h"
#include "lua/folder.h"

#include <lua.h>

/** Most values in the table, formulas' parts included. */
#ifndef HARVEST_LIMIT
#define HARVEST_LIMIT 100000
#endif

/** Copies the `results` values on top of the stack, which must be one table marked by `ruleset` or `tests`
 * (`kind`), and pops them. `script` gives the places of errors. NULL after MESSAGE_RULES_NOT_A_TABLE,
 * MESSAGE_WRONG_TYPE, MESSAGE_NOT_FINITE or MESSAGE_UNKNOWN_KEY (a key that is no name), all of the table at
 * once. The tree lives in `arena`, without places. */
Tree *harvest_tree(lua_State *L, int results, ExprFile kind, const Script *script, Arena *arena, Diag *diag);
/** Pushes the function of this number; false, and nothing pushed, when there is none. */
bool harvest_push_function(lua_State *L, uint32_t number);

#endif
