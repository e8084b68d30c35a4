/* gather - what a script returned as a tree: plain tables, texts, numbers, true and false, nothing else. */
#ifndef PERFEVAL_LUA_GATHER_H
#define PERFEVAL_LUA_GATHER_H

#include "lua/reader.h"

#include "base/tree.h"

/** Most values of one description. */
#define GATHER_VALUES 8000000

/** The value on top of the reader's stack, in the reader's arena. Lists come with positional items, other
 * entries by name. Faults are added: NULL. Metamethods are not run; may raise Lua's memory error. */
Tree *gather_tree(Reader *reader);

#endif
