/* keys - the names of rows as hashes, many rows at a time: for telling projects apart without keeping their
 * names.
 *
 * A name of usual size costs the same whatever its size: it is taken as a fixed number of pieces of 16 bytes
 * that overlap, so that no branch depends on the data and the work on one row does not wait for another.
 */
#ifndef PERFEVAL_MODEL_KEYS_H
#define PERFEVAL_MODEL_KEYS_H

#include "model/stretch.h"

/** Rows at a time. */
#define KEYS_BLOCK 64

/** 128 bits of hash; two names share them as two dice of so many sides would. */
typedef struct Key {
    uint64_t low, high;
} Key;

typedef struct Keys {
    Str names[KEYS_BLOCK][LEVEL_COUNT];
    Key upper[KEYS_BLOCK];   /* of the bureau, or of bureau and department */
    Key project[KEYS_BLOCK]; /* of all three */
} Keys;

/** Reads the names of `count` rows from `first` on; `upper` is 1 or 2, the names of Keys.upper. False when a
 * name is one that stretch_names does not read. */
bool keys_read(Keys *keys, Stretch *stretch, size_t first, size_t count, size_t upper);
/** The same hash as Keys.upper, of names that stand anywhere. */
Key keys_of(const Str *names, size_t upper);

#endif
