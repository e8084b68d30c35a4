#include "lua/worker_build.h"

#include "base/file.h"
#include "base/memory.h"
#include "lua/clock.h"
#include "lua/messages.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Scripts that one child may ask for, and their bytes together. */
#ifndef WORKER_SCRIPTS
#define WORKER_SCRIPTS 64
#endif
#ifndef WORKER_SOURCES_LIMIT
#define WORKER_SOURCES_LIMIT MEBIBYTE
#endif

struct Worker {
    pid_t child; /* 0 once it has ended */
    int socket;
    WorkerLimits limits;
    const Folders *folders;
    const Ahead *known;
    Buffer frame;
    size_t scripts, source_bytes; /* given out */
    bool broken;                  /* the socket failed, whatever became of the child */
    WorkerSupply supply;
    void *context; /* of supply */
};

void worker_supply_from(Worker *worker, WorkerSupply supply, void *context) {
    worker->supply = supply;
    worker->context = context;
}

void worker_knows(Worker *worker, const Ahead *known) { worker->known = known; }

Worker *worker_start(WorkerBody body, void *context, const WorkerLimits *limits, const Folders *folders,
                     Diag *diag) {
    int sockets[2] = {-1, -1};
    pid_t parent = getpid();
    pid_t child = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) == 0 ? fork() : -1;
    if (child == 0) worker_run_child(sockets[1], limits, parent, body, context);
    int error = errno;
    if (sockets[1] >= 0) close(sockets[1]);
    if (child < 0) {
        if (sockets[0] >= 0) close(sockets[0]);
        diag_add(diag, MESSAGE_WORKER_START, NULL, file_cause(error));
        return NULL;
    }
    Worker *worker = memory_new(1, sizeof *worker);
    *worker = (Worker){.child = child, .socket = sockets[0], .limits = *limits, .folders = folders};
    return worker;
}

/* Ends the child if it still runs; its wait status and what it used. False when that is not to be known. */
static bool end_child(Worker *worker, int *status, struct rusage *usage) {
    if (worker->child == 0) return false;
    kill(worker->child, SIGKILL);
    pid_t ended;
    do ended = wait4(worker->child, status, 0, usage);
    while (ended < 0 && errno == EINTR);
    worker->child = 0;
    return ended > 0;
}

void worker_expect(Worker *worker, size_t bytes) {
    worker->frame.size = 0;
    memset(buffer_reserve(&worker->frame, bytes), 0, bytes);
}

void worker_end(Worker *worker) {
    if (worker && worker->child) kill(worker->child, SIGKILL);
}

/* Ends the child whatever it is doing. */
static void stop(Worker *worker) {
    int status;
    struct rusage usage;
    end_child(worker, &status, &usage);
}

void worker_free(Worker *worker) {
    if (!worker) return;
    stop(worker);
    close(worker->socket);
    buffer_release(&worker->frame);
    memory_free(worker);
}

static bool fail(Worker *worker, Diag *diag, MessageId message, Str argument, Str flag) {
    stop(worker);
    diag_add(diag, message, NULL, argument, flag);
    return false;
}

static bool fail_number(Worker *worker, Diag *diag, MessageId message, double number, Str flag) {
    char text[32];
    int size = snprintf(text, sizeof text, "%g", number);
    return fail(worker, diag, message, (Str){text, (size_t)size}, flag);
}

static bool garbled(Worker *worker, Diag *diag, MessageId detail) {
    return fail(worker, diag, MESSAGE_WORKER_PROTOCOL, message_words(detail), STR(""));
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec * 1e-6; }

/* What a child that has closed its socket died of. It is waited for without a signal first: it is ending, or
 * ends when it finds the socket closed. */
