/* state - a Lua state for untrusted scripts: memory cap, text chunks only, one function that makes every
 * protected call.
 *
 * Lives in the confined child. It is never closed there (the child ends with _exit), so that no finaliser
 * runs late.
 */
#ifndef PERFEVAL_LUA_STATE_H
#define PERFEVAL_LUA_STATE_H

#include "base/diag.h"
#include "lua/worker.h"

#include <lua.h>

/** A state with the channel's memory limit, watched by the channel's clock, with nothing in it (see
 * sandbox_push). `channel` may be NULL (tests): then memory is capped at 64 MiB and there is no clock and no
 * `require`, and NULL comes where memory ran out. An error outside state_call ends the process: with
 * MEMORY_EXIT_CODE when memory ran out, else with EXIT_INTERNAL. */
lua_State *state_new(WorkerChannel *channel);
/** For a state that was made without a channel: from here on it has this one's. */
void state_join(lua_State *L, WorkerChannel *channel);
/** For a process that goes on: closes the state. */
void state_close(lua_State *L);
WorkerChannel *state_channel(lua_State *L);
/** For texts that live as long as the state, such as those of C functions that a raised error may leave. */
Arena *state_arena(lua_State *L);

/** How often a script of this state has called `require`; state_count_require says that one does. */
size_t state_requires(lua_State *L);
void state_count_require(lua_State *L);

/** Compiles `script` as text (never bytecode; a first '#' line is not skipped, a byte order mark is) and
 * pushes the function, whose environment is the table at `environment`. False (nothing pushed) after
 * MESSAGE_LUA_SYNTAX with file and line. The source is kept, so that messages can show the line. */
bool state_load(lua_State *L, const Script *script, int environment, Diag *diag);
/** Script `number` of those that were loaded, from 0: its text, without a byte order mark. False when there
 * is none. */
bool state_source(lua_State *L, size_t number, Str *source);
/** Calls the function below `arguments` arguments. False (function and arguments popped) after
 * MESSAGE_LUA_ERROR with the script's file and line, MESSAGE_LUA_MEMORY, or MESSAGE_CPU_LIMIT. The only
 * lua_pcall of the project. */
bool state_call(lua_State *L, int arguments, int results, Diag *diag);
/** Raises the text TEXT_… as an error at the running script's line, in both wordings. Use the macro
 * state_raise. Works in any Lua state. */
int state_raise_list(lua_State *L, MessageId text, const Str *arguments, size_t count);
#define state_raise(L, text, ...) state_raise_list((L), (text), MESSAGE_LIST(__VA_ARGS__))
/** Raises a text without arguments. */
int state_raise_plain(lua_State *L, MessageId text);
/** luaL_argerror with a text without arguments. */
int state_refuse(lua_State *L, int argument, MessageId text);
/** Pushes a number as text, for an argument of state_raise. */
Str state_push_count(lua_State *L, size_t count);
/** For C functions that fail with messages: a list to add errors to, empty, and the error that carries them
 * to state_call. Messages without a place get that of the running script. */
Diag *state_diag(lua_State *L);
int state_raise_diag(lua_State *L);
/** The place "file:line" of a message that starts so, taken off the message; the source line is filled in. */
Place state_place(lua_State *L, Str *message);

#endif
