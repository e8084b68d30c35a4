#include "base/memory.h"

#include <gmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

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

void *memory_new(size_t count, size_t size) {
    void *block = calloc(1, memory_product(count, size));
    if (!block) exhausted();
    return block;
}

void *memory_resize(void *block, size_t count, size_t size) {
    void *resized = realloc(block, memory_product(count, size));
    if (!resized) exhausted();
    return resized;
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
