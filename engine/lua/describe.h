/* describe - texts and values of scripts as messages show them.
 */
#ifndef PERFEVAL_LUA_DESCRIBE_H
#define PERFEVAL_LUA_DESCRIBE_H

#include "base/str.h"

#include <lua.h>

/** Bytes that are shown. */
#define DESCRIBE_LIMIT 2000

/** Adds a text, control bytes made visible, at most DESCRIBE_LIMIT bytes of it. */
void describe_text(Buffer *out, Str text);
/** The value at `index` as text for a message: never runs a metamethod, shows no address, control bytes made
 * visible, at most 2,000 bytes. */
void describe_value(lua_State *L, int index, Buffer *out);

#endif
