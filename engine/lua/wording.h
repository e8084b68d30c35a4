/* wording - Korean for what Lua itself says when a script fails, and for the names of its types.
 *
 * The table of texts holds Lua's messages as templates; one that it does not hold stays as Lua words it.
 */
#ifndef PERFEVAL_LUA_WORDING_H
#define PERFEVAL_LUA_WORDING_H

#include "base/message.h"

#include <lua.h>

/** Adds one of Lua's messages in both wordings (MESSAGE_WORDS), the Korean one with the original behind it;
 * the message alone when it has no Korean wording. */
void wording_add(Buffer *out, Str message);
/** The type of the value at `index`, in both wordings. */
Str wording_type(lua_State *L, int index);

#endif
