/* memory - the one place that asks the C library for memory.
 *
 * Running out of memory is a limit, not a bug: the process ends with exit code 4 and a fixed line on stderr
 * (the one exception to "nothing below app/ prints": there is no memory left to carry a diagnostic upwards).
 * No file is half-written then, because files take their names only when their bytes are complete
 * (base/file_writer). GMP is given the same allocator, so it cannot abort.
 */
#ifndef PERFEVAL_BASE_MEMORY_H
#define PERFEVAL_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Exit code of a process that met a limit; also used by base/message. */
#define MEMORY_EXIT_CODE 4

/** Ends memory_try (see below), or the process where there is none. */
_Noreturn void memory_exhausted(void);

/** `count * size`, at least 1; ends the process when it does not fit into memory. */
static inline size_t memory_product(size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX / 2) memory_exhausted();
    return total ? total : 1;
}

/** `count` objects of `size` bytes, zeroed. Never NULL; `count * size` is checked. The caller frees with
 * memory_free. */
void *memory_new(size_t count, size_t size);

/** `block` (NULL allowed) resized to `count * size` bytes; what it held is kept, what is new is not zeroed.
 */
void *memory_resize(void *block, size_t count, size_t size);

/** Frees a block of memory_new or memory_resize; NULL is allowed. */
void memory_free(void *block);

/** `size` bytes, zeroed, that begin on a page and go back to the system when memory_unmap frees them: for
 * large blocks that are there for a while only, where others would keep what they take. Never NULL. */
void *memory_map(size_t size);
/** Frees a block of memory_map of that size; NULL is allowed. */
void memory_unmap(void *block, size_t size);

/** From here on the process, which has one thread and ends soon, takes its blocks of up to MEMORY_STORED
 * bytes and the chunks of its pools from one piece of some two megabytes while that lasts, whose pages the
 * system gives many at a time: behind the first 128 KiB all at once, as a huge page, where it can. What is
 * freed there is not used again. False, and without effect, where the system has no memory for it, and where
 * MEMORY_POOL_PLAIN is 1. */
bool memory_begin_store(void);
/** From here on blocks come from elsewhere again, until the store is begun once more, here or in a child that
 * is forked meanwhile. */
void memory_pause_store(void);
/** Gives the store back, and all that is in it. In the parent of such a child: its pages are the child's
 * alone then, which so need not copy them to write there. */
void memory_drop_store(void);
#define MEMORY_STORED ((size_t)64 * 1024)

/** The capacity to grow to when `needed` elements no longer fit into `capacity`: doubling, at least 16. */
size_t memory_growth(size_t capacity, size_t needed);

/* A pool: memory for the many small objects of one owner, such as a Lua state. Blocks of up to
 * MEMORY_POOL_SMALL bytes are cut from chunks and kept by size when they are given back; larger ones are
 * blocks as above. Chunks go back to the system with the pool only. Sanitizers and valgrind see every block
 * when MEMORY_POOL_PLAIN is 1. */

#ifndef MEMORY_POOL_PLAIN
#define MEMORY_POOL_PLAIN 0
#endif
/** Largest block that is kept for the next of its size, in bytes; a multiple of MEMORY_POOL_STEP. */
#define MEMORY_POOL_SMALL 512
#define MEMORY_POOL_STEP  16

typedef struct MemoryChunk MemoryChunk;

/** Born as {0}. */
typedef struct MemoryPool {
    char *from; /* what is left of the last chunk */
    size_t left;
    MemoryChunk *last;
    void *kept[MEMORY_POOL_SMALL / MEMORY_POOL_STEP + 1]; /* given back, by size in steps: each leads on */
} MemoryPool;

/** `block` of `old_size` bytes (NULL and 0: none) with `size` bytes (0: given back, the answer is NULL), as
 * lua_Alloc wants it. Aligned for every object. */
void *memory_pool_resize(MemoryPool *pool, void *block, size_t old_size, size_t size);
/** Frees all blocks of up to MEMORY_POOL_SMALL bytes; larger ones must have been given back. */
void memory_pool_release(MemoryPool *pool);

/* Where the engine is a guest in the process of another program (engine/library), memory that runs out ends a
 * call, not the process. */

/** Calls `work`. False when memory ran out in it, in this thread or one of base/crew and base/relay that
 * worked for it: it was left where it stood, and what it had allocated is lost. */
bool memory_try(void (*work)(void *context), void *context);
/** True within memory_try. */
bool memory_is_tried(void);
/** From now on memory that runs out ends the process again: for a forked child, which has no way back. */
void memory_forget_try(void);

/** Gives GMP these allocators. Called once at start-up, before any number is made. */
void memory_serve_gmp(void);

#endif
