#include "lua/confine.h"

#include "base/memory.h"
#include "base/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- descriptors and signals */

#if !PERFEVAL_INSTRUMENTED
static void forget_handlers(void) {
    struct sigaction usual = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}
#endif

const char *confine_process(pid_t parent, int *descriptor) {
    memory_forget_try();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return "PR_SET_PDEATHSIG";
    if (getppid() != parent) _exit(0); /* it died before the call above */
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return "PR_SET_DUMPABLE";
#if PERFEVAL_INSTRUMENTED
    (void)descriptor;
#else
    forget_handlers();
    if (*descriptor <= STDERR_FILENO) *descriptor = fcntl(*descriptor, F_DUPFD, STDERR_FILENO + 1);
    unsigned kept = (unsigned)*descriptor;
    if (*descriptor < 0 || !syscalls_close(0, kept - 1) || !syscalls_close(kept + 1, ~0u))
        return "close_range";
#endif
    return NULL;
}

/* ---- resources */

#if !PERFEVAL_INSTRUMENTED
/* Bytes mapped now; 0 when the system does not tell. */
static size_t mapped_bytes(void) {
    char text[64] = "";
    int file;
    ssize_t size;
    do file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    while (file < 0 && errno == EINTR);
    do size = file < 0 ? -1 : read(file, text, sizeof text - 1);
    while (file >= 0 && size < 0 && errno == EINTR);
    if (file >= 0) close(file);
    return size > 0 ? strtoul(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}
#endif

typedef struct Ceiling {
    __rlimit_resource_t resource;
    const char *name;
    rlim_t soft, hard;
} Ceiling;

/* An ordinary user cannot raise a hard limit, so that a stricter one of the operator stays. */
static bool apply(const Ceiling *ceiling) {
    struct rlimit now;
    if (getrlimit(ceiling->resource, &now) != 0) return false;
    if (now.rlim_max > ceiling->hard) now.rlim_max = ceiling->hard;
    now.rlim_cur = ceiling->soft < now.rlim_max ? ceiling->soft : now.rlim_max;
    return setrlimit(ceiling->resource, &now) == 0;
}

static const char *limit_resources(size_t memory_bytes, double cpu_seconds) {
    rlim_t seconds = (rlim_t)cpu_seconds + 2;
    size_t mapped = 0;
#if !PERFEVAL_INSTRUMENTED
    mapped = mapped_bytes();
    if (!mapped) return "/proc/self/statm";
#endif
    const Ceiling ceilings[] = {
        {RLIMIT_CPU, "RLIMIT_CPU", seconds, seconds + 1},
        {RLIMIT_CORE, "RLIMIT_CORE", 0, 0},
#if !PERFEVAL_INSTRUMENTED
        {RLIMIT_AS, "RLIMIT_AS", mapped + memory_bytes, mapped + memory_bytes},
        {RLIMIT_FSIZE, "RLIMIT_FSIZE", 0, 0},
        {RLIMIT_NOFILE, "RLIMIT_NOFILE", 0, 0},
        {RLIMIT_NPROC, "RLIMIT_NPROC", 0, 0},
#endif
    };
    (void)mapped, (void)memory_bytes;
    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++)
        if (!apply(&ceilings[i])) return ceilings[i].name;
    return NULL;
}

/* ---- system calls */

typedef enum Verdict {
    ALLOW,
    ALLOW_DATA, /* with no PROT_EXEC in the third argument: no code is ever made or loaded */
    REFUSE,     /* fails with ENOSYS */
    KILL
} Verdict;

typedef struct Rule {
    unsigned call;
    Verdict verdict;
} Rule;

