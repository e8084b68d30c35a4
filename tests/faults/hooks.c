/* Linked into the program that tests/faults.sh disturbs: what the C library is not asked for. */
#include "hooks.h"

#include "inject.h"

#include <stddef.h>

bool hooks_refuse_lua(void) { return fault_hits(FAULT_LUA); }

/* ---- memory of numbers: the functions that base/memory gives to GMP, told apart */

typedef void *(*NewNumber)(size_t size);
typedef void *(*ResizeNumber)(void *block, size_t old_size, size_t new_size);
typedef void (*FreeNumber)(void *block, size_t size);

static NewNumber new_number;
static ResizeNumber resize_number;

static void *counted_new(size_t size) {
    fault_memory_of(FAULT_NUMBERS);
    void *block = new_number(size);
    fault_memory_of(FAULT_MEMORY);
    return block;
}

static void *counted_resize(void *block, size_t old_size, size_t new_size) {
    fault_memory_of(FAULT_NUMBERS);
    void *resized = resize_number(block, old_size, new_size);
    fault_memory_of(FAULT_MEMORY);
    return resized;
}

/* NOLINTBEGIN(bugprone-reserved-identifier): the names of the linker; gmp.h calls the function __gmp_… */
extern void __real___gmp_set_memory_functions(NewNumber make, ResizeNumber resize, FreeNumber free);
extern void __wrap___gmp_set_memory_functions(NewNumber make, ResizeNumber resize, FreeNumber free);

void __wrap___gmp_set_memory_functions(NewNumber make, ResizeNumber resize, FreeNumber free) {
    new_number = make;
    resize_number = resize;
    __real___gmp_set_memory_functions(counted_new, counted_resize, free);
}
/* NOLINTEND(bugprone-reserved-identifier) */
