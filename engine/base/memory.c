#include "base/memory.h"

#include <gmp.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Blocks from here on are asked for in huge pages: touching fresh memory is what large data wait for most. */
#define HUGE_BLOCK ((size_t)32 << 20)
#define HUGE_PAGE  ((size_t)2 << 20)

/* Every allocation would have to be told, were it not a thread's own. NULL: there is no way back. */
static _Thread_local __attribute__((tls_model("initial-exec"))) jmp_buf *way_back;

_Noreturn void memory_exhausted(void) {
    static const char text[] =
        "perfeval: error[out-of-memory]: the machine gave no more memory; use a smaller input "
        "or raise the memory limit of this process\n";
    if (way_back) longjmp(*way_back, 1);
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(MEMORY_EXIT_CODE);
}

bool memory_try(void (*work)(void *context), void *context) {
    jmp_buf here, *before = way_back;
    volatile bool done = false; /* longjmp leaves it as it is */
    way_back = &here;
    if (setjmp(here) == 0) {
        work(context);
        done = true;
    }
    way_back = before;
    return done;
}

bool memory_is_tried(void) { return way_back != NULL; }

void memory_forget_try(void) { way_back = NULL; }

/* A wish: it is no fault when the system does not follow it. */
static void *wish_huge(void *block, size_t size) {
    if (!block) memory_exhausted();
    if (size < HUGE_BLOCK) return block;
    size_t skipped = (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE;
    madvise((char *)block + skipped, (size - skipped) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    return block;
}

/* ---- the store */

/* It begins with small pages; who needs more than those needs most often much more, and gets a huge one. */
#define STORE_SMALL ((size_t)128 * 1024)
#define STORE_STEP  ((size_t)64 * 1024)
/* With room to move the huge page to where one can be. */
#define STORE_MAPPED (STORE_SMALL + 2 * HUGE_PAGE)

/* Small memory of the whole process: see memory_begin_store. */
static struct {
    void *mapping;
    char *begin, *from, *end; /* all NULL: there is none */
    char *ready;              /* the system has been asked for the pages before */
    char *huge;               /* a huge page is wished for from here on */
    bool paused;
} store;

/* Stands before each block of the store. */
typedef struct Held {
    alignas(max_align_t) size_t size;
} Held;

bool memory_begin_store(void) {
    store.paused = false;
    if (MEMORY_POOL_PLAIN || store.begin) return store.begin != NULL;
    char *at = mmap(NULL, STORE_MAPPED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return false;
    store.mapping = at;
    store.huge = at + STORE_SMALL;
    store.huge += (HUGE_PAGE - (uintptr_t)store.huge % HUGE_PAGE) % HUGE_PAGE;
    store.begin = store.from = store.ready = store.huge - STORE_SMALL;
    store.end = store.huge + HUGE_PAGE;
    return true;
}

void memory_pause_store(void) { store.paused = true; }

void memory_drop_store(void) {
    if (store.begin) munmap(store.mapping, STORE_MAPPED);
    memset(&store, 0, sizeof store);
}

static bool is_held(const void *block) {
    return (uintptr_t)block - (uintptr_t)store.begin < (uintptr_t)store.end - (uintptr_t)store.begin;
}

/* Has the system give the next pages at once, up to `to` and some more; where it does not, each comes when it
 * is written to. */
static void make_ready(const char *to) {
    size_t size = ((size_t)(to - store.ready) + STORE_STEP - 1) / STORE_STEP * STORE_STEP;
    if (store.ready <= store.huge && to > store.huge) madvise(store.huge, HUGE_PAGE, MADV_HUGEPAGE);
    if (size > (size_t)(store.end - store.ready)) size = (size_t)(store.end - store.ready);
#ifdef MADV_POPULATE_WRITE
    madvise(store.ready, size, MADV_POPULATE_WRITE);
#endif
    store.ready += size;
}

/* With what stands before it. */
static size_t held_size(size_t size) {
    return sizeof(Held) + (size + sizeof(Held) - 1) / sizeof(Held) * sizeof(Held);
}

/* Zeroed: nothing of the store is used twice. NULL: a large block, or there is no room or no store. */
static void *hold(size_t size) {
    if (size > MEMORY_STORED || store.paused) return NULL;
    size_t whole = held_size(size);
    if (whole > (size_t)(store.end - store.from)) return NULL;
    Held *held = (Held *)(void *)store.from;
    store.from += whole;
    if (store.from > store.ready) make_ready(store.from);
    held->size = size;
    return held + 1;
}

/* The last block grows where it is. */
static bool extend(Held *held, size_t size) {
    char *end = (char *)held + held_size(size);
    if ((char *)held + held_size(held->size) != store.from || store.paused) return false;
    if (size > MEMORY_STORED || end > store.end) return false;
    store.from = end;
    if (end > store.ready) make_ready(end);
    held->size = size;
    return true;
}

static void *resize_held(void *block, size_t size) {
    size_t old_size = ((const Held *)block)[-1].size;
    if (size <= old_size || extend((Held *)block - 1, size)) return block;
    void *moved = hold(size);
    if (!moved) moved = wish_huge(malloc(size), size);
    return memcpy(moved, block, old_size);
}

/* ---- blocks */

void *memory_new(size_t count, size_t size) {
    size_t total = memory_product(count, size);
    void *block = hold(total);
    return block ? block : wish_huge(calloc(1, total), total);
}

void *memory_resize(void *block, size_t count, size_t size) {
    size_t total = memory_product(count, size);
    if (block) return is_held(block) ? resize_held(block, total) : wish_huge(realloc(block, total), total);
    void *held = hold(total);
    return held ? held : wish_huge(malloc(total), total);
}

void memory_free(void *block) {
    if (!is_held(block)) free(block);
}

static void *map(size_t size, int how) {
    void *block =
        mmap(NULL, size ? size : 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | how, -1, 0);
    if (block == MAP_FAILED) memory_exhausted();
    return wish_huge(block, size);
}

void *memory_map(size_t size) { return map(size, 0); }

void memory_unmap(void *block, size_t size) {
    if (block) munmap(block, size ? size : 1);
}

size_t memory_growth(size_t capacity, size_t needed) {
    size_t grown = capacity < 16 ? 16 : capacity;
    while (grown < needed) {
        if (grown > SIZE_MAX / 4) memory_exhausted();
        grown *= 2;
    }
    return grown;
}

/* ---- a pool */

#ifndef MEMORY_POOL_CHUNK
#define MEMORY_POOL_CHUNK ((size_t)64 * 1024)
#endif

/* Stands in the chunk's first step. */
struct MemoryChunk {
    MemoryChunk *before;
};

/* All of it will be used, so that its pages are asked for at once; and they are fresh: a page of a forked
 * child's that the parent has too would have to be copied first. */
static void add_chunk(MemoryPool *pool) {
    MemoryChunk *chunk = hold(MEMORY_POOL_CHUNK);
    if (!chunk) chunk = map(MEMORY_POOL_CHUNK, MAP_POPULATE);
    chunk->before = pool->last;
    pool->last = chunk;
    pool->from = (char *)chunk + MEMORY_POOL_STEP;
    pool->left = MEMORY_POOL_CHUNK - MEMORY_POOL_STEP;
}

static void *take(MemoryPool *pool, size_t steps) {
    void *block = pool->kept[steps];
    if (block) {
        memcpy(&pool->kept[steps], block, sizeof(void *));
        return block;
    }
    size_t size = steps * MEMORY_POOL_STEP;
    if (size > pool->left) add_chunk(pool);
    block = pool->from;
    pool->from += size;
    pool->left -= size;
    return block;
}

static void give_back(MemoryPool *pool, void *block, size_t steps) {
    memcpy(block, &pool->kept[steps], sizeof(void *));
    pool->kept[steps] = block;
}

/* 0: none, or a large block. */
static size_t steps_of(size_t size) {
    return size > MEMORY_POOL_SMALL ? 0 : (size + MEMORY_POOL_STEP - 1) / MEMORY_POOL_STEP;
}

/* From or to a small block. */
static void *move(MemoryPool *pool, void *block, size_t old_size, size_t size) {
    size_t old_steps = steps_of(old_size), steps = steps_of(size);
    if (steps == old_steps && steps) return block;
    void *moved = NULL;
    if (size) moved = steps ? take(pool, steps) : memory_resize(NULL, size, 1);
    if (!block) return moved;
    if (moved) memcpy(moved, block, old_size < size ? old_size : size);
    if (old_steps)
        give_back(pool, block, old_steps);
    else
        memory_free(block);
    return moved;
}

void *memory_pool_resize(MemoryPool *pool, void *block, size_t old_size, size_t size) {
    if (!MEMORY_POOL_PLAIN && !block && size - 1 < MEMORY_POOL_SMALL) return take(pool, steps_of(size));
    if (!MEMORY_POOL_PLAIN && (old_size <= MEMORY_POOL_SMALL || size <= MEMORY_POOL_SMALL))
        return move(pool, block, old_size, size);
    if (size) return memory_resize(block, size, 1);
    memory_free(block);
    return NULL;
}

void memory_pool_release(MemoryPool *pool) {
    while (pool->last) {
        MemoryChunk *before = pool->last->before;
        if (!is_held(pool->last)) munmap(pool->last, MEMORY_POOL_CHUNK);
        pool->last = before;
    }
    *pool = (MemoryPool){0};
}

/* ---- GMP */

static void *gmp_new(size_t size) { return memory_resize(NULL, size, 1); }

static void *gmp_resize(void *block, size_t old_size, size_t new_size) {
    (void)old_size;
    return memory_resize(block, new_size, 1);
}

static void gmp_free(void *block, size_t size) {
    (void)size;
    memory_free(block);
}

void memory_serve_gmp(void) { mp_set_memory_functions(gmp_new, gmp_resize, gmp_free); }
