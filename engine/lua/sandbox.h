/* sandbox - what a script sees: an environment built from nothing, by allow-list, with a reason for each
 * name.
 *
 * Absent, and why: load, dofile, loadstring (code from text), next (hash order), pcall, xpcall (would
 * hold up a limit), setmetatable, getmetatable, rawset, rawget (weak tables and finalisers corrupt a capped
 * Lua 5.4.4), collectgarbage, coroutine, os, io, debug, package, print, warn, math.random, string.dump.
 */
#ifndef PERFEVAL_LUA_SANDBOX_H
#define PERFEVAL_LUA_SANDBOX_H

#include <lua.h>
#include <stdbool.h>

/** Builds the shared, read-only libraries (string, table, math, text, utf8, base functions) of a state.
 * sandbox_push calls it the first time. */
void sandbox_open(lua_State *L);
/** Pushes a fresh environment: reading a name that is not there and writing a global are errors that say what
 * to do ("add `local`", "did you mean …"). `require NAME` gives scripts/NAME.lua, loaded once a state in an
 * environment of its own, what it returned made read-only. */
void sandbox_push(lua_State *L);
/** True for a value that sandbox_push made. */
bool sandbox_is_environment(lua_State *L, int index);
/** Adds the value on top of the stack to the environment at `environment` under `name`, and pops it. Tables
 * should be read-only (below). */
void sandbox_add(lua_State *L, int environment, const char *name);
/** Adds the value on top of the stack to every environment that is pushed from now on, those of required
 * scripts too, and pops it. */
void sandbox_share(lua_State *L, const char *name);
/** The names of the environment, for documentation tests: full name ("math.abs") and reason, ends with a NULL
 * name. */
typedef struct SandboxName {
    const char *name;
    const char *reason;
} SandboxName;
const SandboxName *sandbox_names(void);

#endif
