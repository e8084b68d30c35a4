/* worker_build - the frames of the conversation between the two ends of lua/worker.
 */
#ifndef PERFEVAL_LUA_WORKER_BUILD_H
#define PERFEVAL_LUA_WORKER_BUILD_H

#include "lua/worker.h"

#include <assert.h>
#include <string.h>
#include <sys/types.h>

#define MEBIBYTE ((size_t)1024 * 1024)

/* Bytes that are copied rather than sent by themselves. */
#define FRAME_JOINED ((size_t)64 * 1024)

/* A frame is: size of what follows (u32), kind (u32), then by kind
 *   request, parent:      the bytes
 *   reply, child:         the scripts it took of those it knew (bits, u32), count of messages, the messages,
 *                         the bytes
 *   need, child:          kind and name of a script
 *   script, parent:       count of messages, the messages, then without errors path and source
 *   demand, child:        what it asks for
 *   supply, parent:       count of messages, the messages, then without errors the bytes
 *   farewell, child:      see lua/clock */
typedef enum FrameKind {
    FRAME_REQUEST,
    FRAME_REPLY,
    FRAME_NEED,
    FRAME_SCRIPT,
    FRAME_FAREWELL,
    FRAME_DEMAND,
    FRAME_SUPPLY
} FrameKind;

static inline void set_u32(char *at, size_t value) {
    uint32_t number = (uint32_t)value;
    memcpy(at, &number, sizeof number);
}

static inline void frame_begin(Buffer *frame, FrameKind kind) {
    frame->size = 0;
    wire_add_u32(frame, 0);
    wire_add_u32(frame, kind);
}

/* `rest`: bytes that will be sent behind the frame without being copied into it. */
static inline void frame_end(Buffer *frame, Str rest) {
    size_t size = frame->size + rest.size - sizeof(uint32_t);
    assert(size <= UINT32_MAX);
    set_u32(frame->data, size);
}

/* A short rest goes with the frame: the other end wakes once. What is left of it. */
static inline Str frame_join(Buffer *frame, Str rest) {
    if (rest.size > FRAME_JOINED) return rest;
    buffer_add(frame, rest);
    return (Str){"", 0};
}

static inline Str rest_of(const WireReader *reader) {
    return str_slice(reader->bytes, reader->at, reader->bytes.size);
}

/** In the child: confines it and runs the body; it ends there. */
_Noreturn void worker_run_child(int socket, const WorkerLimits *limits, pid_t parent, WorkerBody body,
                                void *context);

#endif
