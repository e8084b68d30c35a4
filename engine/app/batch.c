#include "app/batch.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Largest answer of a child. */
#define ANSWER_LIMIT ((size_t)1 << 20)

/* A child at work. */
typedef struct Slot {
    pid_t child; /* 0: free */
    int descriptor;
    size_t run;
    double start, deadline; /* milliseconds */
    bool late, loud, deaf;  /* ended for its time; for what it wrote; its answer could not be read */
    Buffer answer;
} Slot;

typedef struct Pool {
    Batch *batch;
    Slot *slots;
    unsigned slot_count;
    size_t *queue; /* runs, in the order of starting; a run that is tried again stands at the end once more */
    size_t queued, next;
    int *locks; /* of each job: -1: not held */
    Diag *diag;
} Pool;

ExitCode batch_worse(ExitCode a, ExitCode b) {
    static const ExitCode order[] = {EXIT_INTERNAL, EXIT_USAGE, EXIT_IO,      EXIT_LIMIT,
                                     EXIT_RULES,    EXIT_DATA,  EXIT_FINDINGS};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i]) return order[i];
    return EXIT_DONE;
}

/* ---- locks, and what was left behind */

/* The lock of a job; -1 when another process has it (no message) or it cannot be had. */
static int take_lock(Pool *pool, const Job *job) {
    Arena *arena = &pool->batch->arena;
    Str folder = path_join(arena, pool->batch->jobs->records, job->name);
    if (!file_make_folders(folder, pool->diag)) return -1;
    Str path = path_join(arena, folder, STR(".lock"));
    int lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
    if (lock >= 0 && errno == EWOULDBLOCK)
        diag_add(pool->diag, MESSAGE_JOB_LOCKED, NULL, job->name);
    else
        diag_add(pool->diag, MESSAGE_FILE_WRITE, NULL, path, file_cause(errno));
    if (lock >= 0) close(lock);
    return -1;
}

/* True for ".NAME.perfeval-PID…" of a process that is no more. */
static bool is_left(Str name) {
    Str marker = STR(".perfeval-");
    size_t at = 0;
    if (name.data[0] != '.') return false;
    for (size_t i = 1; i + marker.size < name.size; i++)
        if (str_starts(str_slice(name, i, name.size), marker)) at = i + marker.size;
    long process = 0;
    while (at > 0 && at < name.size && name.data[at] >= '0' && name.data[at] <= '9' && process < 1L << 30)
        process = process * 10 + (name.data[at++] - '0');
    return process > 0 && kill((pid_t)process, 0) < 0 && errno == ESRCH;
}

static void sweep(Arena *arena, Str folder) {
    size_t count;
    Str *names = file_list(arena, folder, STR(""), &count);
    for (size_t i = 0; i < count; i++)
        if (is_left(names[i])) unlink(path_join(arena, folder, names[i]).data);
}

static int compare_texts(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Every folder that runs write to, once. */
static void sweep_all(Pool *pool) {
    const Jobs *jobs = pool->batch->jobs;
    Arena arena = {0};
    size_t count = 0, room = 2;
    for (size_t i = 0; i < jobs->run_count; i++) room += 1 + jobs->runs[i].job->output_count;
    Str *folders = arena_new(&arena, room, sizeof *folders);
    folders[count++] = jobs->records;
    folders[count++] = path_join(&arena, jobs->records, STR("objects"));
    for (size_t i = 0; i < jobs->run_count; i++) {
        const JobRun *run = &jobs->runs[i];
        if (pool->locks[run->job_number] < 0) continue;
        folders[count++] = arena_format(&arena, "%.*s/%.*s/%.*s", STR_FMT(jobs->records),
                                        STR_FMT(run->job->name), STR_FMT(run->id));
        for (size_t j = 0; j < run->job->output_count; j++)
            folders[count++] = path_folder(&arena, run->outputs[j].path);
    }
    qsort(folders, count, sizeof *folders, compare_texts);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || !str_equal(folders[i], folders[i - 1])) sweep(&arena, folders[i]);
    arena_release(&arena);
}

