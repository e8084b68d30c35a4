#include "base/apart.h"

#include "base/file.h"
#include "base/guard.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How the child ends. */
enum { MADE, NOT_MADE };

typedef struct Apart {
    int result, talk; /* files in memory */
    pid_t child;
} Apart;

static bool write_all(int file, Str bytes) {
    while (bytes.size) {
        ssize_t done = write(file, bytes.data, bytes.size);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes = str_slice(bytes, (size_t)done, bytes.size);
    }
    return true;
}

/* Before any of the library's code. */
static bool shut_in(const Apart *apart, ApartManner manner) {
    return dup2(apart->talk, STDOUT_FILENO) >= 0 && dup2(apart->talk, STDERR_FILENO) >= 0 &&
           guard_process(manner == APART_PACKS ? GUARD_WRITES : GUARD_READS, apart->result, apart->talk);
}

static _Noreturn void run_child(const Apart *apart, pid_t parent, ApartWork work, void *context,
                                ApartManner manner) {
    Buffer made = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(NOT_MADE);
    bool good =
        shut_in(apart, manner) && work(context, &made) && write_all(apart->result, buffer_view(&made));
    buffer_release(&made);
    _exit(good ? MADE : NOT_MADE);
}

/* Adds the whole of a file in memory. */
static bool add_bytes(int file, Buffer *out) {
    off_t size = lseek(file, 0, SEEK_END), at = 0;
    if (size <= 0) return size == 0;
    char *to = buffer_reserve(out, (size_t)size);
    while (at < size) {
        ssize_t got = pread(file, to + at, (size_t)(size - at), at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
    }
    out->size += (size_t)size;
    return true;
}

static bool failed(Str use, Str cause, Diag *diag) {
    diag_add(diag, MESSAGE_LIBRARY_FAILED, NULL, use, cause);
    return false;
}

static bool failed_by_signal(Str use, int number, Diag *diag) {
    char text[16];
    Buffer how = {0};
    snprintf(text, sizeof text, "%d", number);
    message_fill_both(&how, TEXT_DIED_BY_SIGNAL, (const Str[]){str_of(text), str_of(sigdescr_np(number))}, 2);
    failed(use, buffer_view(&how), diag);
    buffer_release(&how);
    return false;
}

static bool judge(const Apart *apart, int status, ApartManner manner, Str use, Buffer *out, Diag *diag) {
    off_t said = lseek(apart->talk, 0, SEEK_END);
    if (WIFSIGNALED(status)) return failed_by_signal(use, WTERMSIG(status), diag);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != MADE || (manner == APART_PACKS && said != 0))
        return failed(use, message_words(TEXT_CAUSE_LIBRARY), diag);
    return add_bytes(apart->result, out) || failed(use, file_cause(errno), diag);
}

/* ---- waiting */

static int64_t now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* Until the child has ended or the milliseconds are over, whichever comes first; a child that the system
 * gives no handle for is looked at again and again. */
static void wait_a_while(int handle, int64_t left) {
    struct pollfd file = {.fd = handle, .events = POLLIN};
    int wait = handle < 0 ? 5 : left < INT_MAX ? (int)left : INT_MAX;
    poll(&file, handle < 0 ? 0 : 1, wait);
}

/* What can be waited for; -1 where the system (Linux before 5.3, valgrind) has none. */
static int open_handle(pid_t child) {
#if PERFEVAL_INSTRUMENTED
    (void)child;
    return -1;
#else
    return (int)syscall(SYS_pidfd_open, child, 0);
#endif
}

/* The answer of waitpid; 0: it had to be killed. */
static pid_t wait_for(pid_t child, double seconds, int *status) {
    int handle = open_handle(child);
    int64_t end = now() + (int64_t)(seconds * 1000), left;
    pid_t ended = 0;
    while ((ended = waitpid(child, status, WNOHANG)) == 0 || (ended < 0 && errno == EINTR)) {
        left = end - now();
        if (left <= 0) break;
        wait_a_while(handle, left);
    }
    if (ended == 0) {
        kill(child, SIGKILL);
        while (waitpid(child, status, 0) < 0 && errno == EINTR) {
        }
    }
    if (handle >= 0) close(handle);
    return ended;
}

static bool too_long(ApartUse use, Diag *diag) {
    char number[32];
    snprintf(number, sizeof number, "%g", use.seconds);
    diag_add(diag, MESSAGE_DRAW_LIMIT, NULL, use.name, str_of(number), STR("--draw-limit"));
    return false;
}

bool apart_run(ApartWork work, void *context, ApartManner manner, ApartUse use, Buffer *out, Diag *diag) {
    Apart apart = {memfd_create("result", MFD_CLOEXEC), memfd_create("talk", MFD_CLOEXEC), -1};
    pid_t parent = getpid(), ended = -1;
    int status = 0;
    bool good = false;
    if (apart.result >= 0 && apart.talk >= 0) apart.child = fork();
    if (apart.child == 0) run_child(&apart, parent, work, context, manner);
    if (apart.child > 0) ended = wait_for(apart.child, use.seconds, &status);
    if (ended > 0)
        good = judge(&apart, status, manner, use.name, out, diag);
    else
        good = ended < 0 ? failed(use.name, file_cause(errno), diag) : too_long(use, diag);
    if (apart.result >= 0) close(apart.result);
    if (apart.talk >= 0) close(apart.talk);
    return good;
}
