/* early - what of a report can be had while its rules are still run: its scripts, and a state that holds
 * them.
 *
 * The state is made in the parent, whose child takes it over with all its memory (memory_drop_store): so a
 * child begins where it would be a while after its start. No script runs before that, and none is compiled:
 * only those that come with the program, which are compiled already, are loaded.
 */
#ifndef PERFEVAL_LUA_EARLY_H
#define PERFEVAL_LUA_EARLY_H

#include "lua/folder.h"
#include "lua/worker.h"

#include <lua.h>

typedef struct ReportScripts {
    Script report, format;
    Ahead ahead; /* what they require */
} ReportScripts;

typedef struct Early Early;

/** Reads the scripts of a report. False after errors; then both have been looked for. */
bool early_read(const Folders *folders, Str report, Str format, Arena *arena, ReportScripts *out, Diag *diag);
/** Reads the scripts of these names and makes a state. NULL where a script cannot be read, or memory for the
 * state is missing: who asks for it later is told why. */
Early *early_begin(const Folders *folders, Str report, Str format);
/** The scripts; NULL where those of other names were read, or early is NULL. */
const ReportScripts *early_scripts(const Early *early, Str report, Str format);
/** In the child: the state, whose stack holds the main functions of format and report, each nil where it is
 * not loaded. NULL where early is. */
lua_State *early_take(const Early *early, WorkerChannel *channel);
/** In the parent, once the child is forked: the state is the child's alone. NULL is allowed. */
void early_leave(Early *early);
/** Takes the child of the report, which has answered, and tells it to end: early_free waits for that, so that
 * the answer can be written meanwhile. */
void early_keep(Early *early, Worker *worker);
/** NULL is allowed. */
void early_free(Early *early);

/** Pushes the main function of a script, in an environment of its own. False (nothing pushed) after errors.
 */
bool early_load(lua_State *L, const Script *script, Diag *diag);

#endif
