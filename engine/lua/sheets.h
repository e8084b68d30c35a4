/* sheets - a workbook on its way from a format's script to the program that draws it.
 *
 * scripts/README.md describes what draw returns: { workbook = { title = …, sheets = { … } } }. The child
 * reads it by the shapes of io/workbook, so that the script's author reads where a fault is; the program
 * reads the message by the same shapes, because it trusts no message of the child, and checks what it holds.
 */
#ifndef PERFEVAL_LUA_SHEETS_H
#define PERFEVAL_LUA_SHEETS_H

#include "io/workbook.h"

#include <lua.h>

/** Whether the plain table at `index` is a workbook: it has the entry `workbook`. Pushes nothing. */
bool sheets_are(lua_State *L, int index);
/** Adds the workbook of the table at `index` to a message. Faults are added at `place`. Metamethods are not
 * run; may raise Lua's memory error. */
void sheets_add(lua_State *L, int index, const Place *place, Buffer *out, Diag *diag);

/** In the program: the workbook of a message, texts are views into its bytes, lists in `arena`. False when it
 * is no message of a workbook. */
bool sheets_take(Str message, Arena *arena, Workbook *workbook);

#endif
