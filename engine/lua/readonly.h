/* readonly - views of tables through which a script can read but not write.
 *
 * A view is an empty table whose metatable leads to the table behind it, so that every write meets
 * __newindex; scripts have nothing that goes around metatables. C code that reads a value of a script with
 * raw access asks readonly_target first.
 */
#ifndef PERFEVAL_LUA_READONLY_H
#define PERFEVAL_LUA_READONLY_H

#include <lua.h>
#include <stdbool.h>

/** Replaces the table on top of the stack by a view of it; `what` is named in the error of a write. A view
 * stays as it is. A name that a table with functions or formulas lacks raises an error when it is near to one
 * that is there (methods.higer); any other one is nil. */
void readonly_push(lua_State *L, const char *what);
/** Replaces the value on top by what a reader of the view at `view` gets for it: plain tables become views
 * (the same one each time). */
void readonly_inner(lua_State *L, int view);
/** Pushes the table behind the view at `index`. False, and nothing pushed, when the value is no view. */
bool readonly_target(lua_State *L, int index);
/** As readonly_push for a table of plain values and functions: reads go straight to the table, which may have
 * an __index of its own for names that it lacks. */
void readonly_push_flat(lua_State *L, const char *what);

#endif
