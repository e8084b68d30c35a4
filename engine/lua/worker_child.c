#include "base/file.h"
#include "lua/clock.h"
#include "lua/confine.h"
#include "lua/messages.h"
#include "lua/worker_build.h"

#include <errno.h>
#include <unistd.h>

/* Address space over what is mapped at the fork and the Lua state: the C library, stacks, arenas. */
#define WORKER_ROOM (64 * MEBIBYTE)

struct WorkerChannel {
    int socket;
    WorkerLimits limits;
    Buffer frame;   /* the frame under way, either direction */
    Buffer request; /* one that came while something else was waited for */
    bool requested; /* there is one */
    const Ahead *known;
    uint32_t taken; /* of these, each a bit */
};

static_assert(FOLDER_AHEAD <= 32, "a bit for each script");

/* A socket that fails while the parent lives is told by the exit code. */
static void child_write(int socket, Str bytes) {
    while (bytes.size) {
        ssize_t done = write(socket, bytes.data, bytes.size);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) _exit(EXIT_IO);
        bytes = str_slice(bytes, (size_t)done, bytes.size);
    }
}

static bool child_read(int socket, char *to, size_t size) {
    while (size) {
        ssize_t done = read(socket, to, size);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) _exit(EXIT_IO);
        if (done == 0) return false;
        to += done;
        size -= (size_t)done;
    }
    return true;
}

static void child_send(WorkerChannel *channel, Str rest) {
    frame_end(&channel->frame, rest);
    rest = frame_join(&channel->frame, rest);
    clock_hold(true);
    child_write(channel->socket, buffer_view(&channel->frame));
    child_write(channel->socket, rest);
    clock_hold(false);
}

static void swap(Buffer *a, Buffer *b) {
    Buffer kept = *a;
    *a = *b;
    *b = kept;
}

/* The frame is what stands behind the kind. */
static bool child_take(WorkerChannel *channel, uint32_t *kind) {
    uint32_t head[2]; /* the size, of which the kind is a part */
    channel->frame.size = 0;
    if (!child_read(channel->socket, (char *)head, sizeof head)) return false;
    if (head[0] < sizeof *head) _exit(EXIT_INTERNAL);
    size_t size = head[0] - sizeof *head;
    if (!child_read(channel->socket, buffer_reserve(&channel->frame, size), size)) return false;
    channel->frame.size = size;
    *kind = head[1];
    return true;
}

/* A child may ask before it takes its first request, which then comes first. */
static bool child_receive(WorkerChannel *channel, FrameKind kind) {
    uint32_t got;
    if (!child_take(channel, &got)) return false;
    if (got == FRAME_REQUEST && kind != FRAME_REQUEST && !channel->requested) {
        swap(&channel->request, &channel->frame);
        channel->requested = true;
        if (!child_take(channel, &got)) return false;
    }
    if (got != kind) _exit(EXIT_INTERNAL);
    return true;
}

static bool child_read_frame(WorkerChannel *channel, FrameKind kind, WireReader *reader) {
    bool there = child_receive(channel, kind);
    *reader = (WireReader){buffer_view(&channel->frame), 0, false};
    return there;
}

const WorkerLimits *worker_channel_limits(const WorkerChannel *channel) { return &channel->limits; }

bool worker_receive(WorkerChannel *channel, Buffer *request) {
    bool before = channel->requested;
    channel->requested = false;
    if (!before && !child_receive(channel, FRAME_REQUEST)) return false;
    swap(request, before ? &channel->request : &channel->frame); /* no second copy of what may be large */
    return true;
}

static void begin_reply(WorkerChannel *channel, const Diag *diag) {
    frame_begin(&channel->frame, FRAME_REPLY);
    wire_add_u32(&channel->frame, channel->taken);
    messages_add(&channel->frame, diag);
}

void worker_reply(WorkerChannel *channel, Str reply, const Diag *diag) {
    begin_reply(channel, diag);
    child_send(channel, diag && diag_has_errors(diag) ? STR("") : reply);
}

