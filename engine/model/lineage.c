#include "model/lineage.h"

#include <string.h>

/* Units of a level have neighbouring numbers nowhere, so that each step down gathers. */
static size_t count_below(const Dataset *dataset, Level level, Level below, size_t unit) {
    size_t count, sum = 0;
    const uint32_t *children = dataset_children(dataset, level, unit, &count);
    if (level + 1 == below) return count;
    for (size_t i = 0; i < count; i++) sum += count_below(dataset, (Level)(level + 1), below, children[i]);
    return sum;
}

/* Behind the last one written. */
static uint32_t *gather(const Dataset *dataset, Level level, Level below, size_t unit, uint32_t *out) {
    size_t count;
    const uint32_t *children = dataset_children(dataset, level, unit, &count);
    if (level + 1 == below) {
        if (count) memcpy(out, children, count * sizeof *out);
        return out + count;
    }
    for (size_t i = 0; i < count; i++) out = gather(dataset, (Level)(level + 1), below, children[i], out);
    return out;
}

Lineage lineage_of(const Dataset *dataset, Level level, Level below, Arena *arena) {
    Lineage lineage = {.dataset = dataset, .level = level};
    if (level + 1 == below) return lineage;
    size_t units = dataset_level_size(dataset, level);
    size_t *first = arena_new(arena, units + 1, sizeof *first);
    for (size_t unit = 0; unit < units; unit++)
        first[unit + 1] = first[unit] + count_below(dataset, level, below, unit);
    uint32_t *items = arena_new(arena, first[units] + 1, sizeof *items), *end = items;
    for (size_t unit = 0; unit < units; unit++) end = gather(dataset, level, below, unit, end);
    lineage.items = items;
    lineage.first = first;
    return lineage;
}

const uint32_t *lineage_children(const Lineage *lineage, size_t unit, size_t *count) {
    if (!lineage->items) return dataset_children(lineage->dataset, lineage->level, unit, count);
    *count = lineage->first[unit + 1] - lineage->first[unit];
    return lineage->items + lineage->first[unit];
}

Str lineage_name(const Dataset *dataset, Level level, size_t unit) {
    if (level != LEVEL_COUNT) return dataset_level_name(dataset, level, unit);
    size_t column;
    bool found = dataset_find_column(dataset, STR("indicator"), &column);
    return found ? dataset_text(dataset, column, unit) : (Str){"", 0};
}

uint32_t lineage_row(const Dataset *dataset, Level level, size_t unit) {
    size_t count;
    for (; level != LEVEL_COUNT; level = (Level)(level + 1))
        unit = *dataset_children(dataset, level, unit, &count);
    return (uint32_t)unit;
}
