#include "model/hierarchy.h"

#include "base/memory.h"

void hierarchy_release(Units *units) {
    memory_free(units->parents);
    memory_free(units->words);
    memory_free(units->children);
    memory_free(units->starts);
    lookup_release(&units->lookup);
    *units = (Units){0};
}

static void grow_units(Units *units) {
    units->capacity = memory_growth(units->capacity, units->count + 1);
    units->parents = memory_resize(units->parents, units->capacity, sizeof *units->parents);
    units->words = memory_resize(units->words, units->capacity, sizeof *units->words);
}

uint32_t hierarchy_unit(Units *units, uint32_t parent, uint32_t word) {
    uint64_t mixed = ((uint64_t)parent << 32 | word) * 0x9e3779b97f4a7c15u;
    uint32_t hash = (uint32_t)(mixed >> 32), unit;
    for (size_t at = hash; lookup_next(&units->lookup, hash, &at, &unit);)
        if (units->parents[unit] == parent && units->words[unit] == word) return unit;
    if (units->count == units->capacity) grow_units(units);
    unit = (uint32_t)units->count++;
    units->parents[unit] = parent;
    units->words[unit] = word;
    lookup_add(&units->lookup, hash, unit);
    return unit;
}

/* A counting sort. */
void hierarchy_set_children(Units *units, const uint32_t *parents, size_t count) {
    units->starts = memory_new(units->count + 1, sizeof *units->starts);
    units->children = memory_new(count, sizeof *units->children);
    for (size_t child = 0; child < count; child++) units->starts[parents[child] + 1]++;
    for (size_t unit = 0; unit < units->count; unit++) units->starts[unit + 1] += units->starts[unit];
    for (size_t child = 0; child < count; child++)
        units->children[units->starts[parents[child]]++] = (uint32_t)child;
    /* Each start has moved to its end, which is where the next one starts. */
    for (size_t unit = units->count; unit > 0; unit--) units->starts[unit] = units->starts[unit - 1];
    units->starts[0] = 0;
}
