#include "lua/pool.h"

#include "base/memory.h"

#include <string.h>

#ifndef POOL_CHUNK
#define POOL_CHUNK ((size_t)64 * 1024)
#endif

/* Stands in the chunk's first step. */
struct PoolChunk {
    PoolChunk *before;
};

static void add_chunk(Pool *pool) {
    PoolChunk *chunk = memory_resize(NULL, POOL_CHUNK, 1);
    chunk->before = pool->last;
    pool->last = chunk;
    pool->from = (char *)chunk + POOL_STEP;
    pool->left = POOL_CHUNK - POOL_STEP;
}

static void *take(Pool *pool, size_t steps) {
    void *block = pool->kept[steps];
    if (block) {
        memcpy(&pool->kept[steps], block, sizeof(void *));
        return block;
    }
    size_t size = steps * POOL_STEP;
    if (size > pool->left) add_chunk(pool);
    block = pool->from;
    pool->from += size;
    pool->left -= size;
    return block;
}

static void give_back(Pool *pool, void *block, size_t steps) {
    memcpy(block, &pool->kept[steps], sizeof(void *));
    pool->kept[steps] = block;
}

/* 0: none, or a large block. */
static size_t steps_of(size_t size) { return size > POOL_SMALL ? 0 : (size + POOL_STEP - 1) / POOL_STEP; }

/* From or to a small block. */
static void *move(Pool *pool, void *block, size_t old_size, size_t size) {
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

void *pool_resize(Pool *pool, void *block, size_t old_size, size_t size) {
    if (!POOL_PLAIN && (old_size <= POOL_SMALL || size <= POOL_SMALL))
        return move(pool, block, old_size, size);
    if (size) return memory_resize(block, size, 1);
    memory_free(block);
    return NULL;
}

void pool_release(Pool *pool) {
    while (pool->last) {
        PoolChunk *before = pool->last->before;
        memory_free(pool->last);
        pool->last = before;
    }
    *pool = (Pool){0};
}