static bool explain_death(Worker *worker, Diag *diag) {
    int status = 0;
    struct rusage usage = {0};
    pid_t ended;
    shutdown(worker->socket, SHUT_RDWR);
    do ended = wait4(worker->child, &status, 0, &usage);
    while (ended < 0 && errno == EINTR);
    worker->child = 0;
    double cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    int number = ended > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (number == SIGXCPU || (number == SIGKILL && cpu >= worker->limits.cpu_seconds)) {
        limits_add_cpu(diag, &worker->limits, true, NULL, STR(""));
        return false;
    }
    if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == MEMORY_EXIT_CODE) {
        limits_add_memory(diag, &worker->limits, NULL, STR(""));
        return false;
    }
    /* it was told to end by the closed socket, or its side of the socket failed */
    bool told = worker->broken && (number == 0 || number == SIGPIPE);
    if (told || (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_IO))
        return fail(worker, diag, MESSAGE_WORKER_CHANNEL, STR(""), STR(""));
    char text[16];
    snprintf(text, sizeof text, "%d", number ? number : ended > 0 ? WEXITSTATUS(status) : -1);
    Str arguments[] = {str_of(text), str_of(number ? sigdescr_np(number) : "")};
    Buffer how = {0};
    message_fill_both(&how, number ? TEXT_DIED_BY_SIGNAL : TEXT_DIED_WITH_STATUS, arguments, 2);
    fail(worker, diag, MESSAGE_WORKER_DIED, buffer_view(&how), STR(""));
    buffer_release(&how);
    return false;
}

static int64_t milliseconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef enum Transfer { TRANSFER_DONE, TRANSFER_LATE, TRANSFER_CLOSED } Transfer;

/* Waits until the socket can be read or written, or `until`. */
static bool wait_ready(int socket, short events, int64_t until) {
    for (;;) {
        int64_t left = until - milliseconds();
        if (left <= 0) return false;
        struct pollfd wanted = {socket, events, 0};
        int ready = poll(&wanted, 1, left > 1000000 ? 1000000 : (int)left);
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return true; /* the transfer will tell */
    }
}

static bool again(ssize_t done) { return done < 0 && (errno == EAGAIN || errno == EINTR); }

static Transfer parent_read(Worker *worker, char *to, size_t size, int64_t until) {
    while (size) {
        if (!wait_ready(worker->socket, POLLIN, until)) return TRANSFER_LATE;
        ssize_t done = recv(worker->socket, to, size, MSG_DONTWAIT);
        if (again(done)) continue;
        if (done < 0) worker->broken = true;
        if (done <= 0) return TRANSFER_CLOSED;
        to += done;
        size -= (size_t)done;
    }
    return TRANSFER_DONE;
}