#if PERFEVAL_INSTRUMENTED
static const Rule rules[] = {
    {SYS_socket, KILL}, {SYS_socketpair, KILL}, {SYS_connect, KILL}, {SYS_bind, KILL},     {SYS_listen, KILL},
    {SYS_clone, KILL},  {SYS_clone3, KILL},     {SYS_execve, KILL},  {SYS_execveat, KILL},
#ifdef SYS_fork
    {SYS_fork, KILL},   {SYS_vfork, KILL},
#endif
};
static const uint32_t otherwise = SECCOMP_RET_ALLOW;
#else
static const Rule rules[] = {
    {SYS_read, ALLOW},
    {SYS_write, ALLOW},
    {SYS_clock_gettime, ALLOW}, /* the tick of lua/clock; also where the vDSO cannot answer */
    {SYS_rt_sigreturn, ALLOW},
    {SYS_brk, ALLOW},
    {SYS_mmap, ALLOW_DATA},
    {SYS_mprotect, ALLOW_DATA}, /* malloc grows its heaps so when the program forked from a thread */
    {SYS_munmap, ALLOW},
    {SYS_mremap, ALLOW},
    {SYS_madvise, ALLOW},
    {SYS_futex, ALLOW},
    {SYS_getrandom, ALLOW}, /* malloc's key */
    {SYS_rt_sigprocmask, ALLOW},
    {SYS_restart_syscall, ALLOW},
    {SYS_exit, ALLOW},
    {SYS_exit_group, ALLOW},
    {SYS_sysinfo, REFUSE}, /* qsort asks how much memory there is; it needs no answer */
};
static const uint32_t otherwise = SECCOMP_RET_KILL_PROCESS;
#endif

static const uint32_t actions[] = {
    [ALLOW] = SECCOMP_RET_ALLOW,
    [ALLOW_DATA] = SECCOMP_RET_ALLOW,
    [REFUSE] = SECCOMP_RET_ERRNO | 38, /* ENOSYS */
    [KILL] = SECCOMP_RET_KILL_PROCESS,
};

/* Rules that are tried one after the other; the kernel goes through the filter for every call there is when
 * it takes it, which a long row of tests makes three times as dear as all the rest of the confinement. */
#define RULES_TRIED 2

enum { RULES = sizeof rules / sizeof *rules, RULE_STEPS = 5 };

static int by_call(const void *a, const void *b) {
    unsigned first = ((const Rule *)a)->call, second = ((const Rule *)b)->call;
    return (first > second) - (first < second);
}

static void add_rule(SyscallsStep *step, const Rule *rule) {
    syscalls_test(step, BPF_JEQ, rule->call, rule->verdict == ALLOW_DATA ? 4 : 1);
    if (rule->verdict == ALLOW_DATA) {
        syscalls_load_argument(step, 2);
        syscalls_test(step, BPF_JSET, PROT_EXEC, 1);
        syscalls_answer(step, SECCOMP_RET_KILL_PROCESS);
    }
    syscalls_answer(step, actions[rule->verdict]);
}

/* Halves the sorted rules until few are left. */
static void add_rules(SyscallsStep *step, const Rule *sorted, size_t count) {
    if (count <= RULES_TRIED) {
        for (size_t i = 0; i < count; i++) add_rule(step, &sorted[i]);
        syscalls_answer(step, otherwise);
        return;
    }
    const Rule *middle = &sorted[count / 2];
    SyscallsStep branch = (*step)++;
    add_rules(step, sorted, count / 2);
    syscalls_branch(branch, BPF_JGE, middle->call, *step);
    add_rules(step, middle, count - count / 2);
}

static bool filter_calls(void) {
    struct sock_filter program[SYSCALLS_BEGINNING + RULES * (RULE_STEPS + 2)];
    Rule sorted[RULES];
    SyscallsStep step = program;
    memcpy(sorted, rules, sizeof rules);
    qsort(sorted, RULES, sizeof *sorted, by_call);
    syscalls_begin(&step);
    add_rules(&step, sorted, RULES);
    return syscalls_filter(program, step);
}

const char *confine_lock(size_t memory_bytes, double cpu_seconds) {
    const char *failed = limit_resources(memory_bytes, cpu_seconds);
    if (failed) return failed;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "PR_SET_NO_NEW_PRIVS";
    return filter_calls() ? NULL : "seccomp";
}
