#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdio.h>
#include <string.h>

/* Blocks double from the first to the largest: many arenas hold little, and a page that nothing stands on is
 * not touched. */
#ifndef ARENA_BLOCK_SIZE
#define ARENA_BLOCK_SIZE ((size_t)16 * 1024)
#endif
#define FIRST_BLOCK_SIZE ((size_t)1024)

/* Objects from here on have a block of their own. */
#define LARGE_OBJECT ((size_t)256 * 1024)

struct ArenaBlock {
    ArenaBlock *before;
    size_t room;
    alignas(max_align_t) char bytes[];
};

static size_t aligned(size_t size) {
    size_t step = alignof(max_align_t);
    return (size + step - 1) / step * step;
}

static void add_block(Arena *arena, size_t size) {
    size_t room = arena->last ? arena->last->room * 2 : FIRST_BLOCK_SIZE;
    if (room > ARENA_BLOCK_SIZE) room = ARENA_BLOCK_SIZE;
    if (room < size) room = size;
    ArenaBlock *block = memory_resize(NULL, sizeof *block + room, 1);
    block->before = arena->last;
    block->room = room;
    arena->last = block;
    arena->free_from = block->bytes;
    arena->free_size = room;
}

/* A block for one object, which the system has zeroed already; what is left of the last block stays in use.
 */
static void *add_large(Arena *arena, size_t size) {
    ArenaBlock *block = memory_new(1, sizeof *block + size);
    ArenaBlock **link = arena->last ? &arena->last->before : &arena->last;
    block->before = *link;
    block->room = ARENA_BLOCK_SIZE; /* of the next usual one */
    *link = block;
    return block->bytes;
}

/* Not zeroed. `needed` is aligned, and less than a large object. */
static inline void *take(Arena *arena, size_t needed) {
    if (needed > arena->free_size || !arena->free_from) add_block(arena, needed);
    void *block = arena->free_from;
    arena->free_from += needed;
    arena->free_size -= needed;
    return block;
}

void *arena_new(Arena *arena, size_t count, size_t size) {
    size_t needed = aligned(memory_product(count, size));
    if (needed >= LARGE_OBJECT) return add_large(arena, needed);
    return memset(take(arena, needed), 0, needed);
}

void *arena_room(Arena *arena, size_t count, size_t size) {
    size_t needed = aligned(memory_product(count, size));
    return needed < LARGE_OBJECT ? take(arena, needed) : add_large(arena, needed);
}

Str arena_copy(Arena *arena, Str text) {
    char *copy = arena_room(arena, text.size + 1, 1);
    if (text.size) memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return (Str){copy, text.size};
}

Str arena_format(Arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t length = size > 0 ? (size_t)size : 0;
    char *text = arena_new(arena, length + 1, 1);
    vsnprintf(text, length + 1, format, again);
    va_end(again);
    return (Str){text, length};
}

void arena_take(Arena *to, Arena *from) {
    ArenaBlock *first = from->last;
    while (first && first->before) first = first->before;
    if (first && to->last) { /* behind its last block, which stays in use */
        first->before = to->last->before;
        to->last->before = from->last;
    } else if (first) {
        *to = *from;
    }
    *from = (Arena){0};
}

void arena_release(Arena *arena) {
    while (arena->last) {
        ArenaBlock *before = arena->last->before;
        memory_free(arena->last);
        arena->last = before;
    }
    *arena = (Arena){0};
}
