/* Stands before the C library, preloaded (LD_PRELOAD). See inject.h. */
#undef _FORTIFY_SOURCE /* its headers define what is defined here */
#include "inject.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define THEIRS(type, name, ...)                                                                              \
    typedef type (*type_of_##name)(__VA_ARGS__);                                                             \
    static type_of_##name real_##name;                                                                       \
    static type_of_##name find_##name(void) {                                                                \
        if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name);                                  \
        return real_##name;                                                                                  \
    }
#define REAL(name) find_##name()
/* Those below this are looked at. */
#define DESCRIPTORS 256

/* Never found by __tls_get_addr, which asks for memory. */
#define THREAD_LOCAL static _Thread_local __attribute__((tls_model("initial-exec")))

static FaultPage *page; /* NULL: nothing fails */
static atomic_int blocks;
static pid_t program; /* its children do not report */
THREAD_LOCAL unsigned memory_family = FAULT_MEMORY;
static unsigned family, number, manner;
static int error_number;

/* NOLINTBEGIN(bugprone-reserved-identifier): the names of glibc */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);
/* NOLINTEND(bugprone-reserved-identifier) */

THEIRS(void *, mmap, void *, size_t, int, int, int, off_t)
THEIRS(int, open, const char *, int, ...)
THEIRS(int, openat, int, const char *, int, ...)
THEIRS(int, open64, const char *, int, ...)
THEIRS(FILE *, fopen64, const char *, const char *)
THEIRS(DIR *, opendir, const char *)
THEIRS(ssize_t, read, int, void *, size_t)
THEIRS(ssize_t, write, int, const void *, size_t)
THEIRS(ssize_t, pread64, int, void *, size_t, off64_t)
THEIRS(ssize_t, pwrite64, int, const void *, size_t, off64_t)
THEIRS(int, fsync, int)
THEIRS(int, fdatasync, int)
THEIRS(int, ftruncate64, int, off64_t)
THEIRS(int, unlink, const char *)
THEIRS(int, close, int)
THEIRS(int, renameat, int, const char *, int, const char *)
THEIRS(int, linkat, int, const char *, int, const char *, int)
THEIRS(int, fstat, int, struct stat *)
THEIRS(int, stat, const char *, struct stat *)
THEIRS(int, lstat, const char *, struct stat *)
THEIRS(int, fstat64, int, struct stat64 *)
THEIRS(int, stat64, const char *, struct stat64 *)
THEIRS(int, lstat64, const char *, struct stat64 *)
THEIRS(int, fstatat, int, const char *, struct stat *, int)
THEIRS(int, mkdir, const char *, mode_t)
THEIRS(int, fchmod, int, mode_t)
THEIRS(pid_t, fork, void)
THEIRS(int, socketpair, int, int, int, int *)
THEIRS(int, pthread_create, pthread_t *, const pthread_attr_t *, void *(*)(void *), void *)
THEIRS(ssize_t, send, int, const void *, size_t, int)
THEIRS(ssize_t, recv, int, void *, size_t, int)
THEIRS(int, poll, struct pollfd *, nfds_t, int)
THEIRS(int, prctl, int, unsigned long, unsigned long, unsigned long, unsigned long)
THEIRS(int, setrlimit, __rlimit_resource_t, const struct rlimit *)
THEIRS(int, timer_create, clockid_t, struct sigevent *, timer_t *)
THEIRS(int, timer_settime, timer_t, int, const struct itimerspec *, struct itimerspec *)

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTS_PAGE"), *fault = getenv("FAULTS");
    if (!name) return;
    int file = REAL(open)(name, O_RDWR | O_CLOEXEC);
    void *mapped = file < 0
                       ? MAP_FAILED
                       : REAL(mmap)(NULL, sizeof(FaultPage), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file >= 0) REAL(close)(file);
    family = FAULT_COUNT;
    if (fault && sscanf(fault, "%u %u %d %u", &family, &number, &error_number, &manner) != 4) abort();
    /* all are looked up before the first fault: looking up needs memory */
    REAL(openat), REAL(fopen64), REAL(opendir), REAL(read), REAL(write), REAL(fsync), REAL(renameat);
    REAL(fstat64), REAL(stat64), REAL(lstat64), REAL(open64), REAL(pread64), REAL(pwrite64), REAL(fdatasync),
        REAL(ftruncate64), REAL(unlink);
    REAL(linkat), REAL(fstat), REAL(stat), REAL(lstat), REAL(fstatat), REAL(mkdir), REAL(fchmod), REAL(fork);
    REAL(socketpair), REAL(pthread_create), REAL(send), REAL(recv), REAL(poll), REAL(prctl), REAL(setrlimit);
    REAL(timer_create), REAL(timer_settime);
    program = getpid();
    if (mapped != MAP_FAILED) page = mapped;
}

