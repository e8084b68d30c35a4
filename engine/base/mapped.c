#include "base/mapped.h"

#include "base/memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

typedef struct Mapped {
    const char *at;
    size_t size;
    struct Mapped *next;
    size_t path_size;
    char path[];
} Mapped;

/* A signal belongs to the process, and so does this. */
static struct {
    pthread_mutex_t lock;
    Mapped *first;
    void (*lost)(Str path, bool shorter);
    atomic_flag said;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER, .said = ATOMIC_FLAG_INIT};

void mapped_add(const void *at, size_t size, Str path) {
    Mapped *mapped = memory_new(1, sizeof *mapped + path.size);
    *mapped = (Mapped){.at = at, .size = size, .path_size = path.size};
    if (path.size) memcpy(mapped->path, path.data, path.size);
    pthread_mutex_lock(&all.lock);
    mapped->next = all.first;
    all.first = mapped;
    pthread_mutex_unlock(&all.lock);
}

void mapped_remove(const void *at) {
    pthread_mutex_lock(&all.lock);
    Mapped **link = &all.first;
    while (*link && (*link)->at != at) link = &(*link)->next;
    Mapped *found = *link;
    if (found) *link = found->next;
    pthread_mutex_unlock(&all.lock);
    memory_free(found);
}

/* The thread stands at a byte of a mapping, within none of the C library's locks: whatever a program does may
 * be done here. Another cause is the system's matter, and so is another such signal in this thread; other
 * threads that come here wait for the end. */
static void bus(int number, siginfo_t *info, void *context) {
    (void)context;
    if (info->si_code != BUS_ADRERR && info->si_code != BUS_OBJERR) {
        signal(number, SIG_DFL);
        raise(number); /* ends it when this returns */
        return;
    }
    while (atomic_flag_test_and_set(&all.said)) pause();
    pthread_mutex_lock(&all.lock);
    const Mapped *mapped = all.first;
    const char *at = info->si_addr;
    while (mapped && (at < mapped->at || at >= mapped->at + mapped->size)) mapped = mapped->next;
    pthread_mutex_unlock(&all.lock);
    all.lost(mapped ? (Str){mapped->path, mapped->path_size} : STR(""), info->si_code == BUS_ADRERR);
    _exit(1);
}

void mapped_guard(void (*lost)(Str path, bool shorter)) {
    struct sigaction action = {.sa_sigaction = bus, .sa_flags = SA_SIGINFO};
    all.lost = lost;
    sigaction(SIGBUS, &action, NULL);
}
