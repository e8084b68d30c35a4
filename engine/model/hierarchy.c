#include "model/hierarchy.h"

#include "base/memory.h"

void hierarchy_release(Units *units) {
    memory_free(units->parents);
    memory_free(units->words);
    if (units->children) memory_free(atomic_load(units->children));
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

uint32_t hierarchy_add(Units *units, uint32_t parent, uint32_t word) {
    if (units->count == units->capacity) grow_units(units);
    uint32_t unit = (uint32_t)units->count++;
    units->parents[unit] = parent;
    units->words[unit] = word;
    return unit;
}

uint32_t hierarchy_unit(Units *units, uint32_t parent, uint32_t word) {
    uint64_t mixed = ((uint64_t)parent << 32 | word) * 0x9e3779b97f4a7c15u;
    uint32_t hash = (uint32_t)(mixed >> 32), unit;
    for (size_t at = hash; lookup_next(&units->lookup, hash, &at, &unit);)
        if (units->parents[unit] == parent && units->words[unit] == word) return unit;
    unit = hierarchy_add(units, parent, word);
    lookup_add(&units->lookup, hash, unit);
    return unit;
}

/* A counting sort. */
static void sort_children(Units *units, const uint32_t *parents, size_t count) {
    uint32_t *children = memory_new(count, sizeof *children);
    atomic_store(units->children, children);
    for (size_t child = 0; child < count; child++)
        children[units->starts[parents[child]]++] = (uint32_t)child;
    /* Each start has moved to its end, which is where the next one starts. */
    for (size_t unit = units->count; unit > 0; unit--) units->starts[unit] = units->starts[unit - 1];
    units->starts[0] = 0;
}

void hierarchy_set_children(Units *units, const uint32_t *parents, size_t count) {
    units->starts = memory_new(units->count + 1, sizeof *units->starts);
    units->children = memory_new(1, sizeof *units->children);
    units->grouped = true;
    for (size_t child = 0; child < count; child++) {
        units->starts[parents[child] + 1]++;
        units->grouped &= child == 0 || parents[child - 1] <= parents[child];
    }
    for (size_t unit = 0; unit < units->count; unit++) units->starts[unit + 1] += units->starts[unit];
    if (!units->grouped) sort_children(units, parents, count);
}

void hierarchy_begin_runs(Units *units) {
    units->starts = memory_resize(NULL, units->count + 1, sizeof *units->starts);
    units->children = memory_new(1, sizeof *units->children);
    units->grouped = true;
}

const uint32_t *hierarchy_children(const Units *units) {
    uint32_t *children = atomic_load(units->children), count = units->starts[units->count];
    if (children) return children;
    uint32_t *made = memory_resize(NULL, count, sizeof *made);
    for (uint32_t child = 0; child < count; child++) made[child] = child;
    /* another thread may have been faster */
    if (atomic_compare_exchange_strong(units->children, &children, made)) return made;
    memory_free(made);
    return children;
}

void hierarchy_finish(Units *units) {
    units->capacity = units->count;
    units->parents = memory_resize(units->parents, units->count, sizeof *units->parents);
    units->words = memory_resize(units->words, units->count, sizeof *units->words);
    lookup_release(&units->lookup);
}
