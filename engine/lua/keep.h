/* keep - what a function of the rules could remember from one call to the next.
 *
 * A script can keep a value in an upvalue or in a table that it reaches, nowhere else: globals are refused,
 * libraries read-only, and other scripts come by `require`, which is noticed. A function that reaches no
 * table of its own is watched: its upvalues are looked at after each call, unless no function that it reaches
 * has an instruction that sets one.
 */
#ifndef PERFEVAL_LUA_KEEP_H
#define PERFEVAL_LUA_KEEP_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/** Most upvalues that are watched. */
#define KEEP_SLOTS 8

typedef struct Keep {
    bool free; /* it could keep things unseen, or has changed an upvalue */
    bool sets; /* it, or a function that it reaches, may set upvalues */
    int count; /* upvalues that are watched */
    int number[KEEP_SLOTS];
    size_t requires; /* calls of `require` before */
} Keep;

/** Pushes a table for keep_changed and says in *keep what the function at `function` could keep. May raise
 * Lua's memory error. */
void keep_watch(lua_State *L, int function, Keep *keep);
/** True when the function may have kept something since keep_watch, which pushed the table at `watched`. */
bool keep_changed(lua_State *L, int watched, Keep *keep);

#endif
