/* worker - the confined child that runs scripts, and the conversation with it.
 *
 * The child is forked at the moment when all that a script may see is in memory. It keeps one socket and
 * nothing else: no other descriptor, no files, no network, a short list of system calls, limits on memory
 * and CPU time; the parent ends it when it is silent too long. It never returns into the program's code: it
 * ends with _exit. Messages are length-prefixed and checked (base/wire). See the README, "What scripts can
 * and cannot do".
 */
#ifndef PERFEVAL_LUA_WORKER_H
#define PERFEVAL_LUA_WORKER_H

#include "base/wire.h"
#include "lua/folder.h"
#include "lua/limits.h"

/* In the parent */

typedef struct Worker Worker;
/** The child's end of the conversation. */
typedef struct WorkerChannel WorkerChannel;

/** What the child does: it answers requests until the channel ends. Runs confined. */
typedef void (*WorkerBody)(WorkerChannel *channel, void *context);

/** Forks and confines a child that runs `body(channel, context)`. `folders` answers its requests for scripts;
 * borrowed, NULL: there are none. NULL after errors (MESSAGE_WORKER_START; a confinement that fails in the
 * child is reported by the first worker_ask). The child dies with the thread that called: one that outlives
 * the worker. */
Worker *worker_start(WorkerBody body, void *context, const WorkerLimits *limits, const Folders *folders,
                     Diag *diag);
/** Sends a request and waits for the reply (which replaces what `reply` holds), reading scripts for the child
 * meanwhile. False after errors: those that the child reported, a limit (exit code 4), or its death (70).
 * After a false the worker is spent. */
bool worker_ask(Worker *worker, Str request, Buffer *reply, Diag *diag);
/** The two halves of worker_ask, so that several children can be at work: each request is followed by one
 * reply. */
bool worker_send(Worker *worker, Str request, Diag *diag);
bool worker_take(Worker *worker, Buffer *reply, Diag *diag);
/** What the child may ask for by worker_demand: adds the bytes to `out`; false after errors. It runs in the
 * parent, while the child waits. */
typedef bool (*WorkerSupply)(void *context, Str what, Buffer *out, Diag *diag);
void worker_supply_from(Worker *worker, WorkerSupply supply, void *context);
/** What the child knows (worker_know): of each that it takes, `folders` are told when it replies. Borrowed.
 */
void worker_knows(Worker *worker, const Ahead *known);
/** Makes room for an answer of so many bytes while the child is at work: a longer one only takes longer. */
void worker_expect(Worker *worker, size_t bytes);
/** Tells the child to end and does not wait: worker_free does, which by then takes no time. No question may
 * follow. NULL is allowed. */
void worker_end(Worker *worker);
/** Ends the child and waits for it; NULL is allowed. */
void worker_free(Worker *worker);

/* In the child */

const WorkerLimits *worker_channel_limits(const WorkerChannel *channel);
/** The next request (it replaces what `request` holds); false when there is none any more. */
bool worker_receive(WorkerChannel *channel, Buffer *request);
/** Answers the request: with bytes, or with the errors in `diag` when there are any. Warnings in `diag` go
 * along. */
void worker_reply(WorkerChannel *channel, Str reply, const Diag *diag);
/** The same, without errors in `diag`, for bytes in pieces, which are not put together first. */
void worker_reply_pieces(WorkerChannel *channel, const Str *pieces, size_t count, const Diag *diag);
/** Scripts that need not be asked for; borrowed. Their bytes do not count as asked for. The parent is told
 * that it knows them (worker_knows). */
void worker_know(WorkerChannel *channel, const Ahead *known);
/** Asks the parent for a script (see folder_read_script). False after errors. Texts live in `arena`. */
bool worker_script(WorkerChannel *channel, const char *kind, Str name, Arena *arena, Script *out, Diag *diag);
/** Asks the parent for what its WorkerSupply makes, and adds it to `out`. False after errors. */
bool worker_demand(WorkerChannel *channel, const char *what, Buffer *out, Diag *diag);
/** Starts the clock of one call: the limit of call_seconds counts from here. Before the first call only that
 * of cpu_seconds does. Costs next to nothing. */
void worker_begin_call(WorkerChannel *channel);
/** The state whose running script a limit must stop (a lua_State), or NULL; `place` tells where that script
 * stands. It runs in a signal handler: it must not ask for memory or change the state. */
void worker_watch(WorkerChannel *channel, void *state, Place (*place)(void *state));

#endif
