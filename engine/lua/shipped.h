/* shipped - the scripts that come with the program, compiled when it was built.
 *
 * A script that is read from a file is run as compiled then only when every byte of the file is the same; a
 * changed one is compiled as any other. Nothing compiled is ever read from a file. Names and lines in
 * messages are those of the file either way.
 */
#ifndef PERFEVAL_LUA_SHIPPED_H
#define PERFEVAL_LUA_SHIPPED_H

#include "base/str.h"

#include <lua.h>

/** A script's text, and what lua_dump wrote of it under the name "@". */
typedef struct Shipped {
    Str text, code;
} Shipped;

/** Made by make (engine/packaging/embed.c); the last has no text. */
extern const Shipped shipped_scripts[];

/** Whether the text is one of these. */
bool shipped_is(Str source);
/** Pushes the main function of a source text under that name, as luaL_loadbufferx does for mode "t", with its
 * answers. */
int shipped_load(lua_State *L, Str source, const char *name);

#endif
