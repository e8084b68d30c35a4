/* cells_build - the ways of reading cells, for io/cells and its tests. */
#ifndef PERFEVAL_IO_CELLS_BUILD_H
#define PERFEVAL_IO_CELLS_BUILD_H

#include "io/cells.h"

/** One number of at most 16 characters besides its sign; false for anything else. */
bool cells_number(Str cell, int64_t *digits, uint8_t *scale);
/** The numbers that a quicker way refused: those of scale CELLS_ODD. How many are left. */
size_t cells_mend(const Cells *cells, size_t column, size_t first, size_t end, const CellNumbers *out);

size_t cells_numbers_plain(const Cells *cells, size_t column, size_t first, size_t end,
                           const CellNumbers *out);
size_t cells_changes_plain(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                           CellChange *out);
/** Only where cpu_level says so. */
size_t cells_numbers_avx2(const Cells *cells, size_t column, size_t first, size_t end,
                          const CellNumbers *out);
size_t cells_changes_avx2(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                          CellChange *out);
size_t cells_changes_avx512(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                            CellChange *out);

#endif
