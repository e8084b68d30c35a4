/* crew - numbered pieces of work, done by several threads. */
#ifndef PERFEVAL_BASE_CREW_H
#define PERFEVAL_BASE_CREW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/** Most threads. */
#define CREW_MOST 256

/** Told how far a crew is: pieces begun of all. Called by the thread that called crew_run, between its
 * pieces.
 */
typedef struct CrewWatch {
    void (*step)(void *context, size_t done, size_t count);
    void *context;
} CrewWatch;

typedef struct Crew {
    size_t threads;
    void *workers; /* one a thread, each `worker_size` bytes */
    size_t worker_size;
    const CrewWatch *watch; /* NULL: nobody watches */
    atomic_bool stop;
} Crew;

/** Does one piece; `worker` belongs to the thread. */
typedef void (*CrewWork)(void *worker, size_t number);

/** As many threads as `asked` (0: as there are processors), but no more than can be of use. At least 1. */
size_t crew_size(unsigned asked, size_t useful);
/** A crew of `threads` workers, zeroed. */
void crew_begin(Crew *crew, size_t threads, size_t worker_size);
void crew_end(Crew *crew);
void *crew_worker(const Crew *crew, size_t index);
/** For work that finds the rest not worth doing; sets *why too, unless it is NULL. */
void crew_stop(Crew *crew, atomic_bool *why);
bool crew_stopped(const Crew *crew);
/** Does the pieces 0 to count - 1, each once, begun in ascending order; none is begun after crew_stop, and
 * those begun are done to their end. A thread that cannot be had is done without. Returns when all threads
 * are done.
 */
void crew_run(Crew *crew, size_t count, CrewWork work);

/** Does the numbers `first` to end - 1. */
typedef void (*CrewStretch)(void *context, size_t first, size_t end);

/** Does the numbers 0 to count - 1 in stretches of `size`, each once, on as many threads as crew_size gives;
 * in the caller's alone where one stretch holds them all. */
void crew_each(unsigned threads, size_t count, size_t size, CrewStretch work, void *context);

#endif
