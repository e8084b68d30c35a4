#include "base/syscalls.h"

#include <linux/audit.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the system calls of x86-64 and AArch64 only are known"
#endif

void syscalls_load(SyscallsStep *step, size_t offset) {
    *(*step)++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

/* The lower half stands first: both architectures are little-endian. */
void syscalls_load_argument(SyscallsStep *step, unsigned argument) {
    syscalls_load(step, offsetof(struct seccomp_data, args) + sizeof(uint64_t) * argument);
}

void syscalls_test(SyscallsStep *step, unsigned test, uint32_t value, unsigned char steps) {
    *(*step)++ = (struct sock_filter)BPF_JUMP((unsigned short)(BPF_JMP | test | BPF_K), value, 0, steps);
}

void syscalls_branch(SyscallsStep step, unsigned test, uint32_t value, const struct sock_filter *target) {
    unsigned char steps = (unsigned char)(target - step - 1);
    *step = (struct sock_filter)BPF_JUMP((unsigned short)(BPF_JMP | test | BPF_K), value, steps, 0);
}

void syscalls_answer(SyscallsStep *step, uint32_t action) {
    *(*step)++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action);
}

void syscalls_begin(SyscallsStep *step) {
    syscalls_load(step, offsetof(struct seccomp_data, arch));
    *(*step)++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    syscalls_answer(step, SECCOMP_RET_KILL_PROCESS);
    syscalls_load(step, offsetof(struct seccomp_data, nr));
}

bool syscalls_filter(struct sock_filter *program, const struct sock_filter *end) {
    struct sock_fprog filter = {(unsigned short)(end - program), program};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

bool syscalls_close(unsigned first, unsigned last) {
    if (first > last || syscall(SYS_close_range, first, last, 0) == 0) return true;
    struct rlimit limit; /* Linux before 5.9 */
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
    for (unsigned descriptor = first; descriptor <= last && descriptor < limit.rlim_cur; descriptor++)
        close((int)descriptor);
    return true;
}
