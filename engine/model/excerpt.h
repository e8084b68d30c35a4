/* excerpt - some rows of a dataset as a dataset of their own, with one number changed: for asking the rules
 * what would be. */
#ifndef PERFEVAL_MODEL_EXCERPT_H
#define PERFEVAL_MODEL_EXCERPT_H

#include "model/dataset.h"

/** A number in place of that of a cell. */
typedef struct CellChange {
    uint32_t row; /* of the whole dataset */
    size_t column;
    Decimal number;
} CellChange;

/** A dataset of `count` rows in that order; NULL for `rows`: all rows of the file in its order, periods not
 * arranged. `change` may be NULL. Lines, texts and what stands in cells are those of the whole. Freed with
 * dataset_free. */
Dataset *excerpt_of(const Dataset *dataset, const uint32_t *rows, size_t count, const CellChange *change);

#endif
