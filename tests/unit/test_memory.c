#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdalign.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

#define BLOCKS 500

typedef struct Block {
    unsigned char *bytes;
    size_t size;
    unsigned char mark;
} Block;

static void check(const Block *block) {
    for (size_t i = 0; i < block->size; i++) assert_int_equal(block->bytes[i], block->mark);
}

/* Blocks of sizes around the border between small and large, resized many times: each keeps what it holds. */
static void test_blocks_keep_their_bytes(void **state) {
    (void)state;
    MemoryPool pool = {0};
    Block blocks[BLOCKS] = {{0}};
    uint32_t random = 1;
    for (size_t step = 0; step < 50000; step++) {
        random = random * 1664525 + 1013904223;
        Block *block = &blocks[(random >> 8) % BLOCKS];
        size_t size = (random >> 20) % 700, kept = size < block->size ? size : block->size;
        check(block);
        block->bytes = memory_pool_resize(&pool, block->bytes, block->size, size);
        assert_int_equal(block->bytes != NULL, size > 0);
        assert_int_equal((uintptr_t)block->bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < kept; i++) assert_int_equal(block->bytes[i], block->mark);
        block->size = size;
        block->mark = (unsigned char)(step + 1);
        if (block->bytes) memset(block->bytes, block->mark, size);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        check(&blocks[i]);
        assert_null(memory_pool_resize(&pool, blocks[i].bytes, blocks[i].size, 0));
    }
    memory_pool_release(&pool);
    assert_null(pool.last);
}

/* What was given back is used again. */
static void test_given_back(void **state) {
    (void)state;
    if (MEMORY_POOL_PLAIN) skip();
    MemoryPool pool = {0};
    void *first = memory_pool_resize(&pool, NULL, 0, 33), *second = memory_pool_resize(&pool, NULL, 0, 48);
    assert_ptr_not_equal(first, second);
    assert_ptr_equal(memory_pool_resize(&pool, first, 33, 48), first); /* the same size in steps */
    memory_pool_resize(&pool, first, 48, 0);
    memory_pool_resize(&pool, second, 48, 0);
    assert_ptr_equal(memory_pool_resize(&pool, NULL, 0, 40), second);
    assert_ptr_equal(memory_pool_resize(&pool, NULL, 0, 40), first);
    memory_pool_release(&pool);
}

/* Blocks of all sizes, more than the store has room for, and a pool beside them: each keeps what it holds. */
static void fill_store(void) {
    enum { SIZES = 7, ROUNDS = 12 };
    static const size_t sizes[SIZES] = {1, 16, 17, 1000, 5000, MEMORY_STORED, MEMORY_STORED + 1};
    static unsigned char *blocks[ROUNDS][SIZES];
    static void *small[ROUNDS];
    MemoryPool pool = {0};
    memory_begin_store();
    memory_begin_store(); /* once is enough */
    for (size_t i = 0; i < ROUNDS; i++) {
        small[i] = memory_pool_resize(&pool, NULL, 0, 500);
        memset(small[i], 0xee, 500);
        for (size_t j = 0; j < SIZES; j++) {
            unsigned char *block = memory_new(sizes[j], 1);
            for (size_t at = 0; at < sizes[j]; at += 16) assert_int_equal(block[at], 0);
            assert_int_equal((uintptr_t)block % alignof(max_align_t), 0);
            memset(block, (int)(i % 251), sizes[j] / 2 + 1);
            blocks[i][j] = memory_resize(block, 2 * sizes[j], 1);
            memory_free(memory_resize(NULL, sizes[j], 1));
        }
    }
    for (size_t i = 0; i < ROUNDS; i++) memory_pool_resize(&pool, small[i], 500, 0);
    memory_pool_release(&pool);
    for (size_t i = 0; i < ROUNDS; i++)
        for (size_t j = 0; j < SIZES; j++) {
            for (size_t at = 0; at <= sizes[j] / 2; at += 16) assert_int_equal(blocks[i][j][at], i % 251);
            memory_free(blocks[i][j]);
        }
    memory_free(NULL);
}

/* In a process of its own: a store lasts as long as that. */
static void test_store(void **state) {
    (void)state;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        fill_store();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* A store that is begun in one process and gone on with in its child: what the child finds there is whole,
 * whatever the parent does meanwhile. */
static void hand_over(void) {
    int ready[2], status = 0;
    assert_int_equal(pipe(ready), 0);
    memory_begin_store();
    unsigned char *held = memory_new(5000, 1);
    memset(held, 0xaa, 5000);
    memory_pause_store();
    unsigned char *own = memory_new(5000, 1);
    memset(own, 0xbb, 5000);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        if (read(ready[0], &byte, 1) != 1) _exit(2);
        memory_begin_store();
        unsigned char *more = memory_new(5000, 1);
        memset(more, 0xcc, 5000);
        for (size_t i = 0; i < 5000; i++)
            if (held[i] != 0xaa || own[i] != 0xbb || more[i] != 0xcc) _exit(3);
        memory_free(held);
        memory_free(own);
        memory_free(more);
        _exit(0);
    }
    if (MEMORY_POOL_PLAIN) memory_free(held);
    memory_drop_store();
    memory_drop_store(); /* once is enough */
    assert_int_equal(write(ready[1], "x", 1), 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    for (size_t i = 0; i < 5000; i++) assert_int_equal(own[i], 0xbb);
    memory_free(own);
    close(ready[0]);
    close(ready[1]);
}

static void test_hand_over(void **state) {
    (void)state;
    hand_over();
    hand_over(); /* a store may be begun again */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_keep_their_bytes),
        cmocka_unit_test(test_given_back),
        cmocka_unit_test(test_store),
        cmocka_unit_test(test_hand_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
