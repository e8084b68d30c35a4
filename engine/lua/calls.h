/* calls - what formulas are built with beside + - * / ^: min, max, abs, clamp, round, if_missing, choose;
 * conditions by when(…), all, any, no; and the levels' weighted_mean, count_share
 * and trimmed.
 */
#ifndef PERFEVAL_LUA_CALLS_H
#define PERFEVAL_LUA_CALLS_H

#include <lua.h>
#include <stddef.h>

/** Adds the names to all environments pushed from now on; min and max are words already (lua/expr, opened
 * before) and become callable. May raise Lua's memory error: called protected. */
void calls_open(lua_State *L);

/** How a function is called, for editors. */
typedef struct CallInfo {
    const char *name;
    const char *arguments; /* "number: Number, digits: integer" */
    const char *result;
} CallInfo;
/** The functions, and the comparisons of when(…), from 0; NULL behind the last. */
const CallInfo *calls_info(size_t index);
const CallInfo *calls_comparison(size_t index);

#endif