/* What the program has not given back when it ends by itself. */
__attribute__((destructor)) static void end(void) {
    if (!page || getpid() != program) return;
    int open_files = 0;
    for (int file = 3; file < DESCRIPTORS; file++) open_files += fcntl(file, F_GETFD) >= 0;
    page->blocks = blocks;
    page->descriptors = open_files;
    page->ended = 1;
}

/* True when this call is the one, or one of those, that fail. */
static bool is_hit(unsigned called) {
    if (!page) return false;
    unsigned call = atomic_fetch_add(&page->calls[called], 1) + 1;
    bool hit = called == family && call >= number &&
               (call == number || manner == FAULT_FROM || (manner == FAULT_TWICE && call == number + 1));
    if (hit) atomic_fetch_add(&page->injected, 1);
    return hit;
}

static void die(void) { kill(getpid(), SIGKILL); }

/* True when the call is to fail; errno says why. */
static bool fails(unsigned called) {
    if (!is_hit(called)) return false;
    if (manner == FAULT_KILL) die();
    if (manner > FAULT_FROM) return false;
    errno = error_number;
    return true;
}

bool fault_hits(unsigned called) { return fails(called); }
void fault_memory_of(unsigned called) { memory_family = called; }

/* For calls whose effect can be left behind: a program killed behind the call. */
#define ANSWER(type, called, wrong, right)                                                                   \
    do {                                                                                                     \
        bool hit = is_hit(called);                                                                           \
        if (hit && manner == FAULT_KILL) die();                                                              \
        if (hit && manner <= FAULT_FROM) return errno = error_number, (wrong);                               \
        type answer = (right);                                                                               \
        if (hit && manner == FAULT_KILLED) die();                                                            \
        return answer;                                                                                       \
    } while (0)

/* The same for all runs: records of runs tell it. */
time_t time(time_t *out) {
    time_t now = 1577836800;
    if (out) *out = now;
    return now;
}

static void *counted(void *block) {
    if (block) atomic_fetch_add(&blocks, 1);
    return block;
}

