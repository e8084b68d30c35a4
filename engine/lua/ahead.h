/* ahead - scripts read before a child asks for them.
 *
 * Each script that a child asks for costs a round trip between two processes. Nearly always it stands in the
 * sources as require("NAME"), so those are read before the fork, by the same rules; a child that wants
 * another one asks.
 */
#ifndef PERFEVAL_LUA_AHEAD_H
#define PERFEVAL_LUA_AHEAD_H

#include "lua/folder.h"

/** The most scripts that are read ahead. */
#define AHEAD_SCRIPTS 8

typedef struct Ahead {
    Str names[AHEAD_SCRIPTS];
    Script scripts[AHEAD_SCRIPTS];
    size_t count;
} Ahead;

/** Adds the scripts that `source` requires, and those that they require. What cannot be read is left to the
 * child that asks for it. Texts live in `arena`. */
void ahead_read(Ahead *ahead, const Folders *folders, Str source, Arena *arena);
/** The script of that name, or NULL. */
const Script *ahead_find(const Ahead *ahead, Str name);

#endif
