/* counted - lets confined children be counted (make bench-counts): callgrind writes when a process ends by
 * itself, and the parent kills them. Linked in with -Wl,--wrap=kill; no other build has it. */
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* NOLINTBEGIN(bugprone-reserved-identifier, bugprone-signal-handler): names of the linker; only counts run
 * this */
int __real_kill(pid_t process, int number);
int __wrap_kill(pid_t process, int number);

static void end(int number) {
    (void)number;
    _exit(0);
}

__attribute__((constructor)) static void listen(void) { signal(SIGUSR2, end); }

/* A child gets twenty seconds to write before it is killed. */
int __wrap_kill(pid_t process, int number) {
    if (number != SIGKILL) return __real_kill(process, number);
    int result = __real_kill(process, SIGUSR2);
    for (int i = 0; i < 20000 && result == 0; i++) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0) break;
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    return __real_kill(process, number);
}
/* NOLINTEND(bugprone-reserved-identifier, bugprone-signal-handler) */
