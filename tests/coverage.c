/* coverage - lets confined children write down what they ran (make coverage): they end with _exit, or the
 * parent kills them. Linked in with -Wl,--wrap=_exit,--wrap=kill; no other build has it. */
#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* NOLINTBEGIN(bugprone-reserved-identifier, bugprone-signal-handler): names of the linker; only coverage runs
 * this */
void __gcov_dump(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);
int __real_kill(pid_t process, int number);
int __wrap_kill(pid_t process, int number);

static int dump_module(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size, (void)context;
    if (!strstr(info->dlpi_name, "/modules/")) return 0;
    void *handle = dlopen(info->dlpi_name, RTLD_LAZY | RTLD_NOLOAD);
    void (*dump)(void) = NULL;
    if (handle) *(void **)&dump = dlsym(handle, "coverage_of_module");
    if (dump) dump();
    return 0;
}

_Noreturn void __wrap__exit(int status) {
    dl_iterate_phdr(dump_module, NULL);
    __gcov_dump();
    __real__exit(status);
}

static void write_down(int number) {
    (void)number;
    __wrap__exit(0);
}

__attribute__((constructor)) static void listen(void) { signal(SIGUSR2, write_down); }

/* A child gets two seconds to write before it is killed. */
int __wrap_kill(pid_t process, int number) {
    if (number != SIGKILL) return __real_kill(process, number);
    int result = __real_kill(process, SIGUSR2);
    for (int i = 0; i < 2000 && result == 0; i++) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0) break;
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    return __real_kill(process, number);
}
/* NOLINTEND(bugprone-reserved-identifier, bugprone-signal-handler) */
