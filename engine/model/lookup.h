/* lookup - an open hash table of ids. It holds no keys: the caller compares what an id stands for. */
#ifndef PERFEVAL_MODEL_LOOKUP_H
#define PERFEVAL_MODEL_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct LookupSlot {
    uint32_t hash;
    uint32_t id_plus_1; /* 0: free */
} LookupSlot;

/** A lookup is born as {0}. */
typedef struct Lookup {
    LookupSlot *slots;
    size_t size; /* 0 or a power of two; at most half of the slots are used */
    size_t used;
} Lookup;

/** The next id that was added with this hash; false when there is no further one. Begin with *at = hash:
 * `for (size_t at = hash; lookup_next(&lookup, hash, &at, &id);)`. */
bool lookup_next(const Lookup *lookup, uint32_t hash, size_t *at, uint32_t *id);
/** Adds an id below UINT32_MAX. */
void lookup_add(Lookup *lookup, uint32_t hash, uint32_t id);
/** Frees the table and leaves it empty. */
void lookup_release(Lookup *lookup);

#endif
