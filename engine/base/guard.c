#include "base/guard.h"

#if PERFEVAL_INSTRUMENTED

bool guard_process(GuardFiles files, int kept, int other) {
    (void)files, (void)kept, (void)other;
    return true;
}

#else

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define GUARD_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define GUARD_ARCH AUDIT_ARCH_AARCH64
#else
#error "the guard knows the system calls of x86-64 and AArch64 only"
#endif
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
enum { STEPS = 2 * (COUNT(refused) + COUNT(refused_writing)) + 5 * COUNT(openings) + 8 };

static void load(struct sock_filter **step, size_t offset) {
    *(*step)++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

static void answer(struct sock_filter **step, uint32_t action) {
    *(*step)++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action);
}

static void refuse(struct sock_filter **step) { answer(step, SECCOMP_RET_ERRNO | EACCES); }

static void refuse_calls(struct sock_filter **step, const unsigned *calls, size_t count) {
    for (size_t i = 0; i < count; i++) {
        *(*step)++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], 0, 1);
        refuse(step);
    }
}

/* The lower half of an argument stands first: both architectures are little-endian. */
static void refuse_writing(struct sock_filter **step) {
    refuse_calls(step, refused_writing, COUNT(refused_writing));
    for (size_t i = 0; i < COUNT(openings); i++) {
        *(*step)++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, openings[i].call, 0, 4);
        load(step, offsetof(struct seccomp_data, args) + (size_t)8 * openings[i].argument);
        *(*step)++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, WRITING, 0, 1);
        refuse(step);
        answer(step, SECCOMP_RET_ALLOW);
    }
}

static bool filter_calls(GuardFiles files) {
    struct sock_filter program[STEPS], *step = program;
    load(&step, offsetof(struct seccomp_data, arch));
    *step++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, GUARD_ARCH, 1, 0);
    answer(&step, SECCOMP_RET_KILL_PROCESS);
    load(&step, offsetof(struct seccomp_data, nr));
    *step++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FOREIGN, 0, 1);
    refuse(&step);
    refuse_calls(&step, refused, COUNT(refused));
    if (files == GUARD_READS) refuse_writing(&step);
    answer(&step, SECCOMP_RET_ALLOW);
    struct sock_fprog filter = {(unsigned short)(step - program), program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

static void close_between(int first, int last) {
    if (first > last || syscall(SYS_close_range, (unsigned)first, (unsigned)last, 0) == 0) return;
    for (int file = first; file <= last && file < 1024; file++) close(file); /* Linux before 5.9 */
}

static void close_others(int kept, int other) {
    int low = kept < other ? kept : other, high = kept < other ? other : kept;
    close_between(STDERR_FILENO + 1, low - 1);
    close_between((low > STDERR_FILENO ? low : STDERR_FILENO) + 1, high - 1);
    close_between((high > STDERR_FILENO ? high : STDERR_FILENO) + 1, INT_MAX);
}

bool guard_process(GuardFiles files, int kept, int other) {
    close_others(kept, other);
    return filter_calls(files);
}

#endif
