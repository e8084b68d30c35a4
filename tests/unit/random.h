/* random - numbers that are the same in every run, for tests with made inputs (splitmix64). */
#ifndef PERFEVAL_TESTS_RANDOM_H
#define PERFEVAL_TESTS_RANDOM_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Of the rounds of a test with made inputs, one in how many is run. The Makefile makes it 11 for valgrind,
 * under which a round takes 30 times as long: the same is said of fewer inputs. Odd, so that steps of it come
 * to every byte. */
#ifndef RANDOM_ONE_IN
#define RANDOM_ONE_IN 1
#endif

/** How many rounds to run instead of `count`; at least one. */
#define RANDOM_ROUNDS(count) (((count) + RANDOM_ONE_IN - 1) / RANDOM_ONE_IN)

/** The next 64 bits; `state` begins as any number. */
static inline uint64_t next_random(uint64_t *state) {
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

/** Below `count`, which is more than 0. */
static inline size_t random_below(uint64_t *state, size_t count) {
    return (size_t)(next_random(state) % count);
}

/** A finite one: with few places, of any bits, or near a power of two. */
static inline double random_finite(uint64_t *seed) {
    uint64_t bits = next_random(seed);
    double value;
    switch (random_below(seed, 4)) {
    case 0:
        return (double)(int64_t)(bits >> 20) / 1000.0;
    case 1:
        return (double)(int64_t)(bits % 20001) / 100.0 - 100.0;
    case 2:
        bits &= ~(((uint64_t)1 << 52) - 1);
        break; /* powers of two */
    default:
        break;
    }
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0.5;
}

#endif
