/* probes - small functions that Lua and lua/translate must agree on before anything is translated: a Lua
 * library whose bytecode means something else is found out here. */
#ifndef PERFEVAL_LUA_PROBES_H
#define PERFEVAL_LUA_PROBES_H

#include <lua.h>
#include <stdbool.h>

/** True when every probe answers some rows by its program, and all of those as by Lua. Takes a millisecond.
 */
bool probes_agree(lua_State *L);

#endif
