/* arena - memory that is freed all at once.
 *
 * Ownership, stated once for the project: who creates frees. A Dataset, Plan, Results or Diag owns an arena,
 * and all that it hands out as a const pointer or a Str lives there: borrowed, valid until the owner is
 * freed.
 */
#ifndef PERFEVAL_BASE_ARENA_H
#define PERFEVAL_BASE_ARENA_H

#include "base/str.h"

typedef struct ArenaBlock ArenaBlock;

/** An arena is born as {0}. */
typedef struct Arena {
    ArenaBlock *last;
    char *free_from;
    size_t free_size;
} Arena;

/** `count` objects of `size` bytes, zeroed, aligned for any type. Never NULL. */
void *arena_new(Arena *arena, size_t count, size_t size);
/** The same, not zeroed: for what is written as a whole at once. */
void *arena_room(Arena *arena, size_t count, size_t size);
/** A copy of `text` in the arena, with a NUL behind it. */
Str arena_copy(Arena *arena, Str text);
/** printf into the arena. */
Str arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** All that `from` gave out belongs to `to` from now on; `from` is empty. */
void arena_take(Arena *to, Arena *from);
/** Frees everything the arena gave out and leaves it empty. */
void arena_release(Arena *arena);

#endif