void *malloc(size_t size) { return fails(memory_family) ? NULL : counted(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) {
    return fails(memory_family) ? NULL : counted(__libc_calloc(count, size));
}
void *realloc(void *block, size_t size) {
    if (fails(memory_family)) return NULL;
    void *resized = __libc_realloc(block, size);
    if (!block) counted(resized);
    if (block && !size) atomic_fetch_sub(&blocks, 1);
    return resized;
}
void free(void *block) {
    if (block) atomic_fetch_sub(&blocks, 1);
    __libc_free(block);
}
void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }
int posix_memalign(void **out, size_t alignment, size_t size) {
    *out = counted(__libc_memalign(alignment, size));
    return *out ? 0 : ENOMEM;
}

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t offset) {
    return fails(FAULT_MAP) ? MAP_FAILED : REAL(mmap)(at, size, protection, flags, file, offset);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(rest, unsigned) : 0;
    va_end(rest);
    ANSWER(int, FAULT_OPEN, -1, REAL(open)(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(rest, unsigned) : 0;
    va_end(rest);
    ANSWER(int, FAULT_OPEN, -1, REAL(open64)(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(rest, unsigned) : 0;
    va_end(rest);
    ANSWER(int, FAULT_OPEN, -1, REAL(openat)(folder, path, flags, mode));
}

FILE *fopen64(const char *path, const char *how) {
    ANSWER(FILE *, FAULT_OPEN, NULL, REAL(fopen64)(path, how));
}
DIR *opendir(const char *path) { ANSWER(DIR *, FAULT_OPEN, NULL, REAL(opendir)(path)); }

/* One byte is read or written whole: nothing would be a file that has ended. */
static size_t half(size_t size) { return size > 1 ? size / 2 : size; }

ssize_t read(int file, void *to, size_t size) {
    bool hit = is_hit(FAULT_READ);
    if (hit && manner == FAULT_KILL) die();
    if (hit && manner == FAULT_SHORT) size = half(size);
    if (hit && manner < FAULT_SHORT) return errno = error_number, -1;
    return REAL(read)(file, to, size);
}

ssize_t write(int file, const void *from, size_t size) {
    bool hit = is_hit(FAULT_WRITE);
    if (hit && manner == FAULT_KILL) die();
    if (hit && manner < FAULT_SHORT) return errno = error_number, -1;
    if (hit && manner != FAULT_ONCE) size = half(size);
    ssize_t answer = REAL(write)(file, from, size);
    if (hit && manner == FAULT_KILLED) die();
    return answer;
}

/* At a place of the file: databases. */
ssize_t pread64(int file, void *to, size_t size, off64_t at) {
    bool hit = is_hit(FAULT_READ);
    if (hit && manner == FAULT_KILL) die();
    if (hit && manner < FAULT_SHORT) return errno = error_number, -1;
    return REAL(pread64)(file, to, hit ? half(size) : size, at);
}
ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) {
    bool hit = is_hit(FAULT_WRITE);
    if (hit && manner == FAULT_KILL) die();
    if (hit && manner < FAULT_SHORT) return errno = error_number, -1;
    ssize_t answer = REAL(pwrite64)(file, from, hit ? half(size) : size, at);
    if (hit && manner == FAULT_KILLED) die();
    return answer;
}

int fsync(int file) { ANSWER(int, FAULT_SYNC, -1, REAL(fsync)(file)); }
int fdatasync(int file) { ANSWER(int, FAULT_SYNC, -1, REAL(fdatasync)(file)); }
int ftruncate64(int file, off64_t size) { ANSWER(int, FAULT_WRITE, -1, REAL(ftruncate64)(file, size)); }
int unlink(const char *path) { ANSWER(int, FAULT_LINK, -1, REAL(unlink)(path)); }
/* The descriptor is gone even where closing it fails. */
int close(int file) {
    bool hit = is_hit(FAULT_CLOSE);
    if (hit && manner == FAULT_KILL) die();
    int answer = REAL(close)(file);
    if (!hit || answer < 0) return answer;
    if (manner == FAULT_KILLED) die();
    return errno = error_number, -1;
}
int renameat(int from, const char *old, int to, const char *new) {
    ANSWER(int, FAULT_RENAME, -1, REAL(renameat)(from, old, to, new));
}
int linkat(int from, const char *old, int to, const char *new, int flags) {
    ANSWER(int, FAULT_LINK, -1, REAL(linkat)(from, old, to, new, flags));
}
int fstat(int file, struct stat *out) { ANSWER(int, FAULT_STATUS, -1, REAL(fstat)(file, out)); }
int stat(const char *path, struct stat *out) { ANSWER(int, FAULT_STATUS, -1, REAL(stat)(path, out)); }
int lstat(const char *path, struct stat *out) { ANSWER(int, FAULT_STATUS, -1, REAL(lstat)(path, out)); }
int fstat64(int file, struct stat64 *out) { ANSWER(int, FAULT_STATUS, -1, REAL(fstat64)(file, out)); }
int stat64(const char *path, struct stat64 *out) { ANSWER(int, FAULT_STATUS, -1, REAL(stat64)(path, out)); }
int lstat64(const char *path, struct stat64 *out) { ANSWER(int, FAULT_STATUS, -1, REAL(lstat64)(path, out)); }
int fstatat(int folder, const char *path, struct stat *out, int flags) {
    ANSWER(int, FAULT_STATUS, -1, REAL(fstatat)(folder, path, out, flags));
}
int mkdir(const char *path, mode_t mode) { ANSWER(int, FAULT_FOLDER, -1, REAL(mkdir)(path, mode)); }
int fchmod(int file, mode_t mode) { ANSWER(int, FAULT_MODE, -1, REAL(fchmod)(file, mode)); }

pid_t fork(void) { return fails(FAULT_PROCESS) ? -1 : REAL(fork)(); }
int socketpair(int domain, int type, int protocol, int sockets[2]) {
    return fails(FAULT_PROCESS) ? -1 : REAL(socketpair)(domain, type, protocol, sockets);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument) {
    return fails(FAULT_THREAD) ? error_number : REAL(pthread_create)(thread, how, run, argument);
}

ssize_t send(int socket, const void *from, size_t size, int flags) {
    bool hit = is_hit(FAULT_SOCKET);
    if (hit && manner < FAULT_SHORT) return errno = error_number, -1;
    return REAL(send)(socket, from, hit ? half(size) : size, flags);
}
ssize_t recv(int socket, void *to, size_t size, int flags) {
    bool hit = is_hit(FAULT_SOCKET);
    if (hit && manner < FAULT_SHORT) return errno = error_number, -1;
    return REAL(recv)(socket, to, hit ? half(size) : size, flags);
}
int poll(struct pollfd *files, nfds_t count, int wait) {
    ANSWER(int, FAULT_SOCKET, -1, REAL(poll)(files, count, wait));
}

int prctl(int option, ...) {
    va_list rest;
    va_start(rest, option);
    unsigned long a = va_arg(rest, unsigned long), b = va_arg(rest, unsigned long);
    unsigned long c = va_arg(rest, unsigned long), d = va_arg(rest, unsigned long);
    va_end(rest);
    ANSWER(int, FAULT_CONFINE, -1, REAL(prctl)(option, a, b, c, d));
}
int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
    ANSWER(int, FAULT_CONFINE, -1, REAL(setrlimit)(resource, limit));
}
int timer_create(clockid_t clock, struct sigevent *event, timer_t *timer) {
    ANSWER(int, FAULT_CONFINE, -1, REAL(timer_create)(clock, event, timer));
}
int timer_settime(timer_t timer, int flags, const struct itimerspec *new, struct itimerspec *old) {
    ANSWER(int, FAULT_CONFINE, -1, REAL(timer_settime)(timer, flags, new, old));
}
