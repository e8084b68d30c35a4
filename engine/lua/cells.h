/* cells - cells of the data as values for scripts. */
#ifndef PERFEVAL_LUA_CELLS_H
#define PERFEVAL_LUA_CELLS_H

#include "model/dataset.h"

#include <lua.h>

/** Pushes a cell: a number (an integer where it is written without places), a text, or nil for a blank or a
 * missing number. `known` has for each column the key in the registry of its texts by id; LUA_NOREF: not made
 * yet. Calls are protected ones: it may raise Lua's memory error. */
void cells_push(lua_State *L, const Dataset *dataset, int *known, size_t column, size_t row);
/** The same for a column of numbers. */
void cells_push_number(lua_State *L, const NumberColumn *numbers, size_t row);

/** Pushes the table of a column's texts by id, as far as they were pushed before; `known`: its key. False,
 * and nothing pushed, where there are too many to be kept. */
bool cells_push_known(lua_State *L, const TextColumn *words, int *known);

#endif