/* ---- children */

static bool start(Pool *pool, Slot *slot, size_t number) {
    Batch *batch = pool->batch;
    const JobRun *run = &batch->jobs->runs[number];
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return false;
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        if (getppid() != parent) _exit(EXIT_INTERNAL);
        job_child(batch->jobs, run, batch->options, ends[1]);
    }
    int cause = errno;
    close(ends[1]);
    if (child < 0) close(ends[0]);
    errno = cause;
    if (child < 0) return false;
    double now = stats_now();
    *slot = (Slot){.child = child,
                   .descriptor = ends[0],
                   .run = number,
                   .start = now,
                   .deadline = now + 1000.0 * run->job->seconds};
    batch->results[number].tries++;
    joblog_start(batch, number);
    return true;
}

/* A run that failed may go again where that can help. */
static bool is_worth_another(const JobResult *result, const Job *job) {
    bool kind = result->code == EXIT_IO || result->code == EXIT_LIMIT;
    return kind && result->tries <= job->retries;
}

static void add_message(Buffer *out, const Batch *batch, MessageId message, Str argument) {
    Diag *diag = diag_new();
    diag_add(diag, message, NULL, argument);
    diag_render(out, diag_item(diag, 0), batch->options->language);
    diag_free(diag);
}

/* Of a run whose child has not answered. */
static ExitCode code_of_silent(const Slot *slot, int status) {
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_INTERNAL;
    if (slot->late || code == MEMORY_EXIT_CODE) return EXIT_LIMIT;
    return slot->deaf || code == EXIT_IO ? EXIT_IO : EXIT_INTERNAL;
}

static void finish(Pool *pool, Slot *slot) {
    Batch *batch = pool->batch;
    const JobRun *run = &batch->jobs->runs[slot->run];
    JobResult *result = &batch->results[slot->run];
    JobAnswer answer = {.code = EXIT_INTERNAL};
    Buffer messages = {0};
    int status = 0;
    close(slot->descriptor);
    while (waitpid(slot->child, &status, 0) < 0 && errno == EINTR) continue;
    bool whole = !slot->late && !slot->loud && WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
                 job_answer(buffer_view(&slot->answer), &answer);
    bool starved = WIFEXITED(status) && WEXITSTATUS(status) == MEMORY_EXIT_CODE; /* it has said so */
    if (whole)
        buffer_add(&messages, answer.messages);
    else
        answer = (JobAnswer){.code = code_of_silent(slot, status)};
    if (slot->late)
        add_message(&messages, batch, MESSAGE_JOB_TIME, arena_format(&batch->arena, "%u", run->job->seconds));
    else if (!whole && !starved)
        add_message(&messages, batch, MESSAGE_JOB_DIED,
                    arena_format(&batch->arena, "%d", WIFSIGNALED(status) ? WTERMSIG(status) : 0));
    bool good = answer.code == EXIT_DONE || answer.code == EXIT_FINDINGS;
    result->state = answer.current ? JOB_CURRENT : good ? JOB_DONE : JOB_FAILED;
    result->code = answer.code;
    result->changed = answer.changed;
    result->projects = answer.projects;
    result->counts = arena_copy(&batch->arena, answer.counts);
    result->seconds = (stats_now() - slot->start) / 1000.0;
    bool again = result->state == JOB_FAILED && is_worth_another(result, run->job);
    joblog_end(batch, slot->run, again, buffer_view(&messages));
    if (again) pool->queue[pool->queued++] = slot->run;
    buffer_release(&messages);
    buffer_release(&slot->answer);
    *slot = (Slot){0};
}

/* True when the child has said all. */
static bool take(Slot *slot) {
    char bytes[16384];
    ssize_t count = read(slot->descriptor, bytes, sizeof bytes);
    if (count < 0) {
        slot->deaf = errno != EINTR && errno != EAGAIN;
        return slot->deaf;
    }
    buffer_add(&slot->answer, (Str){bytes, (size_t)count});
    slot->loud = slot->answer.size > ANSWER_LIMIT;
    if (slot->loud) kill(slot->child, SIGKILL);
    return count == 0 || slot->loud;
}

