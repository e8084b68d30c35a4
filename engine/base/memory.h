/* memory - the one place that asks the C library for memory.
 *
 * Running out of memory is a limit, not a bug: the process ends with exit code 4 and a fixed line on stderr
 * (the one exception to "nothing below app/ prints": there is no memory left to carry a diagnostic upwards).
 * No file is half-written then, because files take their names only when their bytes are complete
 * (base/file_writer). GMP is given the same allocator, so it cannot abort.
 */
#ifndef PERFEVAL_BASE_MEMORY_H
#define PERFEVAL_BASE_MEMORY_H

#include <stddef.h>

/** Exit code of a process that met a limit; also used by base/message. */
#define MEMORY_EXIT_CODE 4

/** `count * size`, at least 1; ends the process when it does not fit into memory. */
size_t memory_product(size_t count, size_t size);

/** `count` objects of `size` bytes, zeroed. Never NULL; `count * size` is checked. The caller frees with
 * memory_free. */
void *memory_new(size_t count, size_t size);

/** `block` (NULL allowed) resized to `count * size` bytes; what it held is kept, what is new is not zeroed.
 */
void *memory_resize(void *block, size_t count, size_t size);

/** Frees a block of memory_new or memory_resize; NULL is allowed. */
void memory_free(void *block);

/** The capacity to grow to when `needed` elements no longer fit into `capacity`: doubling, at least 16. */
size_t memory_growth(size_t capacity, size_t needed);

/** Gives GMP these allocators. Called once at start-up, before any number is made. */
void memory_serve_gmp(void);

#endif
