/* lib_base - stock Lua functions, made safe: those of the sandbox's list that are not taken over as they
 * are.
 *
 * Each replacement is a C closure whose first upvalue is the stock function; most check their arguments
 * and go on with it. pairs goes through keys in their order (numbers, then texts by bytes, then false and
 * true), so that a script does the same on every run.
 */
#ifndef PERFEVAL_LUA_LIB_BASE_H
#define PERFEVAL_LUA_LIB_BASE_H

#include <lua.h>

/** Longest text that string.rep makes, and that pattern functions look through, in bytes. */
#ifndef LIB_BASE_REP_LIMIT
#define LIB_BASE_REP_LIMIT ((size_t)16 * 1024 * 1024)
#endif
#ifndef LIB_BASE_SUBJECT_LIMIT
#define LIB_BASE_SUBJECT_LIMIT ((size_t)1024 * 1024)
#endif
/** Largest position in a list that table.* accepts. */
#ifndef LIB_BASE_POSITION_LIMIT
#define LIB_BASE_POSITION_LIMIT 1000000
#endif

/** The replacement of a function by its full name ("string.rep"); NULL: the stock function is fine. */
lua_CFunction lib_base_find(const char *name);

#endif
