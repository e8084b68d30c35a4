/* seed - the same hashes in each run, so that the same script gives the same bytes.
 *
 * The order of a table's keys is never shown, but its layout is: `#t` of a list with gaps may be one border
 * or another, and which one depends on where other keys of the table fell. With stock Lua's seed, drawn anew
 * in each process, such a length differs from run to run.
 */
#ifndef PERFEVAL_LUA_SEED_H
#define PERFEVAL_LUA_SEED_H

#include <stddef.h>

#define SEED_OF_HASHES 20190321u

/** What Lua's lstate.c gets in place of luaS_hash: the seed of every state. */
unsigned seed_of_hashes(const char *bytes, size_t size, unsigned drawn);

#endif
