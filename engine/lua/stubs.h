/* stubs - definitions of everything that scripts can use, for editors (LuaCATS, as lua-language-server reads
 * it).
 *
 * Written from the tables that bind the names, so that they cannot tell anything else.
 */
#ifndef PERFEVAL_LUA_STUBS_H
#define PERFEVAL_LUA_STUBS_H

#include "model/plan.h"

/** Adds the definitions; with a plan its parameters and verdicts, with a dataset its own columns. Both may be
 * NULL. */
void stubs_write(Buffer *out, const Plan *plan, const Dataset *dataset);

#endif
