/* value - plain values on their way between C and Lua: numbers, texts, trees, and a buffer to print into.
 *
 * The functions may raise Lua's memory error: call them inside a protected call.
 */
#ifndef PERFEVAL_LUA_VALUE_H
#define PERFEVAL_LUA_VALUE_H

#include "base/wire.h"

#include <lua.h>

/** Pushes an integer when the number is written without places and fits, else the nearest float. */
void value_push_number(lua_State *L, const Decimal *number);
/** Pushes the text; nil when it is empty. */
void value_push_text(lua_State *L, Str text);
/** Pushes a tree of tables, texts, numbers and true/false as fresh plain tables; other kinds become nil. */
void value_push_tree(lua_State *L, const Tree *tree);
/** The same of the bytes of a tree (wire_add_values). What is no tree is an error of Lua's. */
void value_push_wire(lua_State *L, WireReader *reader, Arena *arena);
/** The exact number at `index`: an integer as it is, a float as its shortest round-trip decimal. False for
 * NaN, infinities and what is no number. */
bool value_number(lua_State *L, int index, Decimal *out, Arena *arena);
/** The state's own buffer, emptied: engine functions print into it, and its memory is freed with the state,
 * so that a raised error loses nothing. Valid until the next call. */
Buffer *value_scratch(lua_State *L);

#endif
