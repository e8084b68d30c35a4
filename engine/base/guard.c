#include "base/guard.h"

#if PERFEVAL_INSTRUMENTED

bool guard_process(GuardFiles files, int kept, int other) {
    (void)files, (void)kept, (void)other;
    return true;
}

#else

#include "base/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Calls of x32, which have numbers of their own. */
#define FOREIGN 0x40000000u

/* clang-format off */
static const unsigned refused[] = {
    /* other programs and processes, the network */
    SYS_execve, SYS_execveat, SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_ptrace,
    SYS_process_vm_writev, SYS_kill, SYS_tkill, SYS_keyctl, SYS_bpf, SYS_perf_event_open, SYS_io_uring_setup,
    /* files, by name */
    SYS_mount, SYS_chroot, SYS_setns, SYS_unshare, SYS_mknodat, SYS_fchmodat, SYS_fchownat, SYS_linkat, SYS_symlinkat,
    SYS_renameat, SYS_renameat2, SYS_mkdirat, SYS_truncate, SYS_setxattr, SYS_lsetxattr, SYS_removexattr, SYS_openat2,
    SYS_open_by_handle_at,
#if defined(__x86_64__)
    SYS_fork, SYS_vfork, SYS_mknod, SYS_chmod, SYS_chown, SYS_lchown, SYS_link, SYS_symlink, SYS_rename, SYS_mkdir,
    SYS_rmdir, SYS_creat, SYS_utime, SYS_utimes,
#endif
};
/* clang-format on */

/* Besides, for those that only read. */
static const unsigned refused_writing[] = {
    SYS_unlinkat,
#if defined(__x86_64__)
    SYS_unlink,
#endif
};

/* Opening is refused by its flags, which are the argument of that number. */
static const struct {
    unsigned call, argument;
} openings[] = {
    {SYS_openat, 2},
#if defined(__x86_64__)
    {SYS_open, 1},
#endif
};
#define WRITING ((unsigned)(O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))

#define COUNT(list) (sizeof(list) / sizeof *(list))
enum { STEPS = SYSCALLS_BEGINNING + 3 + 2 * (COUNT(refused) + COUNT(refused_writing)) + 5 * COUNT(openings) };

static void refuse(SyscallsStep *step) { syscalls_answer(step, SECCOMP_RET_ERRNO | EACCES); }

static void refuse_calls(SyscallsStep *step, const unsigned *calls, size_t count) {
    for (size_t i = 0; i < count; i++) {
        syscalls_test(step, BPF_JEQ, calls[i], 1);
        refuse(step);
    }
}

static void refuse_writing(SyscallsStep *step) {
    refuse_calls(step, refused_writing, COUNT(refused_writing));
    for (size_t i = 0; i < COUNT(openings); i++) {
        syscalls_test(step, BPF_JEQ, openings[i].call, 4);
        syscalls_load_argument(step, openings[i].argument);
        syscalls_test(step, BPF_JSET, WRITING, 1);
        refuse(step);
        syscalls_answer(step, SECCOMP_RET_ALLOW);
    }
}

static bool filter_calls(GuardFiles files) {
    struct sock_filter program[STEPS];
    SyscallsStep step = program;
    syscalls_begin(&step);
    syscalls_test(&step, BPF_JGE, FOREIGN, 1);
    refuse(&step);
    refuse_calls(&step, refused, COUNT(refused));
    if (files == GUARD_READS) refuse_writing(&step);
    syscalls_answer(&step, SECCOMP_RET_ALLOW);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscalls_filter(program, step);
}

static bool close_others(int kept, int other) {
    unsigned low = (unsigned)(kept < other ? kept : other), high = (unsigned)(kept < other ? other : kept);
    if (low < STDERR_FILENO) low = STDERR_FILENO;
    if (high < low) high = low;
    return syscalls_close(STDERR_FILENO + 1, low - 1) && syscalls_close(low + 1, high - 1) &&
           syscalls_close(high + 1, ~0u);
}

bool guard_process(GuardFiles files, int kept, int other) {
    return close_others(kept, other) && filter_calls(files);
}

#endif
