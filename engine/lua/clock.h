/* clock - the CPU limits of the confined child, kept by a periodic signal.
 *
 * A count hook would slow every loop and never fires inside C. Here a timer over the thread's CPU time
 * ticks every few milliseconds; over a limit the handler sets Lua's hook (allowed from a signal), which
 * raises an error that no script can stop. What then still runs is inside a C function such as string.find:
 * the handler tells the parent and ends the process.
 */
#ifndef PERFEVAL_LUA_CLOCK_H
#define PERFEVAL_LUA_CLOCK_H

#include "base/diag.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/** CPU time between two ticks. */
#ifndef CLOCK_TICK_NANOSECONDS
#define CLOCK_TICK_NANOSECONDS 5000000
#endif
/** CPU time that a script may go on after the hook was set: time for the hook and for the answer. */
#ifndef CLOCK_GRACE_SECONDS
#define CLOCK_GRACE_SECONDS 0.25
#endif

typedef enum ClockLimit { CLOCK_NONE, CLOCK_CALL, CLOCK_TOTAL } ClockLimit;

/** What the handler writes when it ends the process: a whole frame of lua/worker. Texts are zero-padded and
 * may be empty. */
typedef struct ClockFarewell {
    uint32_t size; /* of what follows */
    uint32_t kind;
    uint32_t limit;              /* a ClockLimit */
    uint32_t line, column, span; /* where the script that called the C function stands; 0: not known */
    char inside[64];             /* the C function's name */
    char file[1024], source[2048];
} ClockFarewell;

/** Starts ticking; once a process, before the process is locked in (lua/confine). `kind` is that of the
 * farewell, written to `descriptor`. False when the system refuses (errno). */
bool clock_start(int descriptor, uint32_t kind, double call_seconds, double cpu_seconds);
/** Where a state's running script stands. Called by the handler: it must not ask for memory or change the
 * state. */
typedef Place (*ClockPlace)(void *state);
/** The state to stop (NULL for none), and how it tells its place. */
void clock_watch(lua_State *L, ClockPlace place);
/** The clock of one call starts. Before the first call only the limit of all scripts counts. */
void clock_begin_call(void);
/** While true no farewell is written: a message is under way. */
void clock_hold(bool hold);
/** Names the C function that a script entered, a constant, for the farewell; NULL when it has returned. */
void clock_inside(const char *name);
/** True when the value at `index` is the one that a limit raises. */
bool clock_raised(lua_State *L, int index);
/** Which limit was met; the script has been stopped, so that the process goes on. */
ClockLimit clock_stopped(void);

#endif
