/* programs - functions of the rules as programs (lua/program), in the confined child that has them. */
#ifndef PERFEVAL_LUA_PROGRAMS_H
#define PERFEVAL_LUA_PROGRAMS_H

#include "model/results.h"

#include <lua.h>

/** Whether functions of a state may be translated; found out at the first one. Born as {0}. */
typedef struct Programs {
    enum { PROGRAMS_UNKNOWN, PROGRAMS_MAY, PROGRAMS_MAY_NOT } may;
} Programs;

/** Adds the program of function number `function` (lua/harvest) for rows of the dataset, or for units of
 * these results, whose children are rows (NULL: for rows); nothing where Lua has to answer. */
void programs_add(Programs *programs, lua_State *L, const Dataset *dataset, const Results *results,
                  const Plan *plan, uint32_t function, Buffer *out);

#endif
