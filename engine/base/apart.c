#include "base/apart.h"

#include "base/file.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
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

static _Noreturn void run_child(const Apart *apart, pid_t parent, ApartWork work, void *context) {
    Buffer made = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(NOT_MADE);
    bool good = dup2(apart->talk, STDERR_FILENO) >= 0 && work(context, &made) &&
                write_all(apart->result, buffer_view(&made));
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

static bool judge(const Apart *apart, int status, ApartTalk talk, Str use, Buffer *out, Diag *diag) {
    off_t said = lseek(apart->talk, 0, SEEK_END);
    if (WIFSIGNALED(status)) return failed_by_signal(use, WTERMSIG(status), diag);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != MADE || (talk == APART_SILENT && said != 0))
        return failed(use, message_words(TEXT_CAUSE_MEMORY), diag);
    return add_bytes(apart->result, out) || failed(use, file_cause(errno), diag);
}

bool apart_run(ApartWork work, void *context, ApartTalk talk, Str use, Buffer *out, Diag *diag) {
    Apart apart = {memfd_create("result", MFD_CLOEXEC), memfd_create("talk", MFD_CLOEXEC), -1};
    pid_t parent = getpid(), ended = -1;
    int status = 0;
    if (apart.result >= 0 && apart.talk >= 0) apart.child = fork();
    if (apart.child == 0) run_child(&apart, parent, work, context);
    int error = errno;
    if (apart.child > 0) {
        do ended = waitpid(apart.child, &status, 0);
        while (ended < 0 && errno == EINTR);
        error = errno;
    }
    bool good =
        ended > 0 ? judge(&apart, status, talk, use, out, diag) : failed(use, file_cause(error), diag);
    if (apart.result >= 0) close(apart.result);
    if (apart.talk >= 0) close(apart.talk);
    return good;
}
