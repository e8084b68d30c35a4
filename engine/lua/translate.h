/* translate - a function of a row or of a unit, from its bytecode to a program over blocks (lua/program); in
 * the confined child.
 *
 * Reads of columns, arithmetic, comparisons, branches, parameters, constants, and some functions of `math`
 * are translated; a row that comes to anything else leaves for Lua. Of a unit whose children are rows their
 * rates and cells can be read, by `ipairs`, by a counting loop or by number; loops are unrolled, and a unit
 * with more children than that leaves. A function that could keep something from one call to the next
 * (lua/keep), or whose scripts set variables from within functions, is not translated at all: then constants
 * stay what they are, and leaving has no effect that anybody could see.
 */
#ifndef PERFEVAL_LUA_TRANSLATE_H
#define PERFEVAL_LUA_TRANSLATE_H

#include "lua/program.h"
#include "lua/view.h"

/** True when no script of the state sets, within a function, a variable of outside. Compiles them all. */
bool translate_scripts_keep_still(lua_State *L);
/** Translates the function on top of the stack, which stays, for rows of the view's data, or for units that
 * are made of such rows; `plan` gives the parameters. False when no row could be answered. Lives in `arena`.
 * May raise Lua's memory error. */
bool translate(lua_State *L, const View *view, const Plan *plan, bool units, Arena *arena, Program *out);

#endif