static Transfer parent_write(Worker *worker, Str bytes, int64_t until) {
    while (bytes.size) {
        ssize_t done = send(worker->socket, bytes.data, bytes.size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (again(done) && !wait_ready(worker->socket, POLLOUT, until)) return TRANSFER_LATE;
        if (again(done)) continue;
        if (done < 0) worker->broken = true;
        if (done <= 0) return TRANSFER_CLOSED;
        bytes = str_slice(bytes, (size_t)done, bytes.size);
    }
    return TRANSFER_DONE;
}

static int64_t deadline(const Worker *worker) {
    return milliseconds() + (int64_t)(worker->limits.wall_seconds * 1000);
}

static bool too_late(Worker *worker, Diag *diag) {
    return fail_number(worker, diag, MESSAGE_WALL_LIMIT, worker->limits.wall_seconds, STR("--time-limit"));
}

/* Sends the frame and `rest`. A closed socket is no error yet: what the child said before it ended is read
 * next. */
static bool parent_send(Worker *worker, Str rest, Diag *diag) {
    int64_t until = deadline(worker);
    frame_end(&worker->frame, rest);
    rest = frame_join(&worker->frame, rest);
    Transfer transfer = parent_write(worker, buffer_view(&worker->frame), until);
    if (transfer == TRANSFER_DONE) transfer = parent_write(worker, rest, until);
    return transfer != TRANSFER_LATE || too_late(worker, diag);
}

static bool parent_receive(Worker *worker, WireReader *reader, Diag *diag) {
    int64_t until = deadline(worker);
    uint32_t size = 0;
    worker->frame.size = 0;
    Transfer transfer = parent_read(worker, (char *)&size, sizeof size, until);
    if (transfer == TRANSFER_DONE) {
        if (size > worker->limits.message_bytes)
            return fail_number(worker, diag, MESSAGE_OUTPUT_TOO_LARGE,
                               (double)worker->limits.message_bytes / (double)MEBIBYTE,
                               STR("--output-limit"));
        transfer = parent_read(worker, buffer_reserve(&worker->frame, size), size, until);
    }
    if (transfer == TRANSFER_LATE) return too_late(worker, diag);
    if (transfer == TRANSFER_CLOSED) return explain_death(worker, diag);
    worker->frame.size = size;
    *reader = (WireReader){buffer_view(&worker->frame), 0, false};
    return true;
}

/* ---- what the child may say: each handler answers whether the conversation goes on, and whether it is over
 */

typedef enum Step { STEP_NEXT, STEP_DONE, STEP_FAILED } Step;

/* False when the child says that it took what it never had. */
static bool tell_taken(const Worker *worker, uint32_t taken) {
    size_t count = worker->known ? worker->known->count : 0;
    for (size_t i = 0; i < count; i++)
        if (taken >> i & 1) folder_tell(worker->folders, &worker->known->scripts[i]);
    return taken >> count == 0;
}

static Step take_reply(Worker *worker, WireReader *reader, Buffer *reply, Diag *diag) {
    if (!tell_taken(worker, wire_u32(reader)))
        return garbled(worker, diag, TEXT_PROTOCOL_SCRIPT), STEP_FAILED;
    bool fine = messages_read(reader, diag);
    if (reader->bad) return garbled(worker, diag, TEXT_PROTOCOL_MESSAGES), STEP_FAILED;
    if (!fine) {
        stop(worker);
        return STEP_FAILED;
    }
    /* the frame becomes the reply: no second copy of what may be large */
    size_t head = reader->at;
    Buffer spare = *reply;
    *reply = worker->frame;
    worker->frame = spare;
    memmove(reply->data, reply->data + head, reply->size - head);
    reply->size -= head;
    return STEP_DONE;
}

static bool is_kind(Str kind) { return kind.size == 0 || str_is(kind, "reports") || str_is(kind, "formats"); }

static bool read_script(Worker *worker, const char *kind, Str name, Arena *arena, Script *script,
                        Diag *diag) {
    if (!folder_read_script(worker->folders, kind, name, arena, script, diag)) return false;
    worker->source_bytes += script->source.size;
    if (worker->source_bytes <= WORKER_SOURCES_LIMIT) return true;
    Str total = arena_format(arena, "%zu", worker->source_bytes);
    Str limit = arena_format(arena, "%zu", (size_t)WORKER_SOURCES_LIMIT);
    diag_add(diag, MESSAGE_SOURCE_TOO_LARGE, NULL, STR("scripts/"), total, limit);
    return false;
}

static bool give_script(Worker *worker, Str kind, Str name, Diag *diag) {
    Arena arena = {0};
    Script script = {0};
    Diag *errors = diag_new(); /* the child's: it knows where the script was asked for */
    bool found =
        read_script(worker, arena_copy(&arena, kind).data, arena_copy(&arena, name), &arena, &script, errors);
    frame_begin(&worker->frame, FRAME_SCRIPT);
    messages_add(&worker->frame, errors);
    if (found) wire_add_text(&worker->frame, script.path);
    if (found) wire_add_text(&worker->frame, script.source);
    diag_free(errors);
    arena_release(&arena);
    return parent_send(worker, STR(""), diag);
}

static Step take_need(Worker *worker, WireReader *reader, Buffer *reply, Diag *diag) {
    (void)reply;
    Str kind = wire_text(reader), name = wire_text(reader);
    if (!wire_done(reader) || !is_kind(kind)) return garbled(worker, diag, TEXT_PROTOCOL_SCRIPT), STEP_FAILED;
    if (!worker->folders || ++worker->scripts > WORKER_SCRIPTS)
        return garbled(worker, diag, TEXT_PROTOCOL_SCRIPTS), STEP_FAILED;
    return give_script(worker, kind, name, diag) ? STEP_NEXT : STEP_FAILED;
}

static Step take_demand(Worker *worker, WireReader *reader, Buffer *reply, Diag *diag) {
    (void)reply;
    Buffer out = {0};
    Diag *errors = diag_new();
    if (!worker->supply) return garbled(worker, diag, TEXT_PROTOCOL_KIND), STEP_FAILED;
    bool made = worker->supply(worker->context, rest_of(reader), &out, errors);
    frame_begin(&worker->frame, FRAME_SUPPLY);
    messages_add(&worker->frame, errors);
    bool sent = parent_send(worker, made ? buffer_view(&out) : STR(""), diag);
    diag_free(errors);
    buffer_release(&out);
    return sent ? STEP_NEXT : STEP_FAILED;
}

/* A zero-padded text of a farewell. */
static Str padded(WireReader *reader, size_t size) {
    Str text = wire_bytes(reader, size);
    return str_slice(text, 0, str_find(text, '\0', 0));
}

static Step take_farewell(Worker *worker, WireReader *reader, Buffer *reply, Diag *diag) {
    (void)reply;
    uint32_t limit = wire_u32(reader);
    Place place = {.line = wire_u32(reader)};
    place.column = wire_u32(reader);
    place.span = wire_u32(reader);
    Str name = padded(reader, sizeof(((ClockFarewell *)0)->inside));
    place.file = padded(reader, sizeof(((ClockFarewell *)0)->file));
    place.source = padded(reader, sizeof(((ClockFarewell *)0)->source));
    if (!wire_done(reader)) return garbled(worker, diag, TEXT_PROTOCOL_LIMIT), STEP_FAILED;
    stop(worker);
    limits_add_cpu(diag, &worker->limits, limit != CLOCK_CALL, &place, name);
    return STEP_FAILED;
}

static Step (*const handlers[])(Worker *worker, WireReader *reader, Buffer *reply, Diag *diag) = {
    [FRAME_REPLY] = take_reply,
    [FRAME_NEED] = take_need,
    [FRAME_DEMAND] = take_demand,
    [FRAME_FAREWELL] = take_farewell,
};

static Step take_frame(Worker *worker, Buffer *reply, Diag *diag) {
    WireReader reader;
    if (!parent_receive(worker, &reader, diag)) return STEP_FAILED;
    uint32_t kind = wire_u32(&reader);
    if (reader.bad || kind >= sizeof handlers / sizeof *handlers || !handlers[kind])
        return garbled(worker, diag, TEXT_PROTOCOL_KIND), STEP_FAILED;
    return handlers[kind](worker, &reader, reply, diag);
}

bool worker_send(Worker *worker, Str request, Diag *diag) {
    if (worker->child == 0) {
        diag_add(diag, MESSAGE_WORKER_DIED, NULL, message_words(TEXT_DIED_BEFORE));
        return false;
    }
    frame_begin(&worker->frame, FRAME_REQUEST);
    return parent_send(worker, request, diag);
}

bool worker_take(Worker *worker, Buffer *reply, Diag *diag) {
    Step step;
    do step = take_frame(worker, reply, diag);
    while (step == STEP_NEXT);
    return step == STEP_DONE;
}

bool worker_ask(Worker *worker, Str request, Buffer *reply, Diag *diag) {
    return worker_send(worker, request, diag) && worker_take(worker, reply, diag);
}
