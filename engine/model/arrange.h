/* arrange - rows put into another order: cells, sparse texts, and lists of rows by their owner. */
#ifndef PERFEVAL_MODEL_ARRANGE_H
#define PERFEVAL_MODEL_ARRANGE_H

#include "base/str.h"

/** Cell order[i] becomes cell i. `scratch` has room for `count` cells of `size` bytes. */
void arrange_cells(void *cells, size_t size, const uint32_t *order, size_t count, char *scratch);
/** Texts of some rows, sorted by row: row r becomes moved[r], and they are sorted again. */
void arrange_texts(uint32_t *rows, Str *texts, size_t count, const uint32_t *moved);
/** Lists moved[r] of every row r below `count` under its owner, rows in order; an owner of UINT32_MAX: under
 * none. The list of owner k is (*rows)[(*starts)[k] … (*starts)[k + 1]). Freed with memory_free. */
void arrange_groups(const uint32_t *owners, const uint32_t *moved, size_t count, size_t owner_count,
                    uint32_t **starts, uint32_t **rows);

#endif