/* Piece by piece through a frame of this size. */
#define FRAME_PIECE ((size_t)32 * 1024)

static void send_piece(WorkerChannel *channel, Str piece) {
    if (channel->frame.size + piece.size > FRAME_PIECE) {
        child_write(channel->socket, buffer_view(&channel->frame));
        channel->frame.size = 0;
    }
    if (piece.size > FRAME_PIECE)
        child_write(channel->socket, piece);
    else
        buffer_add(&channel->frame, piece);
}

void worker_reply_pieces(WorkerChannel *channel, const Str *pieces, size_t count, const Diag *diag) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += pieces[i].size;
    begin_reply(channel, diag);
    frame_end(&channel->frame, (Str){"", size});
    clock_hold(true);
    for (size_t i = 0; i < count; i++) send_piece(channel, pieces[i]);
    child_write(channel->socket, buffer_view(&channel->frame));
    clock_hold(false);
}

void worker_know(WorkerChannel *channel, const Ahead *known) { channel->known = known; }

bool worker_script(WorkerChannel *channel, const char *kind, Str name, Arena *arena, Script *out,
                   Diag *diag) {
    const Script *known = channel->known && !*kind ? folder_find_ahead(channel->known, name) : NULL;
    if (known) {
        channel->taken |= 1u << (known - channel->known->scripts);
        *out = *known;
        return true;
    }
    frame_begin(&channel->frame, FRAME_NEED);
    wire_add_text(&channel->frame, str_of(kind));
    wire_add_text(&channel->frame, name);
    child_send(channel, STR(""));
    WireReader reader;
    if (!child_read_frame(channel, FRAME_SCRIPT, &reader)) _exit(EXIT_INTERNAL);
    if (!messages_read(&reader, diag)) return false;
    out->path = arena_copy(arena, wire_text(&reader));
    out->source = arena_copy(arena, wire_text(&reader));
    return true;
}

bool worker_demand(WorkerChannel *channel, const char *what, Buffer *out, Diag *diag) {
    frame_begin(&channel->frame, FRAME_DEMAND);
    child_send(channel, str_of(what));
    WireReader reader;
    if (!child_read_frame(channel, FRAME_SUPPLY, &reader)) _exit(EXIT_INTERNAL);
    if (!messages_read(&reader, diag)) return false;
    buffer_add(out, rest_of(&reader));
    return true;
}

void worker_begin_call(WorkerChannel *channel) {
    (void)channel;
    clock_begin_call();
}

void worker_watch(WorkerChannel *channel, void *state, Place (*place)(void *state)) {
    (void)channel;
    clock_watch(state, place);
}

static void refuse_start(WorkerChannel *channel, const char *failed) {
    Diag *diag = diag_new();
    Buffer cause = {0};
    message_fill_both(&cause, TEXT_START_FAILED, (const Str[]){str_of(failed), file_cause(errno)}, 2);
    diag_add(diag, MESSAGE_WORKER_START, NULL, buffer_view(&cause));
    worker_reply(channel, STR(""), diag);
    _exit(EXIT_INTERNAL);
}

/* The timer is made before the lock, which knows no call to make one. */
_Noreturn void worker_run_child(int socket, const WorkerLimits *limits, pid_t parent, WorkerBody body,
                                void *context) {
    WorkerChannel channel = {.socket = socket, .limits = *limits};
    size_t memory = limits->memory_bytes + 4 * limits->message_bytes + WORKER_ROOM;
    const char *failed = confine_process(parent, &channel.socket);
    if (!failed && !clock_start(channel.socket, FRAME_FAREWELL, limits->call_seconds, limits->cpu_seconds))
        failed = "timer";
    if (!failed) failed = confine_lock(memory, limits->cpu_seconds);
    if (failed) refuse_start(&channel, failed);
    body(&channel, context);
    _exit(0);
}
