/* watched - which lines of a rule file's functions ran; in the confined child, for the coverage of tests
 * only.
 */
#ifndef PERFEVAL_LUA_WATCHED_H
#define PERFEVAL_LUA_WATCHED_H

#include "lua/folder.h"
#include "model/overlay.h"

#include <lua.h>

/** The files, and for each its lines that ran; begins with the files alone. */
typedef struct Watched {
    const Script *scripts;
    size_t count;
    uint8_t *ran[OVERLAY_CHAIN];
    Arena arena;
} Watched;

/** A lua_CFunction over the Watched (a light userdata), which must outlive the state: from now on lines that
 * run are noted. */
int watched_start(lua_State *L);
/** A lua_CFunction over the Watched and a Buffer: ends the watch, and adds for each line of the functions
 * (lua/harvest) that holds code the file (text), the line and whether it ran (u32). */
int watched_add_lines(lua_State *L);

#endif
