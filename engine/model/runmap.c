#include "model/runmap.h"

#include "base/memory.h"

static size_t count_words(size_t rows) { return rows / 64 + 1; }

/* Bits that are set. */
static uint32_t count_bits(uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

void runmap_begin(RunMap *map, size_t rows) {
    map->begins = memory_new(count_words(rows), sizeof *map->begins);
    map->earlier = memory_new(count_words(rows), sizeof *map->earlier);
}

void runmap_release(RunMap *map) {
    memory_free(map->begins);
    memory_free(map->earlier);
    *map = (RunMap){0};
}

void runmap_finish(RunMap *map, size_t rows) {
    for (size_t word = 1; word < count_words(rows); word++)
        map->earlier[word] = map->earlier[word - 1] + count_bits(map->begins[word - 1]);
}

uint32_t runmap_find(const RunMap *map, size_t row) {
    uint64_t upto = map->begins[row / 64] << (63 - row % 64); /* those that begin at the row or before it */
    return map->earlier[row / 64] + count_bits(upto) - 1;
}
