/* guard - what a process that runs libraries of others may not ask of the system: no program, no connection,
 * no other process, and no file but those that it reads. Such a call fails as if permission were missing.
 *
 * Stronger confinement, of scripts, is lua/confine: these libraries open fonts and start threads.
 */
#ifndef PERFEVAL_BASE_GUARD_H
#define PERFEVAL_BASE_GUARD_H

#include <stdbool.h>

/** Set by builds whose tools need calls of their own: sanitizers, valgrind, coverage. */
#ifndef PERFEVAL_INSTRUMENTED
#define PERFEVAL_INSTRUMENTED 0
#endif

/** Whether the process may also make, write and remove files: for libraries that keep parts of their work in
 * temporary ones. */
typedef enum GuardFiles { GUARD_READS, GUARD_WRITES } GuardFiles;

/** For ever, for this process and its threads, which must not have begun. Descriptors other than the first
 * three, `kept` and `other` are closed. False when the system refuses. Instrumented builds are not guarded:
 * their tools write files. */
bool guard_process(GuardFiles files, int kept, int other);

#endif
