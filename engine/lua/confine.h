/* confine - takes away from a forked child all that a script could reach through it.
 *
 * What stays: one socket, memory up to a limit, CPU time up to a limit, and the few system calls that
 * computing and talking over the socket need; any other call ends the process (SIGSYS). The list is short
 * because nothing else runs there: no files, threads, locales or fonts. A build with
 * PERFEVAL_INSTRUMENTED=1 (sanitizers, coverage, valgrind) refuses only processes and the network, since
 * the tools open files and map memory as they like; no switch of a release binary does the same.
 */
#ifndef PERFEVAL_LUA_CONFINE_H
#define PERFEVAL_LUA_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#ifndef PERFEVAL_INSTRUMENTED
#define PERFEVAL_INSTRUMENTED 0
#endif

/** The first half, directly behind the fork: dies with `parent`, shows its memory to nobody, forgets the
 * program's signal handlers, and closes every descriptor but *descriptor, which is moved behind the standard
 * ones. NULL, or what failed (errno tells why). */
const char *confine_process(pid_t parent, int *descriptor);
/** The second half, for ever: resource limits (`memory_bytes` on top of what is mapped now, and whole seconds
 * of CPU time a bit over `cpu_seconds`), then the list of system calls. NULL, or what failed. */
const char *confine_lock(size_t memory_bytes, double cpu_seconds);

#endif
