/* inward - whether a function keeps the row that it is called with to itself: it looks up fields of it, and
 * does nothing else with it.
 *
 * Such a function cannot tell an object from a plain table, which Lua reads with fewer steps. Asked of
 * its bytecode; what is unknown there is no.
 */
#ifndef PERFEVAL_LUA_INWARD_H
#define PERFEVAL_LUA_INWARD_H

#include <lua.h>
#include <stdbool.h>

/** Whether that is so of the first argument of the function at `index`. */
bool inward_only(lua_State *L, int index);

#endif
