#include "stress.h"

#include <lua.h>
#include <stdlib.h>
#include <string.h>

#undef lua_newstate
#undef lua_gc

static void collect(lua_State *L, lua_Debug *ar) {
    (void)ar;
    lua_gc(L, LUA_GCCOLLECT);
}

lua_State *stress_state(lua_State *L) {
    const char *how = getenv("GC");
    if (!L || !how) return L;
    if (strcmp(how, "generational") == 0)
        lua_gc(L, LUA_GCGEN, 0, 0);
    else
        lua_sethook(L, collect, LUA_MASKCOUNT, (int)strtol(how, NULL, 10));
    return L;
}
