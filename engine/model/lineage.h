/* lineage - what the units of a level are made of: the units of a level below, however far, or the
 * indicators.
 *
 * The dataset knows the children of the next level only. A level further down is gathered once: the projects
 * of a bureau are those of its departments, in the order of the data.
 */
#ifndef PERFEVAL_MODEL_LINEAGE_H
#define PERFEVAL_MODEL_LINEAGE_H

#include "model/dataset.h"

typedef struct Lineage {
    const Dataset *dataset;
    Level level;           /* of the units */
    const uint32_t *items; /* NULL: the dataset has them */
    const size_t *first;   /* items[first[unit] … first[unit + 1]) belong to `unit` */
} Lineage;

/** The children of the units of `level`: units of `below`, a level further down; LEVEL_COUNT: rows. Lives in
 * `arena`; the dataset is borrowed. */
Lineage lineage_of(const Dataset *dataset, Level level, Level below, Arena *arena);
const uint32_t *lineage_children(const Lineage *lineage, size_t unit, size_t *count);

/** The name of a unit; LEVEL_COUNT: the indicator's. */
Str lineage_name(const Dataset *dataset, Level level, size_t unit);
/** The first row of a unit. */
uint32_t lineage_row(const Dataset *dataset, Level level, size_t unit);

#endif
