#include "base/crew.h"

#include "base/memory.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

static size_t processors(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (size_t)count : 1;
}

size_t crew_size(unsigned asked, size_t useful) {
    size_t size = asked ? asked : processors();
    if (size > CREW_MOST) size = CREW_MOST;
    if (size > useful) size = useful;
    return size ? size : 1;
}

void crew_begin(Crew *crew, size_t threads, size_t worker_size) {
    *crew = (Crew){.threads = threads, .worker_size = worker_size};
    crew->workers = memory_new(threads, worker_size);
}

void crew_end(Crew *crew) { memory_free(crew->workers); }

void *crew_worker(const Crew *crew, size_t index) {
    return (char *)crew->workers + index * crew->worker_size;
}

void crew_stop(Crew *crew, atomic_bool *why) {
    if (why) atomic_store(why, true);
    atomic_store(&crew->stop, true);
}

bool crew_stopped(const Crew *crew) { return atomic_load(&crew->stop); }

typedef struct Shift {
    Crew *crew;
    CrewWork work;
    size_t count;
    atomic_size_t next;
    bool tried; /* memory that runs out ends the shift, not the process */
    atomic_bool exhausted;
} Shift;

typedef struct Thread {
    Shift *shift;
    void *worker;
    pthread_t id;
    bool first; /* the one that called crew_run */
} Thread;

static void work_through(void *argument) {
    const Thread *thread = argument;
    Shift *shift = thread->shift;
    size_t number;
    const CrewWatch *watch = thread->first ? shift->crew->watch : NULL;
    while (!crew_stopped(shift->crew) && (number = atomic_fetch_add(&shift->next, 1)) < shift->count) {
        if (watch) watch->step(watch->context, number, shift->count);
        shift->work(thread->worker, number);
    }
}

static void *work_on(void *argument) {
    const Thread *thread = argument;
    Shift *shift = thread->shift;
    if (!shift->tried) {
        work_through(argument);
    } else if (!memory_try(work_through, argument)) {
        atomic_store(&shift->exhausted, true);
        crew_stop(shift->crew, NULL);
    }
    return NULL;
}

void crew_run(Crew *crew, size_t count, CrewWork work) {
    Shift shift = {.crew = crew, .work = work, .count = count, .tried = memory_is_tried()};
    Thread own = {.shift = &shift, .worker = crew_worker(crew, 0), .first = true}, others[CREW_MOST];
    size_t started = 0;
    for (size_t i = 1; i < crew->threads; i++) {
        Thread *thread = &others[started];
        *thread = (Thread){.shift = &shift, .worker = crew_worker(crew, i)};
        if (pthread_create(&thread->id, NULL, work_on, thread) == 0) started++;
    }
    work_on(&own);
    for (size_t i = 0; i < started; i++) pthread_join(others[i].id, NULL);
    if (atomic_load(&shift.exhausted)) memory_exhausted();
}

typedef struct Stretches {
    CrewStretch work;
    void *context;
    size_t count, size;
} Stretches;

static void do_stretch(void *worker, size_t number) {
    const Stretches *all = *(const Stretches **)worker;
    size_t first = number * all->size, left = all->count - first;
    all->work(all->context, first, first + (left < all->size ? left : all->size));
}

void crew_each(unsigned threads, size_t count, size_t size, CrewStretch work, void *context) {
    const Stretches all = {work, context, count, size};
    size_t stretches = count / size + (count % size != 0);
    Crew crew;
    crew_begin(&crew, crew_size(threads, stretches), sizeof(const Stretches *));
    for (size_t i = 0; i < crew.threads; i++) *(const Stretches **)crew_worker(&crew, i) = &all;
    crew_run(&crew, stretches, do_stretch);
    crew_end(&crew);
}
