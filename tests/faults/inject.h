/* inject - calls of the C library that fail on demand: what sweep.c asks of a program, and what it is told.
 *
 * The environment of the program names the page that both map (FAULTS_PAGE, a file), and the fault (FAULTS:
 * "family number error manner"): the call of that number of the family fails with that errno, or in another
 * manner. Counts of all families are kept whether or not one fails; a child forked by the program counts on.
 */
#ifndef PERFEVAL_TESTS_INJECT_H
#define PERFEVAL_TESTS_INJECT_H

#include <stdatomic.h>
#include <stdbool.h>

/* Calls that fail for the same reasons. */
#define FAULT_FAMILIES(X)                                                                                    \
    X(MEMORY, "memory")   /* malloc, calloc, realloc */                                                      \
    X(NUMBERS, "numbers") /* the same for numbers of GMP */                                                  \
    X(LUA, "Lua")         /* lua_Alloc, in the confined child */                                             \
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
    FAULT_TWICE, /* and the one behind it: Lua asks once more after a collection */
    FAULT_FROM,  /* and every one of its family behind it */
    FAULT_SHORT, /* half of the bytes are read or written */
    FAULT_KILL,  /* the program is killed before it */
    FAULT_KILLED /* and behind it */
};

typedef struct FaultPage {
    atomic_uint calls[FAULT_COUNT];
    atomic_uint injected;
    /* of a program that ended by returning from main or by exit */
    atomic_uint ended;
    atomic_int blocks, descriptors; /* not freed, not closed */
} FaultPage;

/** In inject.so, for the program's hooks (hooks.h): true when this call is to fail. */
bool fault_hits(unsigned family);
/** Memory that this thread asks for counts to that family from now on. */
void fault_memory_of(unsigned family);

#endif
