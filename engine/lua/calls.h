/* calls - what formulas are built with beside + - * / ^: min, max, abs, clamp, round, if_missing, choose;
 * conditions by when(…), all, any, no; and the project's weighted_mean and trimmed.
 */
#ifndef PERFEVAL_LUA_CALLS_H
#define PERFEVAL_LUA_CALLS_H

#include <lua.h>

/** Adds the names to all environments pushed from now on; min and max are words already (lua/expr, opened
 * before) and become callable. May raise Lua's memory error: called protected. */
void calls_open(lua_State *L);

#endif
