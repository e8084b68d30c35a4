/* probes - small functions that Lua and lua/translate must agree on before anything is translated: a Lua
 * library whose bytecode means something else is found out here. */
#ifndef PERFEVAL_LUA_PROBES_H
#define PERFEVAL_LUA_PROBES_H

#include "model/dataset.h"

#include <lua.h>

/** Rows that the probes are asked of. */
Dataset *probes_rows(void);
/** True when every probe answers some of those rows by its program, and all of those as by Lua. Takes a
 * millisecond. The state keeps a view of the rows: they are freed after it, if at all. */
bool probes_agree(lua_State *L, const Dataset *rows);

#endif
