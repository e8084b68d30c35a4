/* inject - calls of the C library that fail on demand: what sweep.c asks of a program, and what it is told.
 *
 * The environment of the program names the page that both map (FAULTS_PAGE, a file), and the fault (FAULTS:
 * "family number error manner"): the call of that number of the family fails with that errno, or in another
 * manner. Counts of all families are kept whether or not one fails; a child forked by the program counts on.
 */
#ifndef PERFEVAL_TESTS_INJECT_H
#define PERFEVAL_TESTS_INJECT_H

#include <stdatomic.h>

/* Calls that fail for the same reasons. */
#define FAULT_FAMILIES(X)                                                                                    \
    X(MEMORY, "memory") /* malloc, calloc, realloc */                                                        \
    X(MAP, "map")                                                                                            \
    X(OPEN, "open") /* also folders and streams */                                                           \
    X(READ, "read")                                                                                          \
    X(WRITE, "write")                                                                                        \
    X(SYNC, "sync")                                                                                          \
    X(CLOSE, "close")                                                                                        \
    X(RENAME, "rename")                                                                                      \
    X(LINK, "link")                                                                                          \
    X(STATUS, "status")   /* fstat, fstatat, stat, lstat */                                                  \
    X(FOLDER, "folder")   /* mkdir */                                                                        \
    X(MODE, "mode")       /* fchmod */                                                                       \
    X(PROCESS, "process") /* fork, socketpair */                                                             \
    X(THREAD, "thread")                                                                                      \
    X(SOCKET, "socket")   /* send, recv, poll */                                                             \
    X(CONFINE, "confine") /* prctl, setrlimit, timers */

enum {
#define X(name, word) FAULT_##name,
    FAULT_FAMILIES(X)
#undef X
        FAULT_COUNT
};

/* How a call fails. */
enum {
    FAULT_ONCE,  /* with the errno, undone */
    FAULT_FROM,  /* and every one of its family behind it */
    FAULT_SHORT, /* half of the bytes are read or written */
    FAULT_KILL,  /* the program is killed before it */
    FAULT_KILLED /* and behind it */
};

typedef struct FaultPage {
    atomic_uint calls[FAULT_COUNT];
    atomic_uint injected;
} FaultPage;

#endif
