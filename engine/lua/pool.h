/* pool - memory for the many small objects of one Lua state.
 *
 * Blocks of up to POOL_SMALL bytes are cut from chunks and kept by size when they are given back; larger ones
 * come from base/memory. Chunks go back to the system with the pool only, which ends with its state: as a
 * rule with the process. Sanitizers and valgrind see every block when POOL_PLAIN is 1.
 */
#ifndef PERFEVAL_LUA_POOL_H
#define PERFEVAL_LUA_POOL_H

#include <stddef.h>

#ifndef POOL_PLAIN
#define POOL_PLAIN 0
#endif
/** Largest block that is kept for the next of its size, in bytes; a multiple of POOL_STEP. */
#define POOL_SMALL 512
#define POOL_STEP  16

typedef struct PoolChunk PoolChunk;

/** Born as {0}. */
typedef struct Pool {
    char *from; /* what is left of the last chunk */
    size_t left;
    PoolChunk *last;
    void *kept[POOL_SMALL / POOL_STEP + 1]; /* by size in steps: blocks given back, each leads to the next */
} Pool;

/** `block` of `old_size` bytes (NULL and 0: none) with `size` bytes (0: given back, the answer is NULL), as
 * lua_Alloc wants it. Aligned for every object. */
void *pool_resize(Pool *pool, void *block, size_t old_size, size_t size);
/** Frees all blocks of up to POOL_SMALL bytes; larger ones must have been given back. */
void pool_release(Pool *pool);

#endif
