/* parts - the parts of a package on their way from a format's script to the program that zips them.
 *
 * scripts/README.md describes what draw returns: { parts = { { name = …, text = …, stored = true }, … } }. A
 * part may have a drawing in place of a text: the program makes a picture of it (io/pictures).
 * Both ends check it: the child, so that the script's author reads where the fault is; the program, because
 * it trusts no message of the child.
 */
#ifndef PERFEVAL_LUA_PARTS_H
#define PERFEVAL_LUA_PARTS_H

#include "base/wire.h"
#include "io/pictures.h"

#include <lua.h>

/** Whether the plain table at `index` is a package: it has the entry `parts`. Pushes nothing. */
bool parts_are(lua_State *L, int index);
/** Adds the parts of the table at `index` to a message; faults are added at `place`. The answer is the bytes
 * of their texts and names. Metamethods are not run; may raise Lua's memory error. */
size_t parts_add(lua_State *L, int index, const Place *place, Buffer *out, Diag *diag);

/** In the program: the parts of a message, views into its bytes, the lists and the drawings in `arena`; parts
 * that are pictures have no text yet. False when it is no message of parts or package_check finds a fault. */
bool parts_take(Str message, Arena *arena, Package *package, Pictures *pictures);

#endif