/* Waits for something to happen; the children that are late are ended. */
static void wait_some(Pool *pool) {
    struct pollfd *waiting = memory_new(pool->slot_count, sizeof *waiting);
    double now = stats_now(), first = INFINITY;
    for (unsigned i = 0; i < pool->slot_count; i++) {
        const Slot *slot = &pool->slots[i];
        waiting[i] = (struct pollfd){.fd = slot->child ? slot->descriptor : -1, .events = POLLIN};
        if (slot->child && slot->deadline < first) first = slot->deadline;
    }
    int timeout = first > now ? (int)fmin(ceil(first - now), 60000) : 0;
    poll(waiting, pool->slot_count, timeout);
    now = stats_now();
    for (unsigned i = 0; i < pool->slot_count; i++) {
        Slot *slot = &pool->slots[i];
        if (!slot->child) continue;
        if (waiting[i].revents && take(slot)) {
            finish(pool, slot);
        } else if (now >= slot->deadline) {
            slot->late = true;
            kill(slot->child, SIGKILL);
            finish(pool, slot);
        }
    }
    memory_free(waiting);
}

static Slot *free_slot(Pool *pool) {
    for (unsigned i = 0; i < pool->slot_count; i++)
        if (!pool->slots[i].child) return &pool->slots[i];
    return NULL;
}

static bool is_busy(const Pool *pool) {
    for (unsigned i = 0; i < pool->slot_count; i++)
        if (pool->slots[i].child) return true;
    return false;
}

static bool work(Pool *pool) {
    bool good = true;
    while (is_busy(pool) || (good && pool->next < pool->queued)) {
        Slot *slot = good && pool->next < pool->queued ? free_slot(pool) : NULL;
        if (slot && start(pool, slot, pool->queue[pool->next])) {
            pool->next++;
        } else if (slot && !is_busy(pool)) {
            diag_add(pool->diag, MESSAGE_WORKER_START, NULL, file_cause(errno));
            good = false;
        } else {
            wait_some(pool); /* also where processes are short for a while */
        }
    }
    return good;
}

static void take_locks(Pool *pool) {
    const Jobs *jobs = pool->batch->jobs;
    for (size_t i = 0; i < jobs->count; i++) pool->locks[i] = take_lock(pool, &jobs->items[i]);
    for (size_t i = 0; i < jobs->run_count; i++) {
        if (pool->locks[jobs->runs[i].job_number] >= 0) {
            pool->queue[pool->queued++] = i;
            continue;
        }
        pool->batch->results[i] = (JobResult){.state = JOB_ELSEWHERE, .code = EXIT_IO};
    }
}

bool batch_run(Batch *batch, Diag *diag) {
    const Jobs *jobs = batch->jobs;
    Pool pool = {.batch = batch, .diag = diag, .slot_count = batch->options->jobs};
    if (pool.slot_count == 0) pool.slot_count = (unsigned)crew_size(0, CLI_THREADS);
    size_t room = 1;
    for (size_t i = 0; i < jobs->run_count; i++) room += 1 + jobs->runs[i].job->retries;
    batch->results = arena_new(&batch->arena, jobs->run_count + 1, sizeof *batch->results);
    pool.slots = arena_new(&batch->arena, pool.slot_count, sizeof *pool.slots);
    pool.queue = arena_new(&batch->arena, room, sizeof *pool.queue);
    pool.locks = arena_new(&batch->arena, jobs->count + 1, sizeof *pool.locks);
    take_locks(&pool);
    sweep_all(&pool);
    bool good = work(&pool);
    for (size_t i = 0; i < jobs->count; i++)
        if (pool.locks[i] >= 0) close(pool.locks[i]);
    return good;
}
