#include "base/memory.h"

#include <gmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Blocks from here on are asked for in huge pages: touching fresh memory is what large data wait for most. */
#define HUGE_BLOCK ((size_t)32 << 20)
#define HUGE_PAGE  ((size_t)2 << 20)

static _Noreturn void exhausted(void) {
    static const char text[] =
        "perfeval: error[out-of-memory]: the machine gave no more memory; use a smaller input "
        "or raise the memory limit of this process\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(MEMORY_EXIT_CODE);
}

size_t memory_product(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 2 / size) exhausted();
    size_t total = count * size;
    return total == 0 ? 1 : total;
}

/* A wish: it is no fault when the system does not follow it. */
static void *wish_huge(void *block, size_t size) {
    if (!block) exhausted();
    if (size < HUGE_BLOCK) return block;
    size_t skipped = (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE;
    madvise((char *)block + skipped, (size - skipped) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    return block;
}

void *memory_new(size_t count, size_t size) {
    size_t total = memory_product(count, size);
    return wish_huge(calloc(1, total), total);
}

void *memory_resize(void *block, size_t count, size_t size) {
    size_t total = memory_product(count, size);
    return wish_huge(realloc(block, total), total);
}

void memory_free(void *block) { free(block); }

size_t memory_growth(size_t capacity, size_t needed) {
    size_t grown = capacity < 16 ? 16 : capacity;
    while (grown < needed) {
        if (grown > SIZE_MAX / 4) exhausted();
        grown *= 2;
    }
    return grown;
}

static void *gmp_new(size_t size) { return memory_resize(NULL, size, 1); }

static void *gmp_resize(void *block, size_t old_size, size_t new_size) {
    (void)old_size;
    return memory_resize(block, new_size, 1);
}

static void gmp_free(void *block, size_t size) {
    (void)size;
    free(block);
}

void memory_serve_gmp(void) { mp_set_memory_functions(gmp_new, gmp_resize, gmp_free); }
