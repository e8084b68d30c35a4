/* runmap - rows that follow each other in runs: which run a row is in, in a bit and a half a row. */
#ifndef PERFEVAL_MODEL_RUNMAP_H
#define PERFEVAL_MODEL_RUNMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Runs are numbered in order; the first begins at row 0. Born as {0}. */
typedef struct RunMap {
    uint64_t *begins;  /* a bit a row: a run begins there */
    uint32_t *earlier; /* runs that begin before each 64 rows */
} RunMap;

/** Room for `rows` rows, in none of which a run begins. */
void runmap_begin(RunMap *map, size_t rows);
void runmap_release(RunMap *map);
/** Notes that a run begins at `row`. */
static inline void runmap_add(RunMap *map, size_t row) { map->begins[row / 64] |= (uint64_t)1 << (row % 64); }
static inline bool runmap_begins(const RunMap *map, size_t row) {
    return map->begins[row / 64] >> (row % 64) & 1;
}
/** Once all runs are noted: counts those before each row. */
void runmap_finish(RunMap *map, size_t rows);
/** The run that a row is in. */
uint32_t runmap_find(const RunMap *map, size_t row);

#endif
